import { SRGB8_TO_LINEAR } from '../colour/srgb.ts';
import { LABEL, type LabelMask } from '../masks/label.ts';
import type { Picture } from './picture.ts';
import type { Treatment } from './previewLooks.ts';

/** How much of each pixel is bare skin that dots can darken: 255 all, 0 hair, glint or not skin. */
export type BareSkin = Uint8Array;

/** Sides of the cells in which the skin's own lightness is taken, pixels. */
const CELL_PX = 16;
/** Luminance over the skin's around it: hair below the first, skin from the second on. */
const HAIR_BELOW = 0.5;
const SKIN_FROM = 0.7;
/** Share of white gloss in a pixel's light that is usual on skin, and that hides everything. */
const USUAL_GLOSS = 0.25;
const FULL_GLOSS = 0.75;
/** Scalp between hairs: luminance over bare skin's elsewhere, and share of the skin's warmth. */
const SCALP_DARKEST = 0.28;
const SCALP_SURE = 0.45;
const WARMTH_LEAST = 0.35;
const WARMTH_SURE = 0.7;

const ramp = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)));

interface SkinLight {
  readonly columns: number;
  readonly rows: number;
  /** Luminance of the skin between the hairs in each cell. */
  readonly light: Float32Array;
  /** Mean colour of bare skin, linear. */
  readonly colour: readonly [number, number, number];
}

/** Lightness of the skin by cells: the mean of what is lighter than the cell's mean, so that hairs do not count. */
function readSkinLight(
  { widthPx, heightPx, channels, data }: Picture,
  labelAt: (x: number, y: number) => number,
): SkinLight {
  const columns = Math.ceil(widthPx / CELL_PX);
  const rows = Math.ceil(heightPx / CELL_PX);
  const light = new Float32Array(columns * rows);
  const sum = [0, 0, 0];
  let pixels = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const middle = [Math.min(widthPx - 1, (column + 0.5) * CELL_PX), Math.min(heightPx - 1, (row + 0.5) * CELL_PX)];
      const isSkin = labelAt(middle[0]!, middle[1]!) === LABEL.skin;
      const values: number[] = [];
      // Every second pixel both ways tells a cell's level as well.
      for (let y = row * CELL_PX; y < Math.min(heightPx, (row + 1) * CELL_PX); y += 2)
        for (let x = column * CELL_PX; x < Math.min(widthPx, (column + 1) * CELL_PX); x += 2) {
          const at = (y * widthPx + x) * channels;
          const r = SRGB8_TO_LINEAR[data[at]!]!;
          const g = SRGB8_TO_LINEAR[data[at + 1]!]!;
          const b = SRGB8_TO_LINEAR[data[at + 2]!]!;
          values.push(0.2126 * r + 0.7152 * g + 0.0722 * b);
          if (!isSkin) continue;
          sum[0]! += r;
          sum[1]! += g;
          sum[2]! += b;
          pixels++;
        }
      const mean = values.reduce((total, v) => total + v, 0) / values.length;
      const upper = values.filter((v) => v >= 0.9999 * mean);
      light[row * columns + column] = upper.reduce((total, v) => total + v, 0) / upper.length;
    }
  const colour = (pixels > 0 ? sum.map((v) => v / pixels) : [0.5, 0.3, 0.22]) as [number, number, number];
  return { columns, rows, light, colour };
}

/**
 * Finds the pixels that dots may darken. On skin, marks clearly darker than the skin around are hairs; white gloss lies on
 * top of the pigment and stays. For density the scalp between hairs counts too: what is as warm and nearly as light as
 * bare skin elsewhere in the photo. A scar may look like anything but hair.
 */
export function findBareSkin(picture: Picture, regions: LabelMask | null, treatment: Treatment): BareSkin {
  const { widthPx, heightPx, channels, data } = picture;
  const labelAt = (x: number, y: number): number =>
    regions
      ? regions.labels[
          Math.floor((y * regions.heightPx) / heightPx) * regions.widthPx + Math.floor((x * regions.widthPx) / widthPx)
        ]!
      : LABEL.skin;
  const { columns, rows, light, colour } = readSkinLight(picture, labelAt);
  const [sr, sg, sb] = colour;
  const skinY = 0.2126 * sr + 0.7152 * sg + 0.0722 * sb;
  const warmth = Math.max(1e-3, (sr - sb) / (sr + sg + sb));
  const out = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const cellY = Math.min(rows - 1, Math.max(0, (y + 0.5) / CELL_PX - 0.5));
    const row = Math.min(rows - 1, Math.floor(cellY));
    const ty = cellY - row;
    const below = Math.min(rows - 1, row + 1) * columns;
    for (let x = 0; x < widthPx; x++) {
      const label = labelAt(x, y);
      if (
        label === LABEL.hair
          ? treatment !== 'density'
          : label === LABEL.avoid || (label !== LABEL.skin && treatment !== 'scar')
      )
        continue;
      const at = (y * widthPx + x) * channels;
      const r = SRGB8_TO_LINEAR[data[at]!]!;
      const g = SRGB8_TO_LINEAR[data[at + 1]!]!;
      const b = SRGB8_TO_LINEAR[data[at + 2]!]!;
      const Y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      let share: number;
      if (label === LABEL.hair) {
        const warm = (r - b) / Math.max(1e-4, r + g + b) / warmth;
        share = ramp(Y / skinY, SCALP_DARKEST, SCALP_SURE) * ramp(warm, WARMTH_LEAST, WARMTH_SURE);
      } else {
        const cellX = Math.min(columns - 1, Math.max(0, (x + 0.5) / CELL_PX - 0.5));
        const column = Math.min(columns - 1, Math.floor(cellX));
        const tx = cellX - column;
        const right = Math.min(columns - 1, column + 1);
        const upper = light[row * columns + column]! * (1 - tx) + light[row * columns + right]! * tx;
        const lower = light[below + column]! * (1 - tx) + light[below + right]! * tx;
        share = ramp(Y / Math.max(1e-4, upper * (1 - ty) + lower * ty), HAIR_BELOW, SKIN_FROM);
      }
      // Light of skin plus white gloss: the weaker the warmth, the more gloss.
      const body = (r - b) / Math.max(1e-3, sr - sb);
      const gloss = Y > 0.7 * skinY ? 1 - (body * skinY) / Y : 0;
      out[y * widthPx + x] = Math.round(255 * share * (1 - ramp(gloss, USUAL_GLOSS, FULL_GLOSS)));
    }
  }
  return out;
}
