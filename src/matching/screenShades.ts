import { xyzToLab65 } from '../colour/xyzLab.ts';
import { type ClientTable, pigmentedRatio } from '../optics/clientTable.ts';
import { dotFieldOn } from '../optics/dotField.ts';
import { spreadAbsorption } from '../optics/dots.ts';
import type { Pigment } from '../optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { PIGMENT_LAYER_MM } from '../optics/tissue.ts';
import type { Hand } from './appearance.ts';
import { idOf, rangeCost } from './candidate.ts';
import { type AppearanceRow, QuickCost } from './matchCost.ts';
import { type MatchGoal, REFERENCE_PIGMENT } from './matchGoal.ts';
import type { PreparedShade } from './matchTypes.ts';
import { type DilutionRange, dilutionRange } from './shadeCurve.ts';
import { type NearCost, solveDilution, solveNear } from './solveDilution.ts';
import { discShare } from './viewing.ts';

/**
 * A cheap stand-in for the full model, to sort out the shades of a large catalog that cannot be the best: nine bands
 * instead of 31 wavelengths, tabulated in absorption and scattering. Within .4 ΔE00 of the model; never shown.
 */
const BAND_STARTS = [0, 4, 7, 10, 14, 17, 19, 22, 26, 31];
const BANDS = BAND_STARTS.length - 1;
/** Absorption in even steps of its logarithm, so that thinning is a shift; below the first node nothing is seen. */
const ABSORPTION_NODES = 30;
const FIRST_LOG = Math.log(0.01);
const ABSORPTION_STEP = (Math.log(80) - FIRST_LOG) / (ABSORPTION_NODES - 1);
const ANY_DILUTION = dilutionRange(0, 2000);
const SCATTER_SCALE = 0.1;
const SCATTER_NODES = 6;
const PLANE = ABSORPTION_NODES * SCATTER_NODES;
const SCATTER_STEP = Math.log1p(20 / SCATTER_SCALE) / (SCATTER_NODES - 1);

export interface QuickModel {
  /**
   * Places of each band on the tables' axes, absorption of the neat pigment and scattering: 2 × 9 numbers.
   * @param into numbers of a pigment that are no longer needed
   */
  prepare(pigment: Pigment, into?: Float64Array): Float64Array;
  /** Appearance of a prepared pigment at x = ln(1 + N); the row is used again by the next call. */
  at(prepared: Float64Array, x: number): AppearanceRow;
  /** ln of the absorption of a prepared pigment as the eye weighs it: what a dilution moves. */
  strength(prepared: Float64Array): number;
}

/** Builds the tables for one client and one hand (about 2,000 evaluations). */
export function makeQuickModel(table: ClientTable, hand: Hand): QuickModel {
  const { weights } = table;
  const { coverage, chordMm, shadow } = dotFieldOn(table, hand);
  const wavelengthWeights = weights.x.map((value, i) => value + weights.y[i]! + weights.z[i]!);
  const totals = new Float64Array(BANDS);
  const falls = new Float64Array(BANDS);
  const bandWeights = new Float64Array(BANDS * 3);
  const centres = new Int32Array(BANDS);
  for (let band = 0; band < BANDS; band++) {
    let moment = 0;
    for (let i = BAND_STARTS[band]!; i < BAND_STARTS[band + 1]!; i++) {
      totals[band]! += wavelengthWeights[i]!;
      moment += wavelengthWeights[i]! * i;
      bandWeights[3 * band]! += weights.x[i]!;
      bandWeights[3 * band + 1]! += weights.y[i]!;
      bandWeights[3 * band + 2]! += weights.z[i]!;
    }
    centres[band] = Math.round(moment / totals[band]!);
    falls[band] = (550 / (400 + 10 * centres[band]!)) ** 0.5;
  }
  const areas = new Float64Array(BANDS * PLANE);
  const dots = new Float64Array(BANDS * PLANE);
  for (let band = 0; band < BANDS; band++) {
    const wavelength = centres[band]!;
    for (let m = 0; m < ABSORPTION_NODES; m++) {
      const absorption = Math.exp(FIRST_LOG + m * ABSORPTION_STEP);
      const spread = spreadAbsorption(absorption, coverage, chordMm);
      const peak = spreadAbsorption(absorption, shadow[wavelength]!, chordMm);
      for (let s = 0; s < SCATTER_NODES; s++) {
        const scatter = SCATTER_SCALE * Math.expm1(s * SCATTER_STEP);
        const at = band * PLANE + s * ABSORPTION_NODES + m;
        areas[at] = pigmentedRatio(table, wavelength, spread, spread * scatter);
        dots[at] = pigmentedRatio(table, wavelength, peak, peak * scatter);
      }
    }
  }
  const share = discShare(hand.diameterMm, table.gapMm);
  const [bareX, bareY, bareZ] = [weights.x, weights.y, weights.z].map((values) =>
    values.reduce((sum, weight) => sum + weight, 0),
  ) as [number, number, number];

  return new TabledModel({ wavelengthWeights, totals, falls, bandWeights, areas, dots, share, bareX, bareY, bareZ });
}

