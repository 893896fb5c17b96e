import { LABEL } from '../masks/label.ts';
import { distanceMap } from './distanceMap.ts';
import type { GridSize } from './presetAreas.ts';
import type { Treatment } from './previewLooks.ts';
import { smoothNoise } from './seededNoise.ts';

/** How far dots thin out towards skin that stays bare, mm: a hairline begins with single, far dots. */
const FEATHER_MM: Readonly<Record<Treatment, number>> = { shaved: 11, hairline: 9, density: 5, scar: 2.5 };
/** Towards hair they thin out a little, irregularly, so that no outline of the hair shows. */
const HAIR_FEATHER_MM = 4;
const BESIDE_HAIR = 0.35;
/** Against the background the head just ends. */
const OUTLINE_MM = 1;
/** A strip must reach full density in its middle. */
const FEATHER_OF_WIDTH = 0.7;
/** The edge wanders: amplitude and length of its bumps, mm. */
const WANDER = [
  { amplitude: 2.2, length: 9 },
  { amplitude: 1.1, length: 3 },
] as const;
/** Density where the feather starts, over that behind. */
const FIRST_DOTS = 0.04;

function wander(xMm: number, yMm: number, seed: number): number {
  return WANDER.reduce(
    (sum, { amplitude, length }, k) => sum + amplitude * smoothNoise(xMm / length, yMm / length, seed + k),
    0,
  );
}

/**
 * Share of the nominal density in every cell, 0–1. It falls off softly and irregularly towards skin outside the area, less
 * towards hair, which the dots join, and not at the picture's rim. No cell of hair takes dots, but for density.
 */
export function densityMap(
  area: Uint8Array,
  labels: Uint8Array,
  { widthPx, heightPx, mmPerCell }: GridSize,
  treatment: Treatment,
  seed: number,
): Float32Array {
  const underHair = treatment === 'density';
  const takes = (i: number): boolean =>
    area[i] === 1 &&
    labels[i] !== LABEL.avoid &&
    (labels[i] === LABEL.skin ||
      (labels[i] === LABEL.hair && underHair) ||
      (labels[i] !== LABEL.hair && treatment === 'scar'));
  const bare = labels.map((label, i) => ((label === LABEL.skin && !area[i]) || label === LABEL.avoid ? 1 : 0));
  const outside = labels.map((label, i) => (label !== LABEL.skin && label !== LABEL.hair && !takes(i) ? 1 : 0));
  const toBare = distanceMap(bare, widthPx, heightPx);
  const toOutside = distanceMap(outside, widthPx, heightPx);
  const toHair = underHair
    ? null
    : distanceMap(
        labels.map((label) => (label === LABEL.hair ? 1 : 0)),
        widthPx,
        heightPx,
      );
  let deepest = 0;
  for (let i = 0; i < area.length; i++) {
    if (takes(i) && Number.isFinite(toBare[i]!)) deepest = Math.max(deepest, toBare[i]! * mmPerCell);
  }
  const feather = Math.max(0.5, Math.min(FEATHER_MM[treatment], FEATHER_OF_WIDTH * deepest));
  const wandering = Math.min(1, feather / FEATHER_MM.shaved);
  const share = new Float32Array(area.length);
  for (let i = 0; i < area.length; i++) {
    if (!takes(i)) continue;
    const [xMm, yMm] = [(i % widthPx) * mmPerCell, Math.floor(i / widthPx) * mmPerCell];
    const inwards = toBare[i]! * mmPerCell + wandering * (wander(xMm, yMm, seed) - 1.5);
    const t = Math.min(1, Math.max(0, inwards / feather));
    const soft = inwards <= 0 ? 0 : FIRST_DOTS + (1 - FIRST_DOTS) * t * t * (3 - 2 * t);
    const fromHair = toHair ? toHair[i]! * mmPerCell + 0.6 * wander(xMm, yMm, seed + 5) : HAIR_FEATHER_MM;
    const beside = BESIDE_HAIR + (1 - BESIDE_HAIR) * Math.min(1, Math.max(0, fromHair / HAIR_FEATHER_MM));
    share[i] = soft * beside * Math.min(1, (toOutside[i]! * mmPerCell) / OUTLINE_MM);
  }
  return share;
}
