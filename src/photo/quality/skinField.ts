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
  const x: number[] = [];
  const y: number[] = [];
  const skin: number[] = [];
  const other: number[] = [];
  for (let row = step >> 1; row < working.heightPx; row += step) {
    for (let column = step >> 1; column < working.widthPx; column += step) {
      const shownX = (column + 0.5) * working.scale;
      const shownY = (row + 0.5) * working.scale;
      const label = labelAt(labels, shownX, shownY);
      const at = 3 * (row * working.widthPx + column);
      if (label === LABEL.skin) {
        if (isAtBorder(labels, shownX, shownY, step * working.scale)) continue;
        x.push(shownX);
        y.push(shownY);
        skin.push(working.rgb[at]!, working.rgb[at + 1]!, working.rgb[at + 2]!);
      } else if (label === LABEL.other) {
        other.push(working.rgb[at]!, working.rgb[at + 1]!, working.rgb[at + 2]!);
      }
    }
  }
  const lab = labOfPixels(new Float32Array(skin));
  return {
    count: x.length,
    stepPx: step * working.scale,
    x: new Float32Array(x),
    y: new Float32Array(y),
    lab,
    median: medians(lab),
    surroundings: labOfPixels(new Float32Array(other)),
  };
}
