import { deltaE00 } from '../colour/deltaE00.ts';
import { type Lab65, lab65 } from '../colour/lab65.ts';
import { pigmentInputTexts } from '../language/texts/opticsInput.ts';
import { buildClientTable, type ClientTable } from './clientTable.ts';
import { fitSkin } from './fitSkin.ts';
import { type LeastSquaresProblem, minimiseLeastSquares, solveLinear } from './levenbergMarquardt.ts';
import { OpticsInputError, requireRange } from './opticsInputError.ts';
import type { Application, Pigment } from './pigment.ts';
import { predictAreaLab } from './predictHealed.ts';
import { DEFAULT_GAP_MM } from './tissue.ts';

/** One healed result whose recipe is known. */
export interface HealedCase {
  /** Bare skin in the follow-up photo. */
  readonly skin: Lab65;
  /** Treated skin in the same photo, mean of the area. */
  readonly healedArea: Lab65;
  readonly pigment: Pigment;
  /** As recorded at the session; `diameterMm` is the studio's setting, not a measurement. */
  readonly application: Application;
}

/** What a technician's healed results say about their hand and ink. */
export interface StudioCalibration {
  /** Multiplies every pigment's `neatTau`. */
  readonly tauFactor: number;
  /** Standard deviation of ln(neatTau) that is left. */
  readonly sigmaLogTau: number;
  /** Healed dot diameter; only from three cases on. */
  readonly diameterMm?: number;
  /** Depth of the pigment below the epidermis; only from three cases on. */
  readonly gapMm?: number;
  readonly cases: number;
  /** Mean ΔE00 of prediction against photo with the studio's settings, and with this calibration. */
  readonly deltaE00Before: number;
  readonly deltaE00After: number;
}

/** Cases from which diameter and depth can be told from strength. */
const CASES_FOR_GEOMETRY = 3;
/** Standard error of an area's Lab in a follow-up photo, per coordinate. */
const PHOTO_SD = 1.5;
/** A mean of ΔE is not informative about strength beyond this, however many cases there are: techniques vary. */
const LEAST_SIGMA = 0.1;
const DIAMETER_SD = 0.3;
const GAP_SD = 0.7;
/** Depths at which the solver is run; between them predictions are cubic in ln(depth). */
const GAP_NODES_MM = [0.02, 0.045, 0.1, 0.22];
const STEP = 1e-3;

/** Tables of one case at the depths the fit may ask for. */
function tablesOf({ skin }: HealedCase, gapsMm: readonly number[]): ClientTable[] {
  const fit = fitSkin(skin);
  return gapsMm.map((gapMm) => buildClientTable(skin, { fit, gapMm }));
}

function interpolate(logs: readonly number[], values: readonly Lab65[], at: number): Lab65 {
  const blended = [0, 1, 2].map((channel) =>
    values.reduce((total, value, k) => {
      const weight = logs.reduce(
        (product, other, j) => (j === k ? product : (product * (at - other)) / (logs[k]! - other)),
        1,
      );
      return total + weight * value[channel]!;
    }, 0),
  );
  return lab65(blended[0]!, blended[1]!, blended[2]!);
}

/** Parameters: ln strength factor, then with enough cases ln diameter factor and ln depth. */
type Predictor = (healed: HealedCase, index: number, point: readonly number[]) => Lab65;

function makePredictor(cases: readonly HealedCase[], withGeometry: boolean): Predictor {
  const gapsMm = withGeometry ? GAP_NODES_MM : [DEFAULT_GAP_MM];
  const logs = gapsMm.map(Math.log);
  const tables = cases.map((healed) => tablesOf(healed, gapsMm));
  return ({ pigment, application }, index, [logTau, logDiameter = 0, logGap = logs[0]!]) => {
    const scaled = { ...pigment, neatTau: pigment.neatTau * Math.exp(logTau!) };
    const set = { ...application, diameterMm: application.diameterMm * Math.exp(logDiameter) };
    const colours = tables[index]!.map((table) => predictAreaLab(table, scaled, set));
    return interpolate(logs, colours, logGap);
  };
}

