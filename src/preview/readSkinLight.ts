import { SRGB8_TO_LINEAR } from '../colour/srgb.ts';
import { LABEL, type LabelMask } from '../masks/label.ts';
import { LUMINANCE } from './luminance.ts';
import type { Picture } from './picture.ts';

/** How light and of what colour the skin of a photo is, by cells of `cellPx` pixels squared. */
export interface SkinLight {
  readonly cellPx: number;
  readonly columns: number;
  readonly rows: number;
  /** Luminance of the skin between the hairs in each cell. */
  readonly light: Float32Array;
  /** Mean colour of bare skin, linear; that of usual skin where the photo shows none. */
  readonly colour: readonly [number, number, number];
}

const CELL_PX = 16;
/** Every third pixel both ways tells a cell's level as well. */
const STRIDE = 3;
const USUAL_SKIN = [0.5, 0.3, 0.22] as const;

/** Reads the skin's lightness: in each cell the mean of what is lighter than the cell's mean, so that hairs drop out. */
export function readSkinLight(picture: Picture, regions: LabelMask | null): SkinLight {
  const { widthPx, heightPx, channels, data } = picture;
  const columns = Math.ceil(widthPx / CELL_PX);
  const rows = Math.ceil(heightPx / CELL_PX);
  const light = new Float32Array(columns * rows);
  const values = new Float32Array(Math.ceil(CELL_PX / STRIDE) ** 2);
  let [red, green, blue, pixels] = [0, 0, 0, 0];
  for (let cell = 0; cell < light.length; cell++) {
    const left = (cell % columns) * CELL_PX;
    const top = Math.floor(cell / columns) * CELL_PX;
    const label = regions
      ? labelAt(regions, (left + CELL_PX / 2) / widthPx, (top + CELL_PX / 2) / heightPx)
      : LABEL.skin;
    const isSkin = label === LABEL.skin;
    const right = Math.min(widthPx, left + CELL_PX);
    const bottom = Math.min(heightPx, top + CELL_PX);
    let count = 0;
    let total = 0;
    for (let y = top; y < bottom; y += STRIDE)
      for (let x = left, at = (y * widthPx + left) * channels; x < right; x += STRIDE, at += STRIDE * channels) {
        const r = data[at]!;
        const g = data[at + 1]!;
        const b = data[at + 2]!;
        const Y = LUMINANCE.red[r]! + LUMINANCE.green[g]! + LUMINANCE.blue[b]!;
        values[count++] = Y;
        total += Y;
        if (!isSkin) continue;
        red += SRGB8_TO_LINEAR[r]!;
        green += SRGB8_TO_LINEAR[g]!;
        blue += SRGB8_TO_LINEAR[b]!;
        pixels++;
      }
    // A little below the mean: in an even cell rounding must not leave nothing.
    const least = (0.9999 * total) / count;
    let upper = 0;
    let lighter = 0;
    for (let k = 0; k < count; k++) {
      if (values[k]! < least) continue;
      upper += values[k]!;
      lighter++;
    }
    light[cell] = upper / Math.max(1, lighter);
  }
  const colour = pixels > 0 ? ([red / pixels, green / pixels, blue / pixels] as const) : USUAL_SKIN;
  return { cellPx: CELL_PX, columns, rows, light, colour };
}

function labelAt({ widthPx, heightPx, labels }: LabelMask, x: number, y: number): number {
  const column = Math.min(widthPx - 1, Math.floor(x * widthPx));
  const row = Math.min(heightPx - 1, Math.floor(y * heightPx));
  return labels[row * widthPx + column]!;
}
