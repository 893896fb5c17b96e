import type { Catalog } from '../catalog/shade.ts';
import { itaClass, itaDegrees } from '../colour/ita.ts';
import type { LabCovariance } from '../colour/lab65.ts';
import { measuringTexts } from '../language/texts/measuring.ts';
import { ASSUMED_DROP_ML } from '../matching/drops.ts';
import type {
  ConfidenceCap,
  MatchOutput,
  MatchRecommendation,
  MatchSettings,
  PreparedShade,
} from '../matching/matchTypes.ts';
import { rankShades } from '../matching/rankShades.ts';
import { buildTarget, NO_TARGET_SENTENCE } from '../matching/target.ts';
import { buildClientTable } from '../optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { ENGINE } from './engine.ts';
import type { MatchOptions } from './matchOptions.ts';
import { type MatchResult, matchResultSchema, type Recommendation } from './matchResult.ts';
import type { MeasuredArea, Measurement, PoolMember } from './measurePhoto.ts';
import { preparedNear } from './preparedShades.ts';
import { quickDistance } from './quickDistance.ts';

type Triple = [number, number, number];

const round = (value: number, digits: number): number => {
  const rounded = Number(value.toFixed(digits));
  return Object.is(rounded, -0) ? 0 : rounded;
};
const roundLab = (lab: readonly number[]): Triple => lab.map((value) => round(value, 2)) as Triple;
const sdOf = (c: LabCovariance): Triple =>
  [c[0], c[4], c[8]].map((variance) => round(Math.sqrt(variance), 2)) as Triple;

/** What the studio's own healed results changed, in words; nothing where there is no calibration. */
function calibrationSentences({ strength, strengthCases, gap }: MatchOptions): string[] {
  if (strength === undefined) return [];
  const cases = strengthCases === undefined ? '' : measuringTexts.fromHealedResults(strengthCases);
  const depth = gap === undefined ? '' : measuringTexts.pigmentDepth(gap.toFixed(2));
  return [measuringTexts.adjustedByCalibration(strength.toFixed(2), depth, cases)];
}

function settingsOf(options: MatchOptions, asOf: string): MatchSettings {
  return {
    cupMl: options.cup,
    pigmentDropMl: options.dropPigment ?? ASSUMED_DROP_ML,
    diluentDropMl: options.dropDiluent ?? ASSUMED_DROP_ML,
    densityPerCm2: options.density ?? DEFAULT_APPLICATION.densityPerCm2,
    diameterMm: options.diameter ?? DEFAULT_APPLICATION.diameterMm,
    session: options.session as 1 | 2 | 3,
    goal: options.goal,
    today: asOf,
    ...(options.fitzpatrick ? { fitzpatrick: options.fitzpatrick as 1 } : {}),
    ...(options.region ? { region: options.region } : {}),
  };
}

/** Remarks that say nothing against the measured colours, or that another part of the result speaks of. */
const NOT_A_DOUBT = new Set(['hairVisible', 'skinVisible', 'card', 'profile', 'frames']);

/** A photo with a serious fault may be used, but its result is never better than Low. */
function capsOf(measurement: Measurement, options: MatchOptions): ConfidenceCap[] {
  // Hair that nobody wants to measure need not be visible, and work that was declared is no surprise.
  const settled = new Set([options.hairColour && 'hairVisible', options.hairFrom === 'smp' && 'earlierWork']);
  return measurement.quality
    .filter(({ check }) => !settled.has(check as 'earlierWork'))
    .filter((entry) => entry.level === 'fail' || (entry.level === 'warn' && !NOT_A_DOUBT.has(entry.check)))
    .map(({ level, message, fix }) => ({ level: level === 'fail' ? 'low' : 'medium', reason: message, fix }));
}

function showsEarlierWork({ quality }: Measurement, { hairFrom }: MatchOptions): boolean {
  return hairFrom === 'smp' || quality.some(({ check }) => check === 'earlierWork');
}