/** What `TabledModel` reads. */
interface QuickTables {
  /** Weights of the 31 wavelengths in the eye, and their sums by band. */
  readonly wavelengthWeights: Float64Array;
  readonly totals: Float64Array;
  /** Fall of scattering to each band. */
  readonly falls: Float64Array;
  /** Weights of each band for X, Y and Z. */
  readonly bandWeights: Float64Array;
  /** Ratios of area and dot: [band][scattering][absorption]. */
  readonly areas: Float64Array;
  readonly dots: Float64Array;
  /** Share of a dot in what is seen of it. */
  readonly share: number;
  readonly bareX: number;
  readonly bareY: number;
  readonly bareZ: number;
}

/** A class, because the compiled code of closures is thrown away with them. */
class TabledModel implements QuickModel {
  readonly #tables: QuickTables;
  readonly #row: AppearanceRow = new Float64Array(6);

  constructor(tables: QuickTables) {
    this.#tables = tables;
  }

  prepare({ neatTau, shape: spectrum, scatterRatio }: Pigment, into?: Float64Array): Float64Array {
    const { wavelengthWeights, totals, falls } = this.#tables;
    const prepared = into ?? new Float64Array(BANDS * 2);
    const neat = (neatTau * DEFAULT_APPLICATION.healedFraction) / PIGMENT_LAYER_MM;
    for (let band = 0; band < BANDS; band++) {
      let shape = 0;
      const end = BAND_STARTS[band + 1]!;
      for (let i = BAND_STARTS[band]!; i < end; i++) shape += wavelengthWeights[i]! * spectrum[i]!;
      shape /= totals[band]!;
      prepared[2 * band] = (Math.log(Math.max(1e-9, neat * shape)) - FIRST_LOG) / ABSORPTION_STEP;
      const scatter = (scatterRatio * falls[band]!) / Math.max(shape, 1e-6);
      // A plain logarithm: next to 1 its rounding is far below the table's error, and it costs a third of log1p.
      prepared[2 * band + 1] = Math.min(SCATTER_NODES - 1.000001, Math.log(1 + scatter / SCATTER_SCALE) / SCATTER_STEP);
    }
    return prepared;
  }

  at(prepared: Float64Array, x: number): AppearanceRow {
    const { bandWeights, areas, dots, share, bareX, bareY, bareZ } = this.#tables;
    const row = this.#row;
    const thinned = x / ABSORPTION_STEP;
    let areaX = 0;
    let areaY = 0;
    let areaZ = 0;
    let dotX = 0;
    let dotY = 0;
    let dotZ = 0;
    for (let band = 0; band < BANDS; band++) {
      const position = Math.min(ABSORPTION_NODES - 1.000001, Math.max(0, prepared[2 * band]! - thinned));
      const m = Math.floor(position);
      const u = position - m;
      const s = Math.floor(prepared[2 * band + 1]!);
      const v = prepared[2 * band + 1]! - s;
      const index = band * PLANE + s * ABSORPTION_NODES + m;
      const up = index + ABSORPTION_NODES;
      const w00 = (1 - u) * (1 - v);
      const w10 = u * (1 - v);
      const w01 = (1 - u) * v;
      const w11 = u * v;
      const area = w00 * areas[index]! + w10 * areas[index + 1]! + w01 * areas[up]! + w11 * areas[up + 1]!;
      const peak = w00 * dots[index]! + w10 * dots[index + 1]! + w01 * dots[up]! + w11 * dots[up + 1]!;
      areaX += bandWeights[3 * band]! * area;
      areaY += bandWeights[3 * band + 1]! * area;
      areaZ += bandWeights[3 * band + 2]! * area;
      dotX += bandWeights[3 * band]! * peak;
      dotY += bandWeights[3 * band + 1]! * peak;
      dotZ += bandWeights[3 * band + 2]! * peak;
    }
    writeLab(row, 0, areaX, areaY, areaZ);
    const rest = 1 - share;
    writeLab(row, 3, rest * bareX + share * dotX, rest * bareY + share * dotY, rest * bareZ + share * dotZ);
    return row;
  }

