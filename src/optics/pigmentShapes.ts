import { type Spectrum, WAVELENGTHS_NM } from '../colour/spectrum.ts';

const CARBON_REFERENCE_NM = 550;

/** Absorption of finely divided carbon, relative to 550 nm: λ⁻¹ (Bond & Bergstrom, Aerosol Sci. Technol. 40, 27, 2006). */
export const CARBON_SHAPE: Spectrum = Float64Array.from(WAVELENGTHS_NM, (nm) => CARBON_REFERENCE_NM / nm);
/** Reduced scattering over absorption of carbon black at 550 nm. */
export const CARBON_SCATTER_RATIO = 0.05;

/** Reduced scattering of sub-micrometre particles relative to 550 nm: a slow fall with wavelength. */
export const SCATTERING_SHAPE: Spectrum = Float64Array.from(WAVELENGTHS_NM, (nm) => (nm / 550) ** -0.5);

/** A colourant of scalp pigments as dispersed powder. */
export interface Powder {
  /** Absorption cross-section in m²/g at the 31 wavelengths. */
  readonly absorption: Spectrum;
  /** Reduced scattering cross-section at 550 nm, m²/g. */
  readonly scattering: number;
}

/** Centre in nm, standard deviation and height of a Gaussian band; widths in 1/cm because ligand fields are energies. */
type Band = readonly [centreNm: number, widthPerCm: number, height: number];

const waveNumber = (nm: number): number => 1e7 / nm;

function sumBands(bands: readonly Band[], floor: number, scale: number): Spectrum {
  return Float64Array.from(WAVELENGTHS_NM, (nm) => {
    const height = bands.reduce((total, [centre, width, peak]) => {
      const distance = (waveNumber(nm) - waveNumber(centre)) / width;
      return total + peak * Math.exp(-(distance * distance) / 2);
    }, floor);
    return scale * height;
  });
}

/**
 * Red iron oxide (haematite, CI 77491). Bands: ⁶A₁→⁴E(⁴D) 404 nm, ⁶A₁→⁴E,⁴A₁ 444 nm, electron pair transition 529 nm,
 * ⁶A₁→⁴T₂ 649 nm (Sherman & Waite, Am. Mineral. 70, 1262, 1985; Scheinost et al., Clays Clay Miner. 46, 528, 1998).
 * Positions are published; widths and relative heights are rounded so that the edge lies at 570–590 nm as in
 * diffuse reflectance, and the size is that of opaque grades, 2 m²/g in the blue.
 */
const RED_OXIDE_ABSORPTION = sumBands(
  [
    [404, 2600, 1],
    [444, 1700, 0.45],
    [529, 1250, 1],
    [649, 1000, 0.07],
  ],
  0.03,
  1.6,
);

/** Yellow iron oxide (goethite, CI 77492): bands at 364, 434, 480 (pair) and 650 nm, sources as for haematite. */
const YELLOW_OXIDE_ABSORPTION = sumBands(
  [
    [364, 2600, 1],
    [434, 1500, 0.4],
    [480, 1200, 0.5],
    [650, 1100, 0.06],
  ],
  0.03,
  1.1,
);

/** Titanium dioxide (CI 77891) is clear above its edge at 400 nm. */
const WHITE_ABSORPTION = sumBands([[380, 800, 0.4]], 0.001, 1);

export type PowderName = 'carbon' | 'redOxide' | 'yellowOxide' | 'white';

/**
 * Colourants that a ladder or swatch is explained by. Cross-sections per gram are rounded and weakly known: a pigment's
 * strength always comes from its own measurement, only the proportions of absorption to scattering come from here.
 */
export const POWDERS: Readonly<Record<PowderName, Powder>> = {
  carbon: { absorption: CARBON_SHAPE.map((value) => 5 * value), scattering: 5 * CARBON_SCATTER_RATIO },
  redOxide: { absorption: RED_OXIDE_ABSORPTION, scattering: 2 },
  yellowOxide: { absorption: YELLOW_OXIDE_ABSORPTION, scattering: 2 },
  white: { absorption: WHITE_ABSORPTION, scattering: 4 },
};
