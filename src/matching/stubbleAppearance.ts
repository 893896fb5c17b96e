import type { Lab65 } from '../colour/lab65.ts';
import { WAVELENGTHS_NM } from '../colour/spectrum.ts';
import { lab65ToLinearSrgb, lab65ToXyz } from '../colour/xyzLab.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import type { Pigment } from '../optics/pigment.ts';
import { predictAreaLab } from '../optics/predictHealed.ts';
import { mixLight } from './mixLight.ts';
import { barShare } from './viewing.ts';

/** Stubble as SMP imitates it (DOMAIN.md §1, §4): shaft .08 mm, 150–200 hairs/cm², shaved to half a millimetre. */
export interface StubbleGeometry {
  readonly densityPerCm2: number;
  readonly shaftMm: number;
  readonly lengthMm: number;
}

export const FRESH_SHAVE: StubbleGeometry = { densityPerCm2: 175, shaftMm: 0.08, lengthMm: 0.5 };
/** Upper end of natural density in Caucasian scalps (214–230/cm²). */
export const DENSE_SHAVE: StubbleGeometry = { ...FRESH_SHAVE, densityPerCm2: 230 };

/** Hair leaves the scalp at about 45°, so it covers this share of its length when seen from above. */
const LEAN = Math.SQRT1_2;
/**
 * Optical depth across a shaft for a fibre whose bulk has K/S = 1. A bulk of black fibres (L* 18, K/S 19) then stands
 * for a shaft of τ 6, which lets nothing through, and one of light blond (K/S 1) for τ .3: nearly clear, as under a lens.
 */
const DEPTH_PER_KS = 0.32;
/** Cortex and cuticle scatter a little light back from every fibre, pigmented or not. */
const KERATIN_SCATTER = 0.05;

const kubelkaMunk = (reflectance: number): number => {
  const r = Math.min(0.95, Math.max(0.004, reflectance));
  return (1 - r) ** 2 / (2 * r);
};

/**
 * The shaft below the surface as a "pigment": absorption from the bulk colour by Kubelka–Munk, spectrum a power law of
 * melanin whose exponent comes from the fibre's blue and red.
 */
function shaftPigment(fibre: Lab65): Pigment {
  const [red, , blue] = lab65ToLinearSrgb(fibre);
  const exponent = Math.log(kubelkaMunk(blue) / kubelkaMunk(red)) / Math.log(610 / 465);
  const bounded = Math.min(6, Math.max(0.3, exponent));
  return {
    neatTau: Math.max(1e-3, DEPTH_PER_KS * kubelkaMunk(lab65ToXyz(fibre)[1])),
    shape: Float64Array.from(WAVELENGTHS_NM, (nm) => (nm / 550) ** -bounded),
    scatterRatio: KERATIN_SCATTER,
    basis: 'swatch',
    sigmaLogTau: 0,
  };
}

export interface StubbleAppearance {
  /** Mean colour of the shaved scalp from a distance. */
  readonly area: Lab65;
  /** Darkest point of one stub as seen from half a metre. */
  readonly dot: Lab65;
}

/**
 * How shaved hair of a fibre colour looks on this skin. Two parts, both without fitted constants beyond the shaft's
 * optical depth: roots seen through the skin (absorbing cylinders in the upper dermis, the model of a healed dot) and
 * stubs above it (fibre colour over their projected area, mixed in linear light).
 */
export function stubbleAppearance(
  table: ClientTable,
  fibre: Lab65,
  { densityPerCm2, shaftMm, lengthMm }: StubbleGeometry,
): StubbleAppearance {
  const roots = predictAreaLab(table, shaftPigment(fibre), {
    partsDiluent: 0,
    densityPerCm2,
    diameterMm: shaftMm,
    healedFraction: 1,
    years: 0,
  });
  const seenLengthMm = lengthMm * LEAN;
  const coverage = Math.min(0.95, (densityPerCm2 / 100) * shaftMm * seenLengthMm);
  return {
    area: mixLight(roots, fibre, coverage),
    dot: mixLight(roots, fibre, barShare(shaftMm, seenLengthMm)),
  };
}
