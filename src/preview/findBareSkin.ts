import { SRGB8_TO_LINEAR } from '../colour/srgb.ts';
import { LABEL, type LabelMask } from '../masks/label.ts';
import { LUMINANCE, LUMINANCE_WEIGHTS, WHOLE_LIGHT } from './luminance.ts';
import type { Picture } from './picture.ts';
import type { PictureBox } from './pictureBox.ts';
import type { Treatment } from './previewLooks.ts';
import { CELL_PX, readSkinLight, type SkinLight } from './readSkinLight.ts';

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

/** All of a pixel's light, in the whole numbers it is parted in. */
const ALL_BITS = 8;
const ALL = 1 << ALL_BITS;

const ramp = (value: number, from: number, to: number): number =>
  value <= from ? 0 : value >= to ? 1 : (value - from) / (to - from);

/** What tells skin from hair in the pixels of a box; they are looked at when they are needed. */
export interface BareSkin {
  readonly picture: Picture;
  readonly box: PictureBox;
  readonly skinLight: SkinLight;
  /** Luminance of the skin, 0–1, how warm it is, and what turns the warmth of a pixel into the luminance of its skin. */
  readonly skinY: number;
  readonly warmth: number;
  readonly bodyScale: number;
  /** Luminance from which a pixel may be gloss. */
  readonly glossY: number;
  readonly mask: LabelMask;
  /** What each label is looked at as. */
  readonly looks: Uint8Array;
  /** First column of pixels of each of the mask's cells, and the one after the last. */
  readonly starts: Int32Array;
  /** Luminance of the skin's cells along the row that is looked at; the last twice. */
  readonly level: Int32Array;
}

/** Nothing to draw on, skin, or hair with scalp between: shadows of dots beside hair end softly there. */
const LOOK = { nothing: 0, skin: 1, hair: 2 } as const;

/** A scar may look like anything but hair. */
function looksFor(treatment: Treatment): Uint8Array {
  const looks = new Uint8Array(4).fill(LOOK.nothing);
  looks[LABEL.skin] = LOOK.skin;
  looks[LABEL.hair] = LOOK.hair;
  if (treatment === 'scar') looks[LABEL.other] = LOOK.skin;
  return looks;
}

/** Sets the level of the skin along row `y` at columns `from` to before `to`, from the cells above and below. */
function levelRow({ skinLight, level }: BareSkin, y: number, from: number, to: number): void {
  const { columns, rows, light } = skinLight;
  const at = Math.min(rows - 1, Math.max(0, (y + 0.5) / CELL_PX - 0.5));
  const top = Math.floor(at);
  const t = at - top;
  const below = Math.min(rows - 1, top + 1);
  const last = Math.min(columns - 1, Math.floor(to / CELL_PX) + 1);
  for (let k = Math.max(0, Math.floor(from / CELL_PX) - 1); k <= last; k++) {
    level[k] = light[top * columns + k]! * (1 - t) + light[below * columns + k]! * t;
  }
  if (last === columns - 1) level[columns] = level[last]!;
}

/** Halves of pixels from the middle of one cell to that of the next, as a power of two. */
const HALVES_BITS = Math.log2(2 * CELL_PX);

/** Level of the skin at a column of a row: between the middles of the cells before and after. */
function levelAt(level: Int32Array, x: number): number {
  const halves = Math.max(0, 2 * x + 1 - CELL_PX);
  const k = halves >> HALVES_BITS;
  const beyond = halves & (2 * CELL_PX - 1);
  const here = level[k]!;
  return here + (Math.imul(level[k + 1]! - here, beyond) >> HALVES_BITS);
}

// What follows is asked for pixel by pixel: answers are whole numbers, because fractions would each be put on the heap.

/** Parts of `ALL` of a pixel's light that are not white gloss on top of it: light of skin is warm, gloss is not. */
function dullParts({ skinY, glossY, bodyScale }: BareSkin, r: number, b: number, Y: number): number {
  const light = Y / WHOLE_LIGHT;
  if (light <= glossY) return ALL;
  const body = (SRGB8_TO_LINEAR[r]! - SRGB8_TO_LINEAR[b]!) * bodyScale;
  if (body >= (1 - USUAL_GLOSS) * light) return ALL;
  const gloss = ramp(light, glossY, GLOSS_SURE * skinY) * ramp(1 - body / light, USUAL_GLOSS, FULL_GLOSS);
  return Math.round(ALL * (1 - gloss)) | 0;
}

