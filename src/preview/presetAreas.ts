import { LABEL } from '../masks/label.ts';
import { distanceMap } from './distanceMap.ts';
import type { Scalp } from './findScalp.ts';
import type { AreaPreset } from './treatedArea.ts';

/** A grid over the picture with its scale. */
export interface GridSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly mmPerCell: number;
}

/** A lowered or receded hairline is filled this far in front of the hair, a temple somewhat farther. */
export const HAIRLINE_MM = 14;
export const TEMPLE_MM = 24;
/** Share of the head's width that each temple takes. */
const TEMPLE_SHARE = 0.36;
const CROWN_SHARE = 0.3;

interface Extent {
  readonly left: number;
  readonly right: number;
  readonly middleX: number;
  readonly middleY: number;
  readonly cells: number;
}

function extentOf(mask: Uint8Array, widthPx: number): Extent {
  let [left, right, sumX, sumY, cells] = [widthPx, 0, 0, 0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const x = i % widthPx;
    left = Math.min(left, x);
    right = Math.max(right, x);
    sumX += x;
    sumY += Math.floor(i / widthPx);
    cells++;
  }
  return { left, right, middleX: sumX / Math.max(1, cells), middleY: sumY / Math.max(1, cells), cells };
}

/** Skin of the head within so many mm of its hair; where there is no hair, of the lower edge of the bare scalp. */
function nearHair(labels: Uint8Array, { bare, head }: Scalp, size: GridSize, mm: number): Uint8Array {
  const { widthPx, heightPx, mmPerCell } = size;
  const isHair = labels.map((label, i) => (label === LABEL.hair && head[i] ? 1 : 0));
  const hasHair = isHair.some((value) => value === 1);
  const lowerEdge = bare.map((value, i) => (value && !bare[i + widthPx] ? 1 : 0));
  const distance = distanceMap(hasHair ? isHair : lowerEdge, widthPx, heightPx);
  return labels.map((label, i) => (label === LABEL.skin && head[i] && distance[i]! * mmPerCell <= mm ? 1 : 0));
}

/** Whether there is a bald area: on a full head of hair the skin next to the hair is what can be treated. */
export function isBald({ bare, head }: Scalp, { widthPx, mmPerCell }: GridSize): boolean {
  const cells = extentOf(bare, widthPx).cells;
  return cells * mmPerCell * mmPerCell >= 100 || cells >= 0.02 * extentOf(head, widthPx).cells;
}

/**
 * Where a treatment usually goes, from the photo's regions; a start that people correct. Hairline and temples assume the
 * forehead below and the crown above.
 */
export function presetArea(preset: AreaPreset, labels: Uint8Array, scalp: Scalp, size: GridSize): Uint8Array {
  const { widthPx } = size;
  if (preset === 'none') return new Uint8Array(labels.length);
  if (preset === 'hairline') return nearHair(labels, scalp, size, HAIRLINE_MM);
  if (preset === 'temples') {
    const { left, right } = extentOf(scalp.head, widthPx);
    const inner = TEMPLE_SHARE * (right - left);
    const near = nearHair(labels, scalp, size, TEMPLE_MM);
    return near.map((value, i) => {
      const x = i % widthPx;
      return value && (x < left + inner || x > right - inner) ? 1 : 0;
    });
  }
  if (preset === 'crown') {
    const { middleX, middleY, cells } = extentOf(scalp.bare, widthPx);
    const radius = Math.sqrt((CROWN_SHARE * cells) / Math.PI);
    return scalp.bare.map((value, i) =>
      value && Math.hypot((i % widthPx) - middleX, Math.floor(i / widthPx) - middleY) <= radius ? 1 : 0,
    );
  }
  return isBald(scalp, size) ? scalp.bare : nearHair(labels, scalp, size, HAIRLINE_MM);
}
