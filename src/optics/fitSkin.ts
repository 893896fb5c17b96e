import { deltaE00 } from '../colour/deltaE00.ts';
import { spectrumToLab65 } from '../colour/integrateSpectrum.ts';
import type { Lab65 } from '../colour/lab65.ts';
import type { Spectrum } from '../colour/spectrum.ts';
import { minimiseLeastSquares } from './levenbergMarquardt.ts';
import { requireRange } from './opticsInputError.ts';
import { type SkinParameters, skinReflectance } from './skinReflectance.ts';
import { skinSlopes } from './skinSlopes.ts';

export interface SkinFit {
  readonly parameters: SkinParameters;
  /** CIEDE2000 between the given colour and the model's; it does not show in predictions, which are ratios. */
  readonly residualDeltaE00: number;
  /** Modelled reflectance of the bare skin, 31 values. */
  readonly reflectance: Spectrum;
}

/** Priors on the logarithms of the four parameters, in the order of `SkinParameters`. */
const PRIOR_MEAN = [0.04, 0.01, 1, 1].map(Math.log);
const PRIOR_SD = [1.5, 0.6, 0.5, 0.15];
/** One Lab unit of misfit weighs as much as 1/.7 standard deviations of a parameter. */
const PRIOR_WEIGHT = 0.7;
const LOW = [0.0005, 0.0005, 0.1, 0.4].map(Math.log);
const HIGH = [0.7, 0.12, 6, 2.2].map(Math.log);
/**
 * First guess at the logarithms of the parameters: regression of fitted skins on their colour, within .3. For each
 * parameter the factors of 1, L, a, b and L², Lab being taken about this skin and by these widths.
 */
const GUESS_CENTRE = [50, 12, 16];
const GUESS_WIDTH = [25, 8, 10];
const GUESS = [
  [-3.344, -2.411, -0.157, 2.186, 1.241],
  [-4.072, -0.465, 0.851, -1.219, -0.803],
  [0.443, -0.672, -1.155, -1.75, -2.14],
  [-0.053, 0.107, -0.025, -0.014, 0.047],
];

/** Where the search starts. It ends at the same skin from much farther away. */
function guessLogs(lab: Lab65): number[] {
  const [L, a, b] = lab.map((value, i) => {
    const away = (value - GUESS_CENTRE[i]!) / GUESS_WIDTH[i]!;
    return Math.min(1.2, Math.max(-1.2, away));
  }) as [number, number, number];
  const features = [1, L, a, b, L * L];
  return GUESS.map((factors) => factors.reduce((total, factor, i) => total + factor * features[i]!, 0));
}

function toParameters(logs: readonly number[]): SkinParameters {
  const [melanosomeFraction, bloodFraction, baselineFactor, scatterFactor] = logs.map(Math.exp) as [
    number,
    number,
    number,
    number,
  ];
  return { melanosomeFraction, bloodFraction, baselineFactor, scatterFactor };
}

/** Lab is nearly linear over this change of reflectance; the differences cost no new optics. */
const LAB_STEP = 1e-4;

/**
 * The most probable skin for a colour: maximum a posteriori over melanin, blood, baseline absorption and scattering.
 * Three numbers cannot fix four parameters, and colour cannot tell absorption from scattering at all, so the priors
 * decide what colour leaves open; dark skin is the least determined.
 * @param lab measured skin, gloss included to the share `gloss`
 * @throws OpticsInputError for a colour that is not a number or not between black and white
 */
export function fitSkin(lab: Lab65, gloss = 1): SkinFit {
  requireRange('skin L*', lab[0], 1, 100);
  requireRange('skin a*', lab[1], -128, 128);
  requireRange('skin b*', lab[2], -128, 128);
  const withPriors = (colour: Lab65, logs: readonly number[]) => [
    ...colour.map((value, i) => value - lab[i]!),
    ...logs.map((value, i) => (PRIOR_WEIGHT * (value - PRIOR_MEAN[i]!)) / PRIOR_SD[i]!),
  ];
  const residuals = (logs: readonly number[]) =>
    withPriors(spectrumToLab65(skinReflectance(toParameters(logs), gloss)), logs);
  const linearise = (logs: readonly number[]) => {
    const { reflectance, slopes } = skinSlopes(toParameters(logs), gloss);
    const colour = spectrumToLab65(reflectance);
    const columns = slopes.map((slope) =>
      spectrumToLab65(reflectance.map((value, i) => value + LAB_STEP * slope[i]!)).map(
        (value, i) => (value - colour[i]!) / LAB_STEP,
      ),
    );
    const jacobian = [
      ...colour.map((_, row) => columns.map((column) => column[row]!)),
      ...logs.map((_, row) => logs.map((_value, i) => (i === row ? PRIOR_WEIGHT / PRIOR_SD[i]! : 0))),
    ];
    return { residuals: withPriors(colour, logs), jacobian };
  };
  const { point } = minimiseLeastSquares({ start: guessLogs(lab), low: LOW, high: HIGH, residuals, linearise }, 1e-6);
  const parameters = toParameters(point);
  const reflectance = skinReflectance(parameters, gloss);
  return { parameters, residualDeltaE00: deltaE00(lab, spectrumToLab65(reflectance)), reflectance };
}
