import { LABEL, type LabelMap, labelAt } from '../regions/labelMap.ts';
import { labOfPixels } from '../sampling/labOfPixels.ts';
import type { QualityInput } from './qualityInput.ts';
import { quantile } from './quantile.ts';

/** Skin of a photo on a coarse square grid. */
export interface SkinField {
  readonly count: number;
  /** Displayed pixels from one grid point to the next. */
  readonly stepPx: number;
  /** Displayed position of each point. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Lab65 of each point as photographed, 3 × count. */
  readonly lab: Float32Array;
  /** Medians of L*, a* and b* of all points. */
  readonly median: readonly [L: number, a: number, b: number];
  /** Lab65 of points that are neither skin nor hair, 3 each. */
  readonly surroundings: Float32Array;
}

/** Grid points over the whole photo. */
const POINTS = 24_000;

/** Points next to what is not the head mix its colour in. */
function isAtBorder(labels: LabelMap, x: number, y: number, reach: number): boolean {
  return (
    labelAt(labels, x - reach, y) === LABEL.other ||
    labelAt(labels, x + reach, y) === LABEL.other ||
    labelAt(labels, x, y - reach) === LABEL.other ||
    labelAt(labels, x, y + reach) === LABEL.other
  );
}

function medianOf(lab: Float32Array, offset: number): number {
  const channel = new Float32Array(lab.length / 3);
  for (let i = 0; i < channel.length; i++) channel[i] = lab[3 * i + offset]!;
  return quantile(channel, 0.5);
}

/** Medians of L*, a* and b*, each on its own. */
function medians(lab: Float32Array): readonly [L: number, a: number, b: number] {
  return [medianOf(lab, 0), medianOf(lab, 1), medianOf(lab, 2)];
}

/** Reads the labelled skin and its surroundings from the working image. */
export function readSkinField({ working, labels }: QualityInput): SkinField {
  const step = Math.max(1, Math.round(Math.sqrt((working.widthPx * working.heightPx) / POINTS)));
  const most = Math.ceil(working.widthPx / step) * Math.ceil(working.heightPx / step);
  const x = new Float32Array(most);
  const y = new Float32Array(most);
  const skin = new Float32Array(3 * most);
  const other = new Float32Array(3 * most);
  let count = 0;
  let others = 0;
  for (let row = step >> 1; row < working.heightPx; row += step) {
    for (let column = step >> 1; column < working.widthPx; column += step) {
      const shownX = (column + 0.5) * working.scale;
      const shownY = (row + 0.5) * working.scale;
      const label = labelAt(labels, shownX, shownY);
      const at = 3 * (row * working.widthPx + column);
      if (label === LABEL.skin) {
        if (isAtBorder(labels, shownX, shownY, step * working.scale)) continue;
        x[count] = shownX;
        y[count] = shownY;
        copyPixel(working.rgb, at, skin, 3 * count++);
      } else if (label === LABEL.other) {
        copyPixel(working.rgb, at, other, 3 * others++);
      }
    }
  }
  const lab = labOfPixels(skin.subarray(0, 3 * count));
  return {
    count,
    stepPx: step * working.scale,
    x: x.subarray(0, count),
    y: y.subarray(0, count),
    lab,
    median: medians(lab),
    surroundings: labOfPixels(other.subarray(0, 3 * others)),
  };
}

function copyPixel(from: Float32Array, at: number, to: Float32Array, place: number): void {
  to[place] = from[at]!;
  to[place + 1] = from[at + 1]!;
  to[place + 2] = from[at + 2]!;
}
