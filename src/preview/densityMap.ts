import { LABEL } from '../masks/label.ts';
import { distanceMap } from './distanceMap.ts';
import type { GridSize } from './presetAreas.ts';
import type { Treatment } from './previewLooks.ts';
import { smoothNoise } from './seededNoise.ts';

/** How far dots thin out towards skin that stays bare, mm: a hairline begins with single, far dots. */
const FEATHER_MM: Readonly<Record<Treatment, number>> = { shaved: 11, hairline: 9, density: 5, scar: 2.5 };
/** Towards hair, which itself thins out, they take over slowly and irregularly, so that no outline of the hair shows. */
const HAIR_FEATHER_MM = 10;
/** A strip beside hair must reach full density well before its end. */
const HAIR_FEATHER_OF_WIDTH = 0.4;
/** Dots begin this far inside the hair, so that they are there, if few, where it ends, mm. */
const INTO_HAIR_MM = 1.5;
/** Against the background the head just ends. */
const OUTLINE_MM = 1;
/** A strip must reach full density in its middle. */
const FEATHER_OF_WIDTH = 0.7;
/** The edge wanders: amplitude and length of its bumps, mm. */
const WANDER = [
  { amplitude: 2.2, length: 9 },
  { amplitude: 1.1, length: 3 },
] as const;
/** More than the edge can wander, with its bias, mm. */
const FARTHEST_BUMP = 5;
/** Density where the feather starts, over that behind. */
const FIRST_DOTS = 0.04;

function wander(xMm: number, yMm: number, seed: number): number {
  let sum = 0;
  for (let k = 0; k < WANDER.length; k++) {
    const { amplitude, length } = WANDER[k]!;
    sum += amplitude * smoothNoise(xMm / length, yMm / length, seed + k);
  }
  return sum;
}

/** The farthest that any of the cells is, in cells; those that are infinitely far do not count. */
function deepest(distance: Float32Array, cells: Uint8Array): number {
  let most = 0;
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] && distance[i]! > most && distance[i]! < Number.POSITIVE_INFINITY) most = distance[i]!;
  }
  return most;
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
  const takes = new Uint8Array(area.length);
  const bare = new Uint8Array(area.length);
  const outside = new Uint8Array(area.length);
  const hair = new Uint8Array(area.length);
  for (let i = 0; i < area.length; i++) {
    const label = labels[i]!;
    const inArea = area[i] === 1;
    if (label === LABEL.avoid) bare[i] = 1;
    else if (label === LABEL.skin) (inArea ? takes : bare)[i] = 1;
    else if (label === LABEL.hair) takes[i] = inArea && underHair ? 1 : 0;
    else takes[i] = inArea && treatment === 'scar' ? 1 : 0;
    if (label === LABEL.hair) hair[i] = 1;
    else if (label !== LABEL.skin && !takes[i]) outside[i] = 1;
  }
  const toBare = distanceMap(bare, widthPx, heightPx);
  const toOutside = distanceMap(outside, widthPx, heightPx);
  const toHair = underHair ? null : distanceMap(hair, widthPx, heightPx);
  const feather = Math.max(0.5, Math.min(FEATHER_MM[treatment], FEATHER_OF_WIDTH * mmPerCell * deepest(toBare, takes)));
  const hairFeather = toHair
    ? Math.max(1, Math.min(HAIR_FEATHER_MM, HAIR_FEATHER_OF_WIDTH * mmPerCell * deepest(toHair, takes)))
    : 0;
  const wandering = Math.min(1, feather / FEATHER_MM.shaved);
  const share = new Float32Array(area.length);
  for (let i = 0; i < area.length; i++) {
    if (!takes[i]) continue;
    const xMm = (i % widthPx) * mmPerCell;
    const yMm = Math.floor(i / widthPx) * mmPerCell;
    const depth = toBare[i]! * mmPerCell;
    // Far behind the edge its wandering changes nothing.
    const inwards = depth > feather + FARTHEST_BUMP ? feather : depth + wandering * (wander(xMm, yMm, seed) - 1.5);
    const t = Math.min(1, Math.max(0, inwards / feather));
    const soft = inwards <= 0 ? 0 : FIRST_DOTS + (1 - FIRST_DOTS) * t * t * (3 - 2 * t);
    const toStrand = toHair ? toHair[i]! * mmPerCell : Number.POSITIVE_INFINITY;
    const fromHair =
      toStrand > hairFeather + FARTHEST_BUMP
        ? hairFeather
        : toStrand + (1.2 * hairFeather * wander(xMm, yMm, seed + 5)) / HAIR_FEATHER_MM;
    const beside = Math.min(1, (Math.max(0, fromHair) + INTO_HAIR_MM) / (hairFeather + INTO_HAIR_MM));
    share[i] = soft * beside * Math.min(1, (toOutside[i]! * mmPerCell) / OUTLINE_MM);
  }
  return share;
}
