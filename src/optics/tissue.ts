import { WAVELENGTHS_NM } from '../colour/spectrum.ts';
import { makeScatteringPhase } from './scatteringPhase.ts';

/**
 * Optical properties of the tissues at the 31 wavelengths, coefficients in 1/mm.
 * Haemoglobin: molar extinction in 1/(cm·M) compiled by Prahl (OMLC, 1998), every 10 nm.
 */
const OXYHAEMOGLOBIN = [
  266232, 466840, 480360, 246072, 102580, 62816, 44480, 33209.2, 26629.2, 23684.4, 20932.8, 20035.2, 24202.4, 39956.8,
  53236, 43016, 32613.2, 44496, 50104, 14400.8, 3200, 1506, 942, 610, 442, 368, 319.6, 294, 277.6, 276, 290,
];
const DEOXYHAEMOGLOBIN = [
  223296, 303956, 407560, 528600, 413280, 103292, 23388.8, 16156.4, 14550, 16684, 20862, 25773.6, 31589.6, 39036.4,
  46592, 53412, 53788, 45072, 37020, 28324.4, 14677.2, 9443.6, 6509.6, 5148.8, 4345.2, 3750.12, 3226.56, 2795.12,
  2407.92, 2051.96, 1794.28,
];
const OXYGEN_SATURATION = 0.7;
const HAEMOGLOBIN_G_PER_L = 150;
const HAEMOGLOBIN_G_PER_MOL = 64500;
const MM_PER_CM = 10;

const per = (f: (nm: number, index: number) => number): Float64Array => Float64Array.from(WAVELENGTHS_NM, f);

/**
 * Melanosome interior, 519 1/cm at 500 nm (Jacques, Phys. Med. Biol. 58, R37, 2013). The exponent −3 fits the dark
 * ISSA skins better than the −3.5 given there; isolated eumelanin has −3.2 (Sarna & Swartz 2006).
 */
export const MELANOSOME_ABSORPTION = per((nm) => 51.9 * (nm / 500) ** -3);

/** Whole blood of 150 g/l at 70 % saturation. */
export const BLOOD_ABSORPTION = per((_, i) => {
  const molar = OXYGEN_SATURATION * OXYHAEMOGLOBIN[i]! + (1 - OXYGEN_SATURATION) * DEOXYHAEMOGLOBIN[i]!;
  return (Math.LN10 * HAEMOGLOBIN_G_PER_L * molar) / HAEMOGLOBIN_G_PER_MOL / MM_PER_CM;
});

/** Skin without melanin or blood (Jacques, Skin Optics Summary, OMLC 1998). */
export const BASELINE_ABSORPTION = per((nm) => (0.244 + 85.3 * Math.exp(-(nm - 154) / 66.2)) / MM_PER_CM);

/**
 * Living epidermis scatters about half as much as excised epidermis: with the full value a black layer under it could
 * never look darker than L* 45. To be checked on one healed dark dot of each studio.
 */
const LIVING_EPIDERMIS = 0.5;

/** Reduced scattering: Rayleigh plus Mie power laws of Jacques 2013, tables 1 and 2. */
export const EPIDERMIS_SCATTERING = per(
  (nm) => LIVING_EPIDERMIS * 6.67 * (0.29 * (nm / 500) ** -4 + 0.71 * (nm / 500) ** -0.689),
);
export const DERMIS_SCATTERING = per((nm) => 4.36 * (0.41 * (nm / 500) ** -4 + 0.59 * (nm / 500) ** -0.562));

/** Henyey–Greenstein scattering with g = .62 + .00029 λ (van Gemert et al., IEEE Trans. Biomed. Eng. 36, 1146, 1989). */
export const SKIN_PHASE = WAVELENGTHS_NM.map((nm) => makeScatteringPhase(0.62 + 0.00029 * nm));

export const EPIDERMIS_MM = 0.08;
/** Dermis between the epidermis and the pigment; a healed dot sits in the upper dermis. */
export const DEFAULT_GAP_MM = 0.05;
/** Thickness of the layer that holds the pigment. */
export const PIGMENT_LAYER_MM = 0.25;
/** Dermis below the pigment: deep enough that more changes nothing. */
export const DEEP_DERMIS_MM = 6;
