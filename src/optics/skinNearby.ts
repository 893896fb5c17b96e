import { colourWeights } from '../colour/integrateSpectrum.ts';
import type { Lab65 } from '../colour/lab65.ts';
import type { Spectrum } from '../colour/spectrum.ts';
import { xyzToLab65 } from '../colour/xyzLab.ts';
import type { SkinSlopes } from './skinSlopes.ts';

const PARAMETERS = 4;

/**
 * Reflectances of the skins near one that was worked out: each wavelength's logarithm goes linearly with the square roots
 * of the parameters, as in diffusion, where absorption counts by its root. The way from reflectance to Lab, which bends a
 * fit as much, is taken as it is.
 */
export interface NearbySkin {
  /** Logarithms of the parameters, in the order of `SkinParameters`. */
  readonly logs: readonly number[];
  readonly reflectance: Spectrum;
  /** Derivatives of the logarithm of reflectance by those: [wavelength][parameter]. */
  readonly slopes: Float64Array;
}

export function nearbySkin(logs: readonly number[], { reflectance, slopes }: SkinSlopes): NearbySkin {
  const relative = new Float64Array(reflectance.length * PARAMETERS);
  for (let i = 0; i < reflectance.length; i++) {
    for (let k = 0; k < PARAMETERS; k++) relative[PARAMETERS * i + k] = slopes[k]![i]! / reflectance[i]!;
  }
  return { logs, reflectance, slopes: relative };
}

/** Lab is nearly linear over this change of the logarithms. */
const LAB_STEP = 1e-4;

/** How far the roots of the parameters are from the known ones', in units in which a small step is that of the logarithm. */
const change = new Float64Array(PARAMETERS);
/** Derivatives of those by the logarithms. */
const growth = new Float64Array(PARAMETERS);

function compareRoots(from: readonly number[], to: readonly number[]): void {
  for (let k = 0; k < PARAMETERS; k++) {
    growth[k] = Math.exp((to[k]! - from[k]!) / 2);
    change[k] = 2 * (growth[k]! - 1);
  }
}

/** X, Y and Z, and then their derivatives by the parameters. */
const sums = new Float64Array(3 + 3 * PARAMETERS);

/** Colour of the skin of these parameters, with its derivatives by them: rows L*, a*, b*. */
export function colourNear(
  { logs, reflectance, slopes }: NearbySkin,
  at: readonly number[],
): { readonly colour: Lab65; readonly jacobian: readonly (readonly number[])[] } {
  const { x, y, z } = colourWeights('D65');
  compareRoots(logs, at);
  sums.fill(0);
  for (let i = 0; i < reflectance.length; i++) {
    let exponent = 0;
    for (let k = 0; k < PARAMETERS; k++) exponent += slopes[PARAMETERS * i + k]! * change[k]!;
    const value = reflectance[i]! * Math.exp(exponent);
    sums[0]! += x[i]! * value;
    sums[1]! += y[i]! * value;
    sums[2]! += z[i]! * value;
    for (let k = 0; k < PARAMETERS; k++) {
      const slope = slopes[PARAMETERS * i + k]! * growth[k]! * value;
      sums[3 + 3 * k]! += x[i]! * slope;
      sums[4 + 3 * k]! += y[i]! * slope;
      sums[5 + 3 * k]! += z[i]! * slope;
    }
  }
  const [X, Y, Z] = [sums[0]!, sums[1]!, sums[2]!];
  const colour = xyzToLab65([X, Y, Z]);
  const columns = at.map((_, k) =>
    xyzToLab65([X + LAB_STEP * sums[3 + 3 * k]!, Y + LAB_STEP * sums[4 + 3 * k]!, Z + LAB_STEP * sums[5 + 3 * k]!]),
  );
  return { colour, jacobian: colour.map((value, row) => columns.map((column) => (column[row]! - value) / LAB_STEP)) };
}

/** The skin that was worked out at `logs`, its slopes agreeing with both skins (Broyden's rank-one update). */
export function moveNearby(from: NearbySkin, logs: readonly number[], reflectance: Spectrum): NearbySkin {
  const slopes = from.slopes.slice();
  let length = 0;
  compareRoots(from.logs, logs);
  for (let k = 0; k < PARAMETERS; k++) length += change[k]! * change[k]!;
  for (let i = 0; i < reflectance.length; i++) {
    let miss = Math.log(reflectance[i]! / from.reflectance[i]!);
    for (let k = 0; k < PARAMETERS; k++) miss -= slopes[PARAMETERS * i + k]! * change[k]!;
    for (let k = 0; k < PARAMETERS; k++) {
      slopes[PARAMETERS * i + k] = (slopes[PARAMETERS * i + k]! + (miss / length) * change[k]!) * growth[k]!;
    }
  }
  return { logs, reflectance, slopes };
}
