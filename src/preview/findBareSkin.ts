import { SRGB8_TO_LINEAR } from '../colour/srgb.ts';
import { LABEL, type LabelMask } from '../masks/label.ts';
import { LUMINANCE } from './luminance.ts';
import type { Picture } from './picture.ts';
import type { PictureBox } from './pictureBox.ts';
import type { Treatment } from './previewLooks.ts';
import { readSkinLight, type SkinLight } from './readSkinLight.ts';

/** What each pixel of a box shows, 0–255, row by row. */
export interface BareSkin {
  /** 255 skin, 0 hair or anything else. */
  readonly skin: Uint8Array;
  /** How much of its light dots can take: less where white gloss lies on top, none on hair. */
  readonly weight: Uint8Array;
}

/** Luminance over the skin's around it: hair below the first, skin from the second on. */
const HAIR_BELOW = 0.5;
const SKIN_FROM = 0.7;
/** Share of white gloss in a pixel's light that is usual on skin, and that hides everything. */
const USUAL_GLOSS = 0.3;
const FULL_GLOSS = 1;
/** Gloss is lighter than the skin: luminance over the skin's where it is taken for one, from none to all. */
const GLOSS_FROM = 0.8;
const GLOSS_SURE = 1.3;
/** Scalp between hairs: luminance over bare skin's elsewhere, and share of the skin's warmth. */
const SCALP_DARKEST = 0.28;
const SCALP_SURE = 0.45;
const WARMTH_LEAST = 0.35;
const WARMTH_SURE = 0.7;

const ramp = (value: number, from: number, to: number): number =>
  value <= from ? 0 : value >= to ? 1 : (value - from) / (to - from);

/** Hair is looked at too, between the hairs: shadows of dots beside it end softly there. */
function mayShowSkin(label: number, treatment: Treatment): boolean {
  return label === LABEL.skin || label === LABEL.hair || (label === LABEL.other && treatment === 'scar');
}

/** Level of the skin along one row of pixels, from the cells above and below; the last cell twice. */
function levelRow({ columns, rows, light, cellPx }: SkinLight, y: number, out: Float32Array): void {
  const at = Math.min(rows - 1, Math.max(0, (y + 0.5) / cellPx - 0.5));
  const top = Math.floor(at);
  const t = at - top;
  const below = Math.min(rows - 1, top + 1);
  for (let k = 0; k < columns; k++) out[k] = light[top * columns + k]! * (1 - t) + light[below * columns + k]! * t;
  out[columns] = out[columns - 1]!;
}

/** How surely a pixel among hair is scalp, 0–1: its linear light, and its luminance over the skin's. */
function scalpShare(r: number, g: number, b: number, lightness: number, warmth: number): number {
  const warm = (r - b) / Math.max(1e-4, r + g + b) / warmth;
  return ramp(lightness, SCALP_DARKEST, SCALP_SURE) * ramp(warm, WARMTH_LEAST, WARMTH_SURE);
}

/**
 * Finds the pixels that dots may darken. On skin, marks clearly darker than the skin around are hairs; white gloss lies on
 * top of the pigment and stays. Among hair the scalp between counts: what is as warm and nearly as light as bare skin
 * elsewhere in the photo. A scar may look like anything but hair.
 */
export function findBareSkin(
  picture: Picture,
  regions: LabelMask | null,
  treatment: Treatment,
  box: PictureBox,
): BareSkin {
  const { widthPx, heightPx, channels, data } = picture;
  const skinLight = readSkinLight(picture, regions);
  const { columns, cellPx, colour } = skinLight;
  const [sr, sg, sb] = colour;
  const skinY = 0.2126 * sr + 0.7152 * sg + 0.0722 * sb;
  const warmth = Math.max(1e-3, (sr - sb) / (sr + sg + sb));
  const bodyScale = skinY / Math.max(1e-3, sr - sb);
  const skin = new Uint8Array(box.widthPx * box.heightPx);
  const weight = new Uint8Array(box.widthPx * box.heightPx);
  const labelColumn = Int32Array.from({ length: widthPx }, (_, x) =>
    regions ? Math.floor(((x + 0.5) * regions.widthPx) / widthPx) : 0,
  );
  // Of each column: the cell of the skin's light before it, and how far on to the next it lies.
  const cell = Int32Array.from({ length: widthPx }, (_, x) => Math.max(0, Math.floor((x + 0.5) / cellPx - 0.5)));
  const beyond = Float32Array.from(cell, (k, x) => Math.max(0, (x + 0.5) / cellPx - 0.5 - k));
  const level = new Float32Array(columns + 1);
  const { red, green, blue } = LUMINANCE;
  const [glossY, sureY] = [GLOSS_FROM * skinY, GLOSS_SURE * skinY];
  for (let row = 0; row < box.heightPx; row++) {
    const y = box.top + row;
    levelRow(skinLight, y, level);
    const labelRow = regions ? Math.floor(((y + 0.5) * regions.heightPx) / heightPx) * regions.widthPx : 0;
    const end = box.left + box.to[row]!;
    let i = row * box.widthPx + box.from[row]!;
    let at = (y * widthPx + box.left + box.from[row]!) * channels;
    for (let x = box.left + box.from[row]!; x < end; x++, i++, at += channels) {
      const label = regions ? regions.labels[labelRow + labelColumn[x]!]! : LABEL.skin;
      if (label !== LABEL.skin && !mayShowSkin(label, treatment)) continue;
      const Y = red[data[at]!]! + green[data[at + 1]!]! + blue[data[at + 2]!]!;
      let share: number;
      if (label === LABEL.hair) {
        const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
        share = scalpShare(SRGB8_TO_LINEAR[r]!, SRGB8_TO_LINEAR[g]!, SRGB8_TO_LINEAR[b]!, Y / skinY, warmth);
      } else {
        const k = cell[x]!;
        const around = level[k]! + beyond[x]! * (level[k + 1]! - level[k]!);
        share = Y >= SKIN_FROM * around ? 1 : ramp(Y / Math.max(1e-4, around), HAIR_BELOW, SKIN_FROM);
      }
      skin[i] = 255 * share + 0.5;
      let dull = share;
      if (Y > glossY && share > 0) {
        // Light of skin plus white gloss: the weaker the warmth, the more gloss.
        const body = (SRGB8_TO_LINEAR[data[at]!]! - SRGB8_TO_LINEAR[data[at + 2]!]!) * bodyScale;
        if (body < (1 - USUAL_GLOSS) * Y) {
          dull *= 1 - ramp(Y, glossY, sureY) * ramp(1 - body / Y, USUAL_GLOSS, FULL_GLOSS);
        }
      }
      weight[i] = 255 * dull + 0.5;
    }
  }
  return { skin, weight };
}