function checkCases(cases: readonly HealedCase[]): void {
  if (cases.length === 0) throw new OpticsInputError('cases', pigmentInputTexts.expectedHealedResult);
  cases.forEach(({ healedArea }, i) => {
    requireRange(`cases.${i}.healedArea L*`, healedArea[0], 0, 100);
    requireRange(`cases.${i}.healedArea a*`, healedArea[1], -128, 128);
    requireRange(`cases.${i}.healedArea b*`, healedArea[2], -128, 128);
  });
}

/**
 * Learns a studio's strength, and from three cases on its dot diameter and depth, from healed photos: most probable values
 * given what is known before (strength to a factor of two, diameter to 30 %, depth to a factor of two).
 * @throws OpticsInputError without cases or with a colour that is not a number
 */
export function calibrateStudio(cases: readonly HealedCase[]): StudioCalibration {
  checkCases(cases);
  const withGeometry = cases.length >= CASES_FOR_GEOMETRY;
  const predict = makePredictor(cases, withGeometry);
  const tauSd = Math.max(Math.LN2, ...cases.map(({ pigment }) => pigment.sigmaLogTau));
  const start = withGeometry ? [0, 0, Math.log(DEFAULT_GAP_MM)] : [0];
  const sd = withGeometry ? [tauSd, DIAMETER_SD, GAP_SD] : [tauSd];
  const residuals = (point: readonly number[]) => [
    ...cases.flatMap((healed, i) =>
      predict(healed, i, point).map((value, channel) => (value - healed.healedArea[channel]!) / PHOTO_SD),
    ),
    ...point.map((value, i) => (value - start[i]!) / sd[i]!),
  ];
  const linearise: LeastSquaresProblem['linearise'] = (point) => {
    const here = residuals(point);
    const columns = point.map((_, k) =>
      residuals(point.map((value, i) => (i === k ? value + STEP : value))).map((value, r) => (value - here[r]!) / STEP),
    );
    return { residuals: here, jacobian: here.map((_, r) => columns.map((column) => column[r]!)) };
  };
  const low = withGeometry ? [-3, -1, Math.log(GAP_NODES_MM[0]!)] : [-3];
  const high = withGeometry ? [3, 1, Math.log(GAP_NODES_MM[GAP_NODES_MM.length - 1]!)] : [3];
  const { point } = minimiseLeastSquares({ start, low, high, residuals, linearise });
  const { jacobian } = linearise(point);
  const normal = start.map((_, i) =>
    start.map((_value, j) => jacobian.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  );
  const variance = solveLinear(
    normal,
    start.map((_, i) => (i === 0 ? 1 : 0)),
  )[0]!;
  const meanDistance = (at: readonly number[]) =>
    cases.reduce((sum, healed, i) => sum + deltaE00(predict(healed, i, at), healed.healedArea), 0) / cases.length;
  const stated = cases.reduce((sum, { application }) => sum + application.diameterMm, 0) / cases.length;
  return {
    tauFactor: Math.exp(point[0]!),
    sigmaLogTau: Math.max(LEAST_SIGMA, Math.sqrt(variance)),
    ...(withGeometry && { diameterMm: stated * Math.exp(point[1]!), gapMm: Math.exp(point[2]!) }),
    cases: cases.length,
    deltaE00Before: meanDistance(start),
    deltaE00After: meanDistance(point),
  };
}

/** A pigment as this studio's results show it. */
export function calibratePigment(pigment: Pigment, { tauFactor, sigmaLogTau }: StudioCalibration): Pigment {
  return {
    ...pigment,
    neatTau: pigment.neatTau * tauFactor,
    sigmaLogTau: Math.min(pigment.sigmaLogTau, sigmaLogTau),
  };
}
