import { type ColourWeights, colourWeights } from './integrateSpectrum.ts';
import type { Lab65 } from './lab65.ts';
import { type Spectrum, WAVELENGTHS_NM } from './spectrum.ts';
import { lab65ToXyz, type Xyz, xyzToLab65 } from './xyzLab.ts';

const MAX_STEPS = 60;
/** Place of each wavelength on the axis of the factor's polynomial. */
const U = WAVELENGTHS_NM.map((nm) => (nm - 550) / 150);

/** The spectrum times its factor. */
function scale(spectrum: Spectrum, [c0, c1, c2]: Xyz): Spectrum {
  const scaled = new Float64Array(spectrum.length);
  for (let i = 0; i < scaled.length; i++) scaled[i] = spectrum[i]! * Math.exp(c0 + U[i]! * (c1 + U[i]! * c2));
  return scaled;
}

/** What is missing to the wanted XYZ. */
function misfit(target: Xyz, values: Spectrum, { x, y, z }: ColourWeights): Xyz {
  let [X, Y, Z] = target;
  for (let i = 0; i < values.length; i++) {
    X -= x[i]! * values[i]!;
    Y -= y[i]! * values[i]!;
    Z -= z[i]! * values[i]!;
  }
  return [X, Y, Z];
}

function size([X, Y, Z]: Xyz, target: Xyz): number {
  return Math.max(Math.abs(X) / target[0], Math.abs(Y) / target[1], Math.abs(Z) / target[2]);
}

/** Derivatives of XYZ by the three coefficients, row-major. */
function slopes(values: Spectrum, { x, y, z }: ColourWeights): number[] {
  const rows = [x, y, z];
  const jacobian = new Array<number>(9).fill(0);
  for (let k = 0; k < 3; k++) {
    const row = rows[k]!;
    for (let i = 0; i < values.length; i++) {
      const change = row[i]! * values[i]!;
      jacobian[3 * k]! += change;
      jacobian[3 * k + 1]! += change * U[i]!;
      jacobian[3 * k + 2]! += change * U[i]! * U[i]!;
    }
  }
  return jacobian;
}

/** Solves 3×3 by Cramer's rule. */
function solve3(m: readonly number[], [p, q, r]: Xyz): Xyz {
  const [a, b, c, d, e, f, g, h, i] = m as [number, number, number, number, number, number, number, number, number];
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    (p * (e * i - f * h) - b * (q * i - f * r) + c * (q * h - e * r)) / det,
    (a * (q * i - f * r) - p * (d * i - f * g) + c * (d * r - q * g)) / det,
    (a * (e * r - q * h) - b * (d * r - q * g) + p * (d * h - e * g)) / det,
  ];
}

/**
 * Multiplies a reflectance by the smooth factor exp(c₀ + c₁u + c₂u²), u = (λ − 550)/150, that gives it exactly the
 * wanted colour under D65: it keeps its bands and stays positive.
 * @returns null where no such factor was found: the colour is not one a reflecting surface near `spectrum` can have
 */
export function adjustSpectrumToLab65(spectrum: Spectrum, wanted: Lab65): Spectrum | null {
  const weights = colourWeights('D65');
  const target = lab65ToXyz(wanted);
  if (!target.every((value) => value > 0)) return null;
  let coefficients: Xyz = [0, 0, 0];
  let current = scale(spectrum, coefficients);
  let error = misfit(target, current, weights);
  for (let step = 0; step < MAX_STEPS && size(error, target) > 1e-13; step++) {
    const change = solve3(slopes(current, weights), error);
    let share = 1;
    for (; share > 1e-6; share /= 2) {
      const [c0, c1, c2] = coefficients;
      const next: Xyz = [c0 + share * change[0], c1 + share * change[1], c2 + share * change[2]];
      const values = scale(spectrum, next);
      const nextError = misfit(target, values, weights);
      if (size(nextError, target) < size(error, target)) {
        coefficients = next;
        current = values;
        error = nextError;
        break;
      }
    }
    if (share <= 1e-6) break;
  }
  const reached = xyzToLab65(target.map((value, k) => value - error[k]!) as unknown as Xyz);
  return wanted.every((value, k) => Math.abs(value - reached[k]!) < 1e-9) ? current : null;
}
