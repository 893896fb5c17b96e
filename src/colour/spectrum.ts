/** Wavelengths of every spectrum in Stipple: 400–700 nm in 10 nm steps. */
export const WAVELENGTHS_NM: readonly number[] = Array.from({ length: 31 }, (_, i) => 400 + 10 * i);

/** 31 values at `WAVELENGTHS_NM`; a reflectance is 0–1. */
export type Spectrum = Float64Array;
