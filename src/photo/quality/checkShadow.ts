import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { boxAround, describePlace } from './describePlace.ts';
import { NOTHING_TO_DO, type QualityEntry } from './qualityEntry.ts';
import type { QualityInput } from './qualityInput.ts';
import type { SkinField } from './skinField.ts';

/** Grid points averaged on either side of a place, and again beyond them. */
const REACH = 3;
/** ln of the luminance ratio between the two sides: light falls to 60 % within a few points. */
const STEP = 0.5;
/** Beyond the step the light must change less than this share of it, else it is the shading of a round head. */
const FLAT = 0.4;
/** a*b* difference up to which both sides may be the same skin, besides what darkness does to chroma. */
const SAME_SKIN = 7;
/** Edge length against the square root of the skin's area, both in grid points. */
const WARN_LENGTH = 0.25;

interface Grid {
  readonly columns: number;
  /** Index of the skin point at each place, −1 for none. */
  readonly points: Int32Array;
  readonly lab: Float32Array;
}

function luminance(L: number): number {
  const f = (L + 16) / 116;
  return L > 8 ? f * f * f : L / 903.3;
}

function makeGrid(skin: SkinField, widthPx: number, heightPx: number): Grid {
  const columns = Math.ceil(widthPx / skin.stepPx) + 2 * REACH + 2;
  const rows = Math.ceil(heightPx / skin.stepPx) + 4 * REACH + 2;
  const points = new Int32Array(columns * rows).fill(-1);
  for (let i = 0; i < skin.count; i++) points[placeOf(skin, i, columns)] = i;
  return { columns, points, lab: skin.lab };
}

function placeOf(skin: SkinField, i: number, columns: number): number {
  const row = Math.round(skin.y[i]! / skin.stepPx) + 2 * REACH;
  return row * columns + Math.round(skin.x[i]! / skin.stepPx) + REACH;
}

/** Mean Lab of `REACH` points from `place + from · direction` on, or null where one of them is not skin. */
function meanAlong({ points, lab }: Grid, place: number, direction: number, from: number): number[] | null {
  const sum = [0, 0, 0];
  for (let n = from; n < from + REACH; n++) {
    const point = points[place + n * direction] ?? -1;
    if (point < 0) return null;
    for (let c = 0; c < 3; c++) sum[c]! += lab[3 * point + c]! / REACH;
  }
  return sum;
}

/** Mean L* of the same points, NaN where one of them is not skin: what nearly all places are sorted out by. */
function meanLightness({ points, lab }: Grid, place: number, direction: number): number {
  let sum = 0;
  for (let n = 1; n <= REACH; n++) {
    const point = points[place + n * direction] ?? -1;
    if (point < 0) return Number.NaN;
    sum += lab[3 * point]! / REACH;
  }
  return sum;
}

function logLight(L: number): number {
  return Math.log(luminance(L) + 1e-3);
}

function isEdge(grid: Grid, place: number, direction: number): boolean {
  const step = logLight(meanLightness(grid, place, -direction)) - logLight(meanLightness(grid, place, direction));
  if (!(Math.abs(step) >= STEP)) return false;
  const before = meanAlong(grid, place, -direction, 1);
  const after = before && meanAlong(grid, place, direction, 1);
  if (!before || !after) return false;
  const [light, dark] = step > 0 ? [before, after] : [after, before];
  const scale = (dark[0]! + 16) / (light[0]! + 16);
  if (Math.hypot(light[1]! * scale - dark[1]!, light[2]! * scale - dark[2]!) > SAME_SKIN) return false;
  const further = meanAlong(grid, place, -direction, 1 + REACH);
  const beyond = further && meanAlong(grid, place, direction, 1 + REACH);
  if (!further || !beyond) return false;
  const shading =
    Math.abs(logLight(further[0]!) - logLight(before[0]!)) + Math.abs(logLight(after[0]!) - logLight(beyond[0]!));
  return shading < FLAT * Math.abs(step);
}

/** Cast shadows with an edge: skin that darkens abruptly along a line while its colour stays skin. */
export function checkShadow(skin: SkinField, { raster }: QualityInput): QualityEntry {
  const grid = makeGrid(skin, raster.widthPx, raster.heightPx);
  const edges: { x: number; y: number }[] = [];
  for (let i = 0; i < skin.count; i++) {
    const place = placeOf(skin, i, grid.columns);
    if (isEdge(grid, place, 1) || isEdge(grid, place, grid.columns)) edges.push({ x: skin.x[i]!, y: skin.y[i]! });
  }
  // A sharp step is seen by the points around it, about as many as one side's reach.
  const length = edges.length / REACH;
  if (length <= WARN_LENGTH * Math.sqrt(skin.count)) {
    return { check: 'shadow', level: 'ok', message: photoChecksTexts.noHardShadowFalls, fix: NOTHING_TO_DO };
  }
  const at = boxAround(edges, skin.stepPx, raster);
  return {
    check: 'shadow',
    level: 'warn',
    message: photoChecksTexts.hardShadowAt(describePlace(at, raster)),
    fix: photoChecksTexts.turnTheHeadTowardsTheLight,
    at,
  };
}