  strength(prepared: Float64Array): number {
    const { bandWeights, bareY } = this.#tables;
    let position = 0;
    for (let band = 0; band < BANDS; band++) position += (bandWeights[3 * band + 1]! / bareY) * prepared[2 * band]!;
    return position * ABSORPTION_STEP;
  }
}

function writeLab(row: AppearanceRow, at: 0 | 3, X: number, Y: number, Z: number): void {
  const [L, a, b] = xyzToLab65([X, Y, Z]);
  row[at] = L;
  row[at + 1] = a;
  row[at + 2] = b;
}

/** Shades solved after the first look, for each one kept. */
const SOLVED_EACH = 6;

/** A shade as screening sees it. */
export interface ScreenedShade {
  readonly prepared: PreparedShade;
  readonly range: DilutionRange;
  /** Costs that do not depend on the dilution. */
  readonly fixedCost: number;
}

/** Cost of one shade's dilutions by the quick model. */
class ScreeningCost implements NearCost {
  readonly spot = new Float64Array(2);
  ready: Float64Array = new Float64Array(0);
  range: DilutionRange = ANY_DILUTION;
  readonly #quick: QuickModel;
  readonly #colourCost: QuickCost;
  readonly #unshifted: AppearanceRow = new Float64Array(6);

  constructor(quick: QuickModel, colourCost: QuickCost) {
    this.#quick = quick;
    this.#colourCost = colourCost;
  }

  ofColour(ready: Float64Array, x: number): number {
    return this.#colourCost.of(this.#quick.at(ready, x), this.#unshifted);
  }

  weigh(): void {
    const x = this.spot[0]!;
    this.spot[1] = this.ofColour(this.ready, x) + rangeCost(this.range, x);
  }
}

/**
 * The `keep` shades that come closest to the goal by the quick model. A first look takes each at the dilution that makes
 * it as strong as a solved one; the nearest of those are solved. Ties are broken by id, so that order does not matter.
 */
export function screenShades<T extends ScreenedShade>(
  { table, hand, goal }: { readonly table: ClientTable; readonly hand: Hand; readonly goal: MatchGoal },
  shades: readonly T[],
  keep: number,
): T[] {
  const quick = makeQuickModel(table, hand);
  const cost = new ScreeningCost(quick, new QuickCost(goal));
  const neutral = quick.prepare(REFERENCE_PIGMENT);
  const wanted = quick.strength(neutral) - solveDilution((x) => cost.ofColour(neutral, x), ANY_DILUTION).x;
  const look = (ready: Float64Array, { strongest, weakest }: DilutionRange) =>
    Math.min(weakest, Math.max(strongest, quick.strength(ready) - wanted));
  const first = new Float64Array(shades.length);
  const ready = new Float64Array(neutral.length);
  for (let i = 0; i < first.length; i++) {
    const { prepared, range, fixedCost } = shades[i]!;
    quick.prepare(prepared.pigment, ready);
    first[i] = cost.ofColour(ready, look(ready, range)) + fixedCost;
  }
  const limit = first.slice().sort()[Math.min(first.length, SOLVED_EACH * keep) - 1] ?? 0;
  const solved = shades.flatMap((shade, i) => {
    if (first[i]! > limit) return [];
    const { prepared, range, fixedCost } = shade;
    cost.ready = quick.prepare(prepared.pigment, ready);
    cost.range = range;
    solveNear(cost, look(ready, range), range);
    return [{ shade, id: idOf(prepared), least: cost.spot[1]! + fixedCost }];
  });
  solved.sort((one, other) => one.least - other.least || (one.id < other.id ? -1 : 1));
  return solved.slice(0, keep).map(({ shade }) => shade);
}
