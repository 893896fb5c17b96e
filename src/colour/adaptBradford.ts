import { type Lab65, lab65 } from './lab65.ts';
import { D50_WHITE, D65_WHITE, labToXyz, type Xyz, xyzToLab } from './xyzLab.ts';

/** Bradford cone responses (Lam 1985; ICC.1:2022 Annex E), row-major, and their inverse. */
const TO_CONE = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
const FROM_CONE = [
  0.9869929054667123, -0.14705425642099013, 0.15996265166373125, 0.43230526972339456, 0.5183602715367776,
  0.0492912282128556, -0.008528664575177328, 0.04004282165408487, 0.9684866957875502,
];

function multiply(m: readonly number[], [x, y, z]: Xyz): Xyz {
  return [m[0]! * x + m[1]! * y + m[2]! * z, m[3]! * x + m[4]! * y + m[5]! * z, m[6]! * x + m[7]! * y + m[8]! * z];
}

/** The colour that looks under `toWhite` as `xyz` does under `fromWhite` (linear Bradford). */
export function adaptBradford(xyz: Xyz, fromWhite: Xyz, toWhite: Xyz): Xyz {
  const cone = multiply(TO_CONE, xyz);
  const from = multiply(TO_CONE, fromWhite);
  const to = multiply(TO_CONE, toWhite);
  return multiply(FROM_CONE, [(cone[0] * to[0]) / from[0], (cone[1] * to[1]) / from[1], (cone[2] * to[2]) / from[2]]);
}

/** Lab under another white -> Lab65. */
export function adaptLabToLab65(lab: readonly [number, number, number], fromWhite: Xyz): Lab65 {
  return lab65(...xyzToLab(adaptBradford(labToXyz(lab, fromWhite), fromWhite, D65_WHITE), D65_WHITE));
}

/** Lab of an ICC profile or chart reference (D50/2°) -> Lab65. */
export function lab50ToLab65(lab: readonly [number, number, number]): Lab65 {
  return adaptLabToLab65(lab, D50_WHITE);
}
