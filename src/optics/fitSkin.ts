import { deltaE00 } from '../colour/deltaE00.ts';
import { spectrumToLab65 } from '../colour/integrateSpectrum.ts';
import type { Lab65 } from '../colour/lab65.ts';
import type { Spectrum } from '../colour/spectrum.ts';
import { type LeastSquaresResult, minimiseLeastSquares } from './levenbergMarquardt.ts';
import { requireRange } from './opticsInputError.ts';
import { colourNear, moveNearby, type NearbySkin, nearbySkin } from './skinNearby.ts';
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

/** Gain of cost below which the fit is done. */
const TOLERANCE = 5e-7;
/** A cost below which the colour is that of a skin: errors of the derivatives then hardly move the end. */
const EXPLAINED = 1;
const MAX_STEPS = 60;
/** A step that gains less than this share of what was expected asks for new derivatives. */
const POOR_STEP = 0.5;

/**
 * The most probable skin for a colour: maximum a posteriori over melanin, blood, baseline absorption and scattering.
 * Three numbers cannot fix four parameters, and colour cannot tell absorption from scattering at all, so the priors
 * decide what colour leaves open; dark skin is the least determined.
 *
 * Each step goes to the best skin by the spectra of those near the last one (`skinNearby.ts`), and works that one out.
 * Where that misses the cost, the cost is taken to bend the more in the direction of the step (`brakes`): a colour that no
 * skin has leaves a misfit, and with it a bend that the nearby spectra do not know.
 * @param lab measured skin, gloss included to the share `gloss`
 * @throws OpticsInputError for a colour that is not a number or not between black and white
 */
export function fitSkin(lab: Lab65, gloss = 1): SkinFit {
  requireRange('skin L*', lab[0], 1, 100);
  requireRange('skin a*', lab[1], -128, 128);
  requireRange('skin b*', lab[2], -128, 128);
  const halfSquares = (values: readonly number[]) => values.reduce((total, value) => total + value * value, 0) / 2;
  const costOf = ({ logs, reflectance }: NearbySkin) => halfSquares(misfit(lab, logs, spectrumToLab65(reflectance)));
  const withSlopes = (logs: readonly number[]): NearbySkin => nearbySkin(logs, skinSlopes(toParameters(logs), gloss));
  let skin = withSlopes(guessLogs(lab).map((value, k) => Math.min(HIGH[k]!, Math.max(LOW[k]!, value))));
  let cost = costOf(skin);
  let fresh = true;
  let brakes: Brake[] = [];
  for (let step = 0; step < MAX_STEPS; step++) {
    const wanted = bestNearby(lab, skin, brakes);
    const hoped = cost - wanted.cost;
    if (hoped <= TOLERANCE) {
      if (fresh || cost < EXPLAINED) break;
      skin = withSlopes(skin.logs);
      fresh = true;
      continue;
    }
    // Near the end the derivatives of the step before do.
    const next =
      step === 0
        ? withSlopes(wanted.point)
        : moveNearby(skin, wanted.point, skinReflectance(toParameters(wanted.point), gloss));
    const gain = cost - costOf(next);
    const poor = gain < POOR_STEP * hoped;
    // A step that came short tells a bend only where the derivatives are new; the first one goes too far to tell.
    if (step > 0 && (fresh || gain > hoped)) brakes = adjustBrakes(brakes, away(wanted.point, skin), hoped - gain);
    if (gain > 0) {
      skin = next;
      cost -= gain;
      fresh = step === 0;
    }
    if (poor && !fresh) {
      skin = withSlopes(skin.logs);
      fresh = true;
    }
  }
  const { logs, reflectance } = skin;
  return { parameters: toParameters(logs), residualDeltaE00: deltaE00(lab, spectrumToLab65(reflectance)), reflectance };
}

/** What a skin of this colour is off by, with what its parameters are away from the usual ones. */
function misfit(lab: Lab65, logs: readonly number[], colour: Lab65): number[] {
  return [
    ...colour.map((value, i) => value - lab[i]!),
    ...logs.map((value, k) => (PRIOR_WEIGHT * (value - PRIOR_MEAN[k]!)) / PRIOR_SD[k]!),
  ];
}

const away = (logs: readonly number[], skin: NearbySkin): number[] => logs.map((value, k) => value - skin.logs[k]!);

/** A bend of the cost that the nearby spectra do not know: it rises by half the square of this product with the step. */
type Brake = readonly number[];

/** As many as there are parameters: of more, the oldest speaks of a skin that is far away by now. */
const MOST_BRAKES = 4;

const product = (brake: Brake, step: readonly number[]): number =>
  brake.reduce((total, value, k) => total + value * step[k]!, 0);

/** Brakes with which the step would have come to the cost that it did, `missed` above what was hoped. */
function adjustBrakes(brakes: readonly Brake[], step: readonly number[], missed: number): Brake[] {
  if (missed > 0) {
    const scale = Math.sqrt(2 * missed) / step.reduce((total, value) => total + value * value, 0);
    return [...brakes.slice(-MOST_BRAKES + 1), step.map((value) => scale * value)];
  }
  const braked = brakes.reduce((total, brake) => total + product(brake, step) ** 2, 0) / 2;
  if (braked <= -missed) return [];
  const scale = Math.sqrt(1 + missed / braked);
  return brakes.map((brake) => brake.map((value) => scale * value));
}

/** The most probable skin by the spectra near `skin`, and as far from it as the brakes let it. */
function bestNearby(lab: Lab65, skin: NearbySkin, brakes: readonly Brake[]): LeastSquaresResult {
  const all = (logs: readonly number[], colour: Lab65) => {
    const step = away(logs, skin);
    return [...misfit(lab, logs, colour), ...brakes.map((brake) => product(brake, step))];
  };
  return minimiseLeastSquares(
    {
      start: skin.logs,
      low: LOW,
      high: HIGH,
      residuals: (logs) => all(logs, colourNear(skin, logs).colour),
      linearise: (logs) => {
        const { colour, jacobian } = colourNear(skin, logs);
        const priors = logs.map((_, row) => logs.map((_value, k) => (k === row ? PRIOR_WEIGHT / PRIOR_SD[k]! : 0)));
        return { residuals: all(logs, colour), jacobian: [...jacobian, ...priors, ...brakes] };
      },
    },
    TOLERANCE / 100,
  );
}
