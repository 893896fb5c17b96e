import { colourWeights } from './integrateSpectrum.ts';
import type { Lab65 } from './lab65.ts';
import { type Spectrum, WAVELENGTHS_NM } from './spectrum.ts';
import { lab65ToXyz, type Xyz, xyzToLab65 } from './xyzLab.ts';

const MAX_STEPS = 60;

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
  const rows = [weights.x, weights.y, weights.z];
  const u = WAVELENGTHS_NM.map((nm) => (nm - 550) / 150);
  const target = lab65ToXyz(wanted);
  if (!target.every((value) => value > 0)) return null;
  let coefficients: Xyz = [0, 0, 0];
  const scaled = ([c0, c1, c2]: Xyz) => spectrum.map((value, i) => value * Math.exp(c0 + u[i]! * (c1 + u[i]! * c2)));
  const misfit = (values: Spectrum): Xyz =>
    rows.map((row, k) => target[k]! - row.reduce((total, w, i) => total + w * values[i]!, 0)) as unknown as Xyz;
  const size = (v: Xyz) => Math.max(...v.map((value, k) => Math.abs(value) / target[k]!));
  let current = scaled(coefficients);
  let error = misfit(current);
  for (let step = 0; step < MAX_STEPS && size(error) > 1e-13; step++) {
    const jacobian = rows.flatMap((row) =>
      [0, 1, 2].map((power) => row.reduce((total, w, i) => total + w * current[i]! * u[i]! ** power, 0)),
    );
    const change = solve3(jacobian, error);
    let share = 1;
    for (; share > 1e-6; share /= 2) {
      const next = coefficients.map((c, k) => c + share * change[k]!) as unknown as Xyz;
      const values = scaled(next);
      const nextError = misfit(values);
      if (size(nextError) < size(error)) {
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
