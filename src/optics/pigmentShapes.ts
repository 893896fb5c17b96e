import { type Spectrum, WAVELENGTHS_NM } from '../colour/spectrum.ts';

/** Absorption of finely divided carbon, relative to 550 nm: λ⁻¹ (Ångström exponent 1 of soot; Bond & Bergstrom 2006). */
export const CARBON_SHAPE: Spectrum = Float64Array.from(WAVELENGTHS_NM, (nm) => 550 / nm);
