import { deltaE00 } from '../colour/deltaE00.ts';
import type { Lab65 } from '../colour/lab65.ts';
import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
import { checkColourRules } from './checkColourRules.ts';
import { checkShadeRules } from './checkShadeRules.ts';
import { ladderColourAt, ladderColours } from './ladderColour.ts';
import { measurementToLab65 } from './measurementToLab65.ts';
import { nearestShades } from './nearestShades.ts';
import { type Problem, warningAt } from './problem.ts';
import type { Catalog, Measurement, Shade } from './shade.ts';

export interface ShadeSpacing {
  readonly code: string;
  /** The most similar other active shade. */
  readonly nearest: string;
  readonly deltaE00: number;
}

export interface LotDrift {
  readonly code: string;
  readonly lot: string;
  readonly partsDiluent: number;
  /** CIEDE2000 between the lot's drawdown and the shade's ladder at that dilution. */
  readonly deltaE00: number;
}

export interface ConditionsInUse {
  readonly conditions: Pick<Measurement, 'illuminant' | 'observer' | 'geometry' | 'substrate'>;
  readonly readings: number;
}

export interface CatalogHealth {
  /** `fail` with an error, `warn` with a warning. */
  readonly level: 'ok' | 'warn' | 'fail';
  readonly problems: readonly Problem[];
  /** Of every active shade; empty with fewer than two. */
  readonly spacing: readonly ShadeSpacing[];
  readonly lotDrift: readonly LotDrift[];
  readonly conditions: readonly ConditionsInUse[];
}

export interface HealthOptions {
  /** ISO date against which lots expire. */
  readonly today?: string;
  /** Colour by which shades are told apart, for example healed on a skin; without it their measured ladders are. */
  readonly appearance?: (shade: Shade) => Lab65;
}

/** Two shades closer than this are one to the eye (1 ΔE00: "looks the same"). */
const DUPLICATE_DELTA_E00 = 1;
/** A lot further off than this no longer matches its swatch (2 ΔE00: "very close" ends). */
const DRIFT_DELTA_E00 = 2;

function spacingOf(active: readonly Shade[], appearance: HealthOptions['appearance']): ShadeSpacing[] {
  const colours = active.map((shade) => (appearance === undefined ? ladderColours(shade) : [appearance(shade)]));
  return nearestShades(colours).flatMap((nearest, i) =>
    nearest === undefined
      ? []
      : [{ code: active[i]!.code, nearest: active[nearest.at]!.code, deltaE00: nearest.distance }],
  );
}

function lotDriftOf(catalog: Catalog): LotDrift[] {
  return catalog.shades.flatMap((shade) =>
    shade.lots.flatMap(({ lot, drawdown }): LotDrift[] => {
      const expected = drawdown === undefined ? undefined : ladderColourAt(shade, drawdown.partsDiluent);
      if (drawdown === undefined || expected === undefined) return [];
      const distance = deltaE00(expected, measurementToLab65(drawdown.measurement));
      return [{ code: shade.code, lot, partsDiluent: drawdown.partsDiluent, deltaE00: distance }];
    }),
  );
}

function conditionsInUse(catalog: Catalog): ConditionsInUse[] {
  const counted = new Map<string, ConditionsInUse>();
  for (const shade of catalog.shades) {
    for (const measurement of [shade.masstone, ...shade.letDowns.map((step) => step.measurement)]) {
      const { illuminant, observer, geometry, substrate } = measurement;
      const key = JSON.stringify([illuminant, observer, geometry, substrate]);
      const readings = (counted.get(key)?.readings ?? 0) + 1;
      counted.set(key, { conditions: { illuminant, observer, geometry, substrate }, readings });
    }
  }
  return [...counted.values()].sort((one, other) => other.readings - one.readings);
}

function spacingProblems(catalog: Catalog, spacing: readonly ShadeSpacing[]): Problem[] {
  const place = new Map(catalog.shades.map((shade, at) => [shade.code, at]));
  return spacing
    .filter((pair) => pair.deltaE00 < DUPLICATE_DELTA_E00)
    .map((pair) =>
      warningAt(
        ['shades', place.get(pair.code)!],
        catalogProblemsTexts.deltaFrom(pair.deltaE00.toFixed(1), pair.nearest),
        catalogProblemsTexts.atLeastBetweenTwoShades(DUPLICATE_DELTA_E00),
        catalogProblemsTexts.checkWhetherAndAreOneShade(pair.code, pair.nearest),
      ),
    );
}

function driftProblems(catalog: Catalog, drifts: readonly LotDrift[]): Problem[] {
  const place = new Map(catalog.shades.map((shade, at) => [shade.code, at]));
  return drifts
    .filter((drift) => drift.deltaE00 > DRIFT_DELTA_E00)
    .map((drift) =>
      warningAt(
        ['shades', place.get(drift.code)!, 'lots'],
        catalogProblemsTexts.lotOff(drift.lot, drift.deltaE00.toFixed(1), drift.partsDiluent),
        catalogProblemsTexts.atMost(DRIFT_DELTA_E00),
        catalogProblemsTexts.measureTheLotAgain,
      ),
    );
}

/**
 * The state of a valid catalog: how far its shades lie apart, duplicates, ladders that do not behave like a dilution,
 * readings that contradict their illuminant, mixed conditions and drifting lots.
 */
export function catalogHealth(catalog: Catalog, options: HealthOptions = {}): CatalogHealth {
  const active = catalog.shades.filter((shade) => shade.status === 'active');
  const spacing = spacingOf(active, options.appearance);
  const lotDrift = lotDriftOf(catalog);
  const conditions = conditionsInUse(catalog);
  const problems = [
    ...checkShadeRules(catalog, options.today),
    ...catalog.shades.flatMap((shade, at) => checkColourRules(shade, at)),
    ...spacingProblems(catalog, spacing),
    ...driftProblems(catalog, lotDrift),
  ];
  if (conditions.length > 1) {
    const fix = catalogProblemsTexts.compareShadesWithCare;
    problems.push(
      warningAt(['shades'], catalogProblemsTexts.waysOfMeasuring(conditions.length), catalogProblemsTexts.one, fix),
    );
  }
  const worst = problems.some((problem) => problem.level === 'error') ? 'fail' : 'warn';
  return { level: problems.length === 0 ? 'ok' : worst, problems, spacing, lotDrift, conditions };
}
