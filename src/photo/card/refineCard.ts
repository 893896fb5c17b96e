import type { RasterPhoto } from '../rasterPhoto.ts';
import { selectInPlace } from '../selectInPlace.ts';
import { chartCorners, PATCH_COUNT, patchCentre, USUAL_PATCH_SHARE } from './chartLayout.ts';
import { fitHomography, type Homography, mapPoint } from './homography.ts';
import { readGrid } from './readGrid.ts';

/** Samples across one cell in each direction. */
const GRID = 28;
/** A patch must stand out from the gap around it by this share of their sum to say where it is. */
const MIN_CONTRAST = 0.25;
/** Offsets beyond this share of the pitch are another thing than the patch. */
const FARTHEST_OFFSET = 0.2;
const MIN_PATCHES = 6;
const MOST_ROUNDS = 3;
/** A lattice that moved less, a twentieth of the way between two samples, would not move on. */
const SETTLED_PITCHES = 0.002;

const OUTER_CORNERS = chartCorners(1);

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
export function refineCard(raster: RasterPhoto, start: Homography): RefinedCard | null {
  let toPhoto = start;
  let residualPitches = 0;
  let patchShare = USUAL_PATCH_SHARE;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const centres = locatePatches(raster, toPhoto);
    if (centres.length < MIN_PATCHES) return null;
    const robust = fitRobustly(toPhoto, centres);
    if (!robust) return null;
    const moved = movedPitches(toPhoto, robust.map);
    toPhoto = robust.map;
    residualPitches = robust.residual;
    const shares = centres.map((centre) => centre.share).sort((a, b) => a - b);
    patchShare = shares[shares.length >> 1]!;
    if (moved < SETTLED_PITCHES) break;
  }
  return { toPhoto, residualPitches, patchShare };
}

type Triple = readonly [number, number, number];

interface LocatedPatch {
  readonly patch: number;
  /** Where the patch's centre was seen, in chart units of the current map. */
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  readonly share: number;
}

function locatePatches(raster: RasterPhoto, toPhoto: Homography): LocatedPatch[] {
  const located: LocatedPatch[] = [];
  const cell = new Float32Array(3 * GRID * GRID);
  for (let patch = 0; patch < PATCH_COUNT; patch++) {
    const centre = patchCentre(patch);
    if (readGrid(raster, toPhoto, centre, 0.5, GRID, cell) < 0) continue;
    const inner = medianColour(cell, INNER);
    const outer = medianColour(cell, OUTER);
    const step: Triple = [inner[0] - outer[0], inner[1] - outer[1], inner[2] - outer[2]];
    const contrast = norm(step) / (norm(inner) + norm(outer) + 1e-6);
    if (contrast < MIN_CONTRAST) continue;
    const { x, y, mass } = centroid(cell, outer, step);
    if (Math.hypot(x, y) > FARTHEST_OFFSET) continue;
    located.push({ patch, x: centre[0] + x, y: centre[1] + y, weight: contrast, share: Math.sqrt(mass) / GRID });
  }
  return located;
}

/** Where the samples that look like the patch lie, chart units from the cell's middle, and how many they are. */
function centroid(cell: Float32Array, outer: Triple, step: Triple): { x: number; y: number; mass: number } {
  const perUnit = 1 / (step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
  const [r, g, b] = [step[0] * perUnit, step[1] * perUnit, step[2] * perUnit];
  const none = outer[0] * r + outer[1] * g + outer[2] * b;
  let mass = 0;
  let mx = 0;
  let my = 0;
  for (let row = 0, i = 0; row < GRID; row++) {
    const y = gridOffset(row);
    for (let column = 0; column < GRID; column++, i += 3) {
      const along = cell[i]! * r + cell[i + 1]! * g + cell[i + 2]! * b - none;
      const member = Math.min(1, Math.max(0, along));
      mass += member;
      mx += member * gridOffset(column);
      my += member * y;
    }
  }
  return { x: mx / mass, y: my / mass, mass };
}

function gridOffset(index: number): number {
  return (index + 0.5) / GRID - 0.5;
}

/** Samples of a cell, and room for the values of one channel at them. */
interface Samples {
  readonly at: Int32Array;
  readonly values: Float32Array;
}

/** Samples of a cell whose larger distance from its middle passes a test. */
function samplesWhere(test: (distance: number) => boolean): Samples {
  const at = Int32Array.from({ length: GRID * GRID }, (_, i) => 3 * i).filter((at) => {
    const i = at / 3;
    return test(Math.max(Math.abs(gridOffset(i % GRID)), Math.abs(gridOffset(Math.floor(i / GRID)))));
  });
  return { at, values: new Float32Array(at.length) };
}

const INNER = samplesWhere((distance) => distance < 0.22);
const OUTER = samplesWhere((distance) => distance > 0.46);

function medianColour(cell: Float32Array, { at, values }: Samples): Triple {
  return [medianOf(cell, at, 0, values), medianOf(cell, at, 1, values), medianOf(cell, at, 2, values)];
}

function medianOf(cell: Float32Array, at: Int32Array, channel: number, values: Float32Array): number {
  for (let k = 0; k < at.length; k++) values[k] = cell[at[k]! + channel]!;
  return selectInPlace(values, values.length >> 1);
}

function norm(v: Triple): number {
  return Math.hypot(v[0], v[1], v[2]);
}

/** Homography through the centres with a patch counting less the farther it lies off (Cauchy weights, 0.02 pitch). */
function fitRobustly(
  current: Homography,
  centres: readonly LocatedPatch[],
): { map: Homography; residual: number } | null {
  const pairs = centres.map(({ patch, x, y, weight }) => ({
    from: patchCentre(patch),
    to: mapPoint(current, x, y),
    weight,
  }));
  let map: Homography = current;
  let residual = 0;
  for (let round = 0; round < 4; round++) {
    const fitted = fitHomography(pairs);
    if (!fitted) return null;
    map = fitted;
    const pitch = distance(mapPoint(map, 3, 2), mapPoint(map, 3.7, 2.7));
    let squares = 0;
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i]!;
      const offset = distance(mapPoint(map, pair.from[0], pair.from[1]), pair.to) / pitch;
      pair.weight = centres[i]!.weight / (1 + (offset / 0.02) ** 2);
      squares += offset * offset;
    }
    residual = Math.sqrt(squares / pairs.length);
  }
  return { map, residual };
}

/** How far the chart's outer corners lie apart under two maps, in pitches; the farthest. */
function movedPitches(before: Homography, after: Homography): number {
  const pitch = distance(mapPoint(after, 3, 2), mapPoint(after, 4, 2));
  const moves = OUTER_CORNERS.map(([x, y]) => distance(mapPoint(before, x, y), mapPoint(after, x, y)));
  return Math.max(...moves) / pitch;
}

function distance(p: readonly [number, number], q: readonly [number, number]): number {
  return Math.hypot(p[0] - q[0], p[1] - q[1]);
}