/** Parts of a pixel's light that dots can take, on skin as light as `around`. */
function skinParts(skin: BareSkin, Y: number, around: number, r: number, b: number): number {
  if (Y >= SKIN_FROM * around) return dullParts(skin, r, b, Y);
  const share = ramp(Y / Math.max(1, around), HAIR_BELOW, SKIN_FROM);
  return share === 0 ? 0 : Math.round(share * dullParts(skin, r, b, Y)) | 0;
}

/** The same among hair, where a pixel is scalp if it is as warm as bare skin elsewhere in the photo and nearly as light. */
function scalpParts(skin: BareSkin, Y: number, r: number, g: number, b: number): number {
  const lightness = Y / WHOLE_LIGHT / skin.skinY;
  if (lightness <= SCALP_DARKEST) return 0;
  const R = SRGB8_TO_LINEAR[r]!;
  const B = SRGB8_TO_LINEAR[b]!;
  const warm = (R - B) / Math.max(1e-4, R + SRGB8_TO_LINEAR[g]! + B) / skin.warmth;
  const share = ramp(lightness, SCALP_DARKEST, SCALP_SURE) * ramp(warm, WARMTH_LEAST, WARMTH_SURE);
  return share === 0 ? 0 : Math.round(share * dullParts(skin, r, b, Y)) | 0;
}

/** Leaves so many parts of the shadow of one pixel. */
function leaveParts(shadows: Uint16Array, i: number, parts: number): void {
  shadows[i] = (Math.imul(shadows[i]!, parts) + ALL / 2) >> ALL_BITS;
  shadows[i + 1] = (Math.imul(shadows[i + 1]!, parts) + ALL / 2) >> ALL_BITS;
  shadows[i + 2] = (Math.imul(shadows[i + 2]!, parts) + ALL / 2) >> ALL_BITS;
}

/**
 * Lifts the shadows of the pixels of skin from column `from` of row `y` to before `to`; those of column x stand at
 * 3·(x − left). Most pixels are plain skin, or have no shadow: they are passed over.
 */
function liftSkin(skin: BareSkin, y: number, from: number, to: number, shadows: Uint16Array, left: number): void {
  const { picture, level, glossY } = skin;
  const { widthPx, channels, data } = picture;
  const { red, green, blue } = LUMINANCE;
  const gloss = glossY * WHOLE_LIGHT;
  let at = (y * widthPx + from) * channels;
  let i = 3 * (from - left);
  for (let x = from; x < to; x++, at += channels, i += 3) {
    if ((shadows[i]! | shadows[i + 1]! | shadows[i + 2]!) === 0) continue;
    const Y = red[data[at]!]! + green[data[at + 1]!]! + blue[data[at + 2]!]!;
    const around = levelAt(level, x);
    if (Y >= SKIN_FROM * around && Y <= gloss) continue;
    leaveParts(shadows, i, skinParts(skin, Y, around, data[at]!, data[at + 2]!));
  }
}

/** The same among hair. */
function liftHair(skin: BareSkin, y: number, from: number, to: number, shadows: Uint16Array, left: number): void {
  const { picture, glossY, skinY, warmth } = skin;
  const { widthPx, channels, data } = picture;
  const { red, green, blue } = LUMINANCE;
  const gloss = glossY * WHOLE_LIGHT;
  const dark = SCALP_DARKEST * skinY * WHOLE_LIGHT;
  const sure = SCALP_SURE * skinY * WHOLE_LIGHT;
  const sureWarmth = WARMTH_SURE * warmth;
  let at = (y * widthPx + from) * channels;
  let i = 3 * (from - left);
  for (let x = from; x < to; x++, at += channels, i += 3) {
    if ((shadows[i]! | shadows[i + 1]! | shadows[i + 2]!) === 0) continue;
    const r = data[at]!;
    const g = data[at + 1]!;
    const b = data[at + 2]!;
    const Y = red[r]! + green[g]! + blue[b]!;
    if (Y <= dark) {
      leaveParts(shadows, i, 0);
      continue;
    }
    const R = SRGB8_TO_LINEAR[r]!;
    const B = SRGB8_TO_LINEAR[b]!;
    if (Y >= sure && Y <= gloss && R - B >= sureWarmth * (R + SRGB8_TO_LINEAR[g]! + B)) continue;
    leaveParts(shadows, i, scalpParts(skin, Y, r, g, b));
  }
}

