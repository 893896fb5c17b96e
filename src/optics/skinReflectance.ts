import type { Spectrum } from '../colour/spectrum.ts';
import { WAVELENGTHS_NM } from '../colour/spectrum.ts';
import { BLACK, blankCover, blankSlab, layOnto, makeCover, makeSlab, reflectUnder } from './addingDoubling.ts';
import { SKIN_STREAMS } from './streams.ts';
import {
  BASELINE_ABSORPTION,
  BLOOD_ABSORPTION,
  DEEP_DERMIS_MM,
  DEFAULT_GAP_MM,
  DERMIS_SCATTERING,
  EPIDERMIS_MM,
  EPIDERMIS_SCATTERING,
  MELANOSOME_ABSORPTION,
  PIGMENT_LAYER_MM,
  SKIN_PHASE,
} from './tissue.ts';

/** What varies between people. */
export interface SkinParameters {
  /** Volume fraction of melanosomes in the epidermis. */
  readonly melanosomeFraction: number;
  /** Volume fraction of whole blood in the dermis. */
  readonly bloodFraction: number;
  /** Multiplier of the absorption of skin without melanin and blood. */
  readonly baselineFactor: number;
  /** Multiplier of reduced scattering. */
  readonly scatterFactor: number;
}

/** Absorption and reduced scattering of one layer at one wavelength, 1/mm. */
export interface Coefficients {
  readonly absorption: number;
  readonly scattering: number;
}

export function epidermisAt(skin: SkinParameters, wavelength: number): Coefficients {
  const melanin = skin.melanosomeFraction;
  const baseline = BASELINE_ABSORPTION[wavelength]! * skin.baselineFactor;
  return {
    absorption: melanin * MELANOSOME_ABSORPTION[wavelength]! + (1 - melanin) * baseline,
    scattering: EPIDERMIS_SCATTERING[wavelength]! * skin.scatterFactor,
  };
}

export function dermisAt(skin: SkinParameters, wavelength: number): Coefficients {
  const blood = skin.bloodFraction;
  const baseline = BASELINE_ABSORPTION[wavelength]! * skin.baselineFactor;
  return {
    absorption: blood * BLOOD_ABSORPTION[wavelength]! + (1 - blood) * baseline,
    scattering: DERMIS_SCATTERING[wavelength]! * skin.scatterFactor,
  };
}

/** Unpigmented dermis is one layer: its parts above, at and below the pigment are the same material. */
export const WHOLE_DERMIS_MM = DEFAULT_GAP_MM + PIGMENT_LAYER_MM + DEEP_DERMIS_MM;

const layer = blankSlab();
const epidermisOnly = [layer];
const cover = blankCover();
const deep = BLACK.slice();

/**
 * Reflectance (31 values) of bare skin.
 * @param gloss share of the surface's mirror reflection (2.8 %) that is seen: 1 as an integrating sphere with gloss
 *   (d/8 SCI) or a face in diffuse light sees it, 0 with crossed polarisers
 */
export function skinReflectance(skin: SkinParameters, gloss = 1): Spectrum {
  const reflectance = new Float64Array(WAVELENGTHS_NM.length);
  for (let i = 0; i < reflectance.length; i++) {
    const phase = SKIN_PHASE[i]!;
    const epidermis = epidermisAt(skin, i);
    const dermis = dermisAt(skin, i);
    makeSlab(phase, epidermis.absorption, epidermis.scattering, EPIDERMIS_MM, layer);
    makeCover(epidermisOnly, cover);
    makeSlab(phase, dermis.absorption, dermis.scattering, WHOLE_DERMIS_MM, layer);
    const below = layOnto(layer, BLACK, deep);
    reflectance[i] = gloss * SKIN_STREAMS.surfaceReflection + reflectUnder(cover, below);
  }
  return reflectance;
}