function roundRecommendation(shade: MatchRecommendation): Recommendation {
  const { dilution, predicted, probability, probabilityTopThree, flags, flagReasons, mixWith, ...rest } = shade;
  return {
    ...rest,
    dilution: {
      ...dilution,
      partsDiluent: round(dilution.partsDiluent, 2),
      pigmentMl: round(dilution.pigmentMl, 3),
      diluentMl: round(dilution.diluentMl, 3),
      makesMl: round(dilution.makesMl, 3),
      ratioErrorPercent: round(dilution.ratioErrorPercent, 1),
      ratioErrorDeltaE00: round(dilution.ratioErrorDeltaE00, 2),
    },
    predicted: {
      healed: roundLab(predicted.healed),
      fresh: roundLab(predicted.fresh),
      dot: roundLab(predicted.dot),
      aged: {
        years: predicted.aged.years,
        lightest: roundLab(predicted.aged.lightest),
        darkest: roundLab(predicted.aged.darkest),
      },
    },
    deltaE00: round(shade.deltaE00, 2),
    deltaL: round(shade.deltaL, 2),
    ...(probability === undefined ? {} : { probability: round(probability, 3) }),
    ...(probabilityTopThree === undefined ? {} : { probabilityTopThree: round(probabilityTopThree, 3) }),
    flags: [...flags],
    flagReasons: flagReasons.map(({ flag, reason }) => ({ flag, reason })),
    ...(mixWith ? { mixWith } : {}),
  };
}

/** Of a large line the best few hundred are enough: the quick model keeps two dozen of them. */
const KEPT_OF_LARGE = 100;

/** Every shade that may be recommended. */
function shadesFor(
  catalogs: readonly Catalog[],
  { strength = 1, corrections = [] }: MatchOptions,
  distanceOf: (prepared: PreparedShade) => number,
): PreparedShade[] {
  return catalogs.flatMap((catalog) =>
    preparedNear(catalog, distanceOf, { keep: KEPT_OF_LARGE, strength, corrections }),
  );
}

function skinOf(area: MeasuredArea | null): MatchResult['skin'] {
  if (!area) return null;
  const degrees = itaDegrees(area.lab);
  return {
    lab: roundLab(area.lab),
    sd: sdOf(area.covariance),
    itaDeg: round(degrees, 1),
    itaClass: itaClass(degrees),
    pixels: area.pixels,
  };
}

type PatchResult = NonNullable<NonNullable<MatchResult['calibration']['card']>['patches']>[number];

function roundPatch({ patch, deltaE00Before, deltaE00After, seen, corrected, reference }: PatchResult): PatchResult {
  return {
    patch,
    deltaE00Before: round(deltaE00Before, 2),
    deltaE00After: round(deltaE00After, 2),
    seen: roundLab(seen),
    corrected: roundLab(corrected),
    reference: roundLab(reference),
  };
}

function roundCalibration(calibration: Measurement['calibration']): MatchResult['calibration'] {
  const { card, ...rest } = calibration;
  return {
    ...rest,
    expectedDeltaE00: round(calibration.expectedDeltaE00, 2),
    ...(card
      ? {
          card: {
            ...card,
            corners: card.corners.map(([x, y]) => [round(x, 2), round(y, 2)] as [number, number]),
            deltaE00Before: round(card.deltaE00Before, 2),
            deltaE00After: round(card.deltaE00After, 2),
            ...(card.patches ? { patches: card.patches.map(roundPatch) } : {}),
          },
        }
      : {}),
  };
}

function poolMemberOf({ sha256, calibration, skin, hair, leftOut = null }: PoolMember) {
  return {
    sha256,
    calibration: calibration.method,
    skin: skin && roundLab(skin.lab),
    hair: hair.apparent && roundLab(hair.apparent.lab),
    leftOut,
  };
}

const orNull = (value: number | null, digits: number): number | null => (value === null ? null : round(value, digits));

