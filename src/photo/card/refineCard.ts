import { PATCH_COUNT, patchCentre, USUAL_PATCH_SHARE } from './chartLayout.ts';
import { fitHomography, type Homography, mapPoint, type PointPair } from './homography.ts';
import type { LinearReader } from './readLinear.ts';

/** Samples across one cell in each direction. */
const GRID = 28;
/** A patch must stand out from the gap around it by this share of their sum to say where it is. */
const MIN_CONTRAST = 0.25;
/** Offsets beyond this share of the pitch are another thing than the patch. */
const FARTHEST_OFFSET = 0.2;
const MIN_PATCHES = 6;

export interface RefinedCard {
  /** Chart units -> photo pixels. */
  readonly toPhoto: Homography;
  /** Root mean square distance of the patch centres from the fitted lattice, in pitches. */
  readonly residualPitches: number;
  /** Share of a cell's width that a patch fills. */
  readonly patchShare: number;
}

/**
 * Moves the lattice onto the patches at full resolution. Each patch's centre is the centroid of how much a sample
 * looks like the patch rather than the gap around it; linear light makes that immune to blur, chart coordinates to
 * perspective. Null when too few patches stand out.
 */
export function refineCard(reader: LinearReader, start: Homography): RefinedCard | null {
  let toPhoto = start;
  let residualPitches = 0;
  let patchShare = USUAL_PATCH_SHARE;
  for (let round = 0; round < 3; round++) {
    const centres = locatePatches(reader, toPhoto);
    if (centres.length < MIN_PATCHES) return null;
    const robust = fitRobustly(toPhoto, centres);
    if (!robust) return null;
    toPhoto = robust.map;
    residualPitches = robust.residual;
    const shares = centres.map((centre) => centre.share).sort((a, b) => a - b);
    patchShare = shares[shares.length >> 1]!;
  }
  return { toPhoto, residualPitches, patchShare };
}

interface LocatedPatch {
  readonly patch: number;
  /** Where the patch's centre was seen, in chart units of the current map. */
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  readonly share: number;
}

function locatePatches(reader: LinearReader, toPhoto: Homography): LocatedPatch[] {
  const located: LocatedPatch[] = [];
  const cell = new Float64Array(3 * GRID * GRID);
  for (let patch = 0; patch < PATCH_COUNT; patch++) {
    const [cx, cy] = patchCentre(patch);
    if (!readCell(reader, toPhoto, cx, cy, cell)) continue;
    const inner = medianColour(cell, (u, v) => Math.max(u, v) < 0.22);
    const outer = medianColour(cell, (u, v) => Math.max(u, v) > 0.46);
    const step = inner.map((value, c) => value - outer[c]!);
    const length2 = step.reduce((sum, value) => sum + value * value, 0);
    const contrast = Math.sqrt(length2) / (norm(inner) + norm(outer) + 1e-6);
    if (contrast < MIN_CONTRAST) continue;
    let mass = 0;
    let mx = 0;
    let my = 0;
    for (let i = 0; i < GRID * GRID; i++) {
      let along = 0;
      for (let c = 0; c < 3; c++) along += (cell[3 * i + c]! - outer[c]!) * step[c]!;
      const member = Math.min(1, Math.max(0, along / length2));
      mass += member;
      mx += member * gridOffset(i % GRID);
      my += member * gridOffset(Math.floor(i / GRID));
    }
    const x = mx / mass;
    const y = my / mass;
    if (Math.hypot(x, y) > FARTHEST_OFFSET) continue;
    located.push({ patch, x: cx + x, y: cy + y, weight: contrast, share: Math.sqrt(mass) / GRID });
  }
  return located;
}

function gridOffset(index: number): number {
  return (index + 0.5) / GRID - 0.5;
}

function readCell(reader: LinearReader, toPhoto: Homography, cx: number, cy: number, cell: Float64Array): boolean {
  for (let i = 0; i < GRID * GRID; i++) {
    const [x, y] = mapPoint(toPhoto, cx + gridOffset(i % GRID), cy + gridOffset(Math.floor(i / GRID)));
    if (!reader.read(x, y, cell, 3 * i)) return false;
  }
  return true;
}

function medianColour(cell: Float64Array, wanted: (u: number, v: number) => boolean): number[] {
  const channels: number[][] = [[], [], []];
  for (let i = 0; i < GRID * GRID; i++) {
    if (!wanted(Math.abs(gridOffset(i % GRID)), Math.abs(gridOffset(Math.floor(i / GRID))))) continue;
    for (let c = 0; c < 3; c++) channels[c]!.push(cell[3 * i + c]!);
  }
  return channels.map((values) => values.sort((a, b) => a - b)[values.length >> 1]!);
}

function norm(v: readonly number[]): number {
  return Math.hypot(v[0]!, v[1]!, v[2]!);
}

/** Homography through the centres with a patch counting less the farther it lies off (Cauchy weights, 0.02 pitch). */
function fitRobustly(
  current: Homography,
  centres: readonly LocatedPatch[],
): { map: Homography; residual: number } | null {
  const seen = centres.map(({ x, y }) => mapPoint(current, x, y));
  let weights = centres.map((centre) => centre.weight);
  let map: Homography = current;
  let residual = 0;
  for (let round = 0; round < 4; round++) {
    const pairs: PointPair[] = centres.map((centre, i) => ({
      from: patchCentre(centre.patch),
      to: seen[i]!,
      weight: weights[i]!,
    }));
    const fitted = fitHomography(pairs);
    if (!fitted) return null;
    map = fitted;
    const pitch = Math.hypot(...difference(mapPoint(map, 3, 2), mapPoint(map, 3.7, 2.7)));
    const offsets = pairs.map(({ from, to }) => Math.hypot(...difference(mapPoint(map, ...from), to)) / pitch);
    weights = centres.map((centre, i) => centre.weight / (1 + (offsets[i]! / 0.02) ** 2));
    residual = Math.sqrt(offsets.reduce((sum, d) => sum + d * d, 0) / offsets.length);
  }
  return { map, residual };
}

function difference(p: readonly [number, number], q: readonly [number, number]): [number, number] {
  return [p[0] - q[0], p[1] - q[1]];
}