/** Lifts from column `from` of row `y` of the picture to before `to`, run by run of cells that look alike. */
function liftRuns(skin: BareSkin, y: number, from: number, to: number, shadows: Uint16Array, left: number): void {
  const { picture, mask, looks, starts } = skin;
  const { labels } = mask;
  levelRow(skin, y, from, to);
  const line = Math.floor(((y + 0.5) * mask.heightPx) / picture.heightPx) * mask.widthPx;
  for (let x = from; x < to; ) {
    let cell = cellAt(x, mask.widthPx, picture.widthPx);
    const look = looks[labels[line + cell]!]!;
    do cell++;
    while (cell < mask.widthPx && starts[cell]! < to && looks[labels[line + cell]!] === look);
    const end = Math.min(to, starts[cell]!);
    if (look === LOOK.nothing) shadows.fill(0, 3 * (x - left), 3 * (end - left));
    else if (look === LOOK.skin) liftSkin(skin, y, x, end, shadows, left);
    else liftHair(skin, y, x, end, shadows, left);
    x = end;
  }
}

const cellAt = (x: number, cells: number, widthPx: number): number => Math.floor(((x + 0.5) * cells) / widthPx);

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
  const skinLight = readSkinLight(picture, regions);
  const [red, green, blue] = skinLight.colour;
  const [wr, wg, wb] = LUMINANCE_WEIGHTS;
  const skinY = Math.max(1e-3, wr * red + wg * green + wb * blue);
  const mask = regions ?? { widthPx: 1, heightPx: 1, labels: Uint8Array.of(LABEL.skin) };
  const starts = new Int32Array(mask.widthPx + 1).fill(picture.widthPx);
  for (let x = picture.widthPx - 1; x >= 0; x--) starts[cellAt(x, mask.widthPx, picture.widthPx)] = x;
  for (let cell = mask.widthPx - 1; cell >= 0; cell--) starts[cell] = Math.min(starts[cell]!, starts[cell + 1]!);
  return {
    picture,
    box,
    skinLight,
    skinY,
    warmth: Math.max(1e-3, (red - blue) / (red + green + blue)),
    bodyScale: skinY / Math.max(1e-3, red - blue),
    glossY: GLOSS_FROM * skinY,
    mask,
    looks: looksFor(treatment),
    starts,
    level: new Int32Array(skinLight.columns + 1),
  };
}

/**
 * Leaves of the shadows along a row of the box, in words of three channels, what its pixels can show: less where white
 * gloss lies on top, nothing on hair.
 */
export function liftRow(skin: BareSkin, row: number, shadows: Uint16Array): void {
  const { left, top, from, to } = skin.box;
  liftRuns(skin, top + row, left + from[row]!, left + to[row]!, shadows, left);
}

/** Whether a pixel of the box shows skin, glossy or not, rather than hair or anything else. */
export function isSkinAt(skin: BareSkin, column: number, row: number): boolean {
  const { picture, box, mask, looks, level } = skin;
  const { widthPx, heightPx, channels, data } = picture;
  const x = box.left + column;
  const y = box.top + row;
  const line = Math.floor(((y + 0.5) * mask.heightPx) / heightPx) * mask.widthPx;
  const look = looks[mask.labels[line + cellAt(x, mask.widthPx, widthPx)]!];
  if (look === LOOK.nothing) return false;
  const at = (y * widthPx + x) * channels;
  const r = data[at]!;
  const g = data[at + 1]!;
  const b = data[at + 2]!;
  const Y = LUMINANCE.red[r]! + LUMINANCE.green[g]! + LUMINANCE.blue[b]!;
  if (look === LOOK.hair) return scalpParts(skin, Y, r, g, b) >= ALL / 2;
  levelRow(skin, y, x, x + 1);
  return Y >= ((HAIR_BELOW + SKIN_FROM) / 2) * levelAt(level, x);
}