/** Nothing to recommend from: says what is missing and what would help. */
function withoutTarget(
  measurement: Measurement,
): Pick<MatchResult, 'recommendations' | 'sessions' | 'why' | 'densityAdvice' | 'confidence' | 'outcome'> {
  const missing = measurement.quality.filter((entry) => entry.level === 'fail');
  const reasons = missing.map((entry) => entry.message);
  if (measurement.skin && reasons.length === 0) reasons.push(NO_TARGET_SENTENCE);
  if (reasons.length === 0) reasons.push(measuringTexts.tooLittleMeasured);
  const next = missing[0]?.fix ?? measuringTexts.markLargerPatches;
  return {
    recommendations: [],
    sessions: [],
    why: reasons,
    densityAdvice: null,
    confidence: { level: 'none', reasons, next },
    outcome: 'refused',
  };
}

function withTarget({ recommendations, sessions, why, confidence, outcome, densityAdvice }: MatchOutput) {
  return {
    recommendations: recommendations.map(roundRecommendation),
    sessions: sessions.map(({ session, code, partsDiluent, pigmentDrops, diluentDrops, spacingPercent, note }) => ({
      session,
      code,
      partsDiluent: round(partsDiluent, 2),
      pigmentDrops,
      diluentDrops,
      spacingPercent,
      note,
    })),
    why: [...why],
    densityAdvice: densityAdvice && { ...densityAdvice, deltaE00: round(densityAdvice.deltaE00, 2) },
    confidence: { level: confidence.level, reasons: [...confidence.reasons], next: confidence.next },
    outcome,
  };
}

/**
 * The result of a measurement against some catalogs: the one place where numbers are rounded for people. The same
 * measurement, options, catalogs and day give the same bytes.
 */
export function recommendShades(
  measurement: Measurement,
  options: MatchOptions,
  catalogs: readonly Catalog[],
  asOf: string,
): MatchResult {
  const settings = settingsOf(options, asOf);
  const { skin, hair } = measurement;
  const table = skin && buildClientTable(skin.lab, options.gap === undefined ? {} : { gapMm: options.gap });
  const target =
    table &&
    buildTarget({
      table,
      hair: { ...hair, markMm: hair.diameterMm },
      hairFrom: options.hairFrom,
      ...(options.hairColour === undefined ? {} : { chosenHair: options.hairColour }),
    });
  const answer =
    skin && table && target
      ? withTarget(
          rankShades(
            {
              skin,
              target,
              shades: shadesFor(catalogs, options, quickDistance(table, settings, target.area)),
              settings,
              calibration: measurement.calibration,
              caps: capsOf(measurement, options),
              ...(showsEarlierWork(measurement, options) ? { existingWork: 'healed' } : {}),
            },
            table,
          ),
        )
      : withoutTarget(measurement);
  const measuredHair = hair.kind === 'stubble' ? hair.apparent : (hair.fibre ?? hair.apparent);
  // Through the schema: it holds for every result, and fixes the order of the keys, so that the bytes are the same
  // whether a result was stored in between or not.
  return matchResultSchema.parse({
    schema: 1,
    engine: ENGINE,
    asOf,
    input: measurement.input,
    quality: measurement.quality,
    calibration: roundCalibration(measurement.calibration),
    regions: measurement.regions,
    skin: skinOf(skin),
    hair: {
      lab: measuredHair && roundLab(measuredHair.lab),
      sd: measuredHair && sdOf(measuredHair.covariance),
      kind: hair.kind,
      greyPercent: orNull(hair.greyPercent, 0),
      coveragePercent: orNull(hair.coveragePercent, 1),
      diameterPx: orNull(hair.diameterPx, 1),
      diameterMm: orNull(hair.diameterMm, 3),
      densityPerCm2: orNull(hair.densityPerCm2, 0),
    },
    ...(measurement.pool ? { pool: measurement.pool.map(poolMemberOf) } : {}),
    target: target ? { lab: roundLab(target.area), sd: sdOf(target.covariance), why: target.why } : null,
    assumptions: {
      densityPerCm2: settings.densityPerCm2,
      diameterMm: settings.diameterMm,
      healedFraction: DEFAULT_APPLICATION.healedFraction,
    },
    ...answer,
    why: [...answer.why, ...calibrationSentences(options)],
  } satisfies MatchResult);
}
