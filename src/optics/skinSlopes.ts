import { type Spectrum, WAVELENGTHS_NM } from '../colour/spectrum.ts';
import {
  type Admittance,
  BLACK,
  blankCover,
  blankSlab,
  type Cover,
  layOnto,
  makeCover,
  makeSlab,
  reflectUnder,
} from './addingDoubling.ts';
import type { ScatteringPhase } from './scatteringPhase.ts';
import { dermisAt, epidermisAt, type SkinParameters, WHOLE_DERMIS_MM } from './skinReflectance.ts';
import { SKIN_STREAMS } from './streams.ts';
import { BASELINE_ABSORPTION, BLOOD_ABSORPTION, EPIDERMIS_MM, MELANOSOME_ABSORPTION, SKIN_PHASE } from './tissue.ts';

export interface SkinSlopes {
  readonly reflectance: Spectrum;
  /** Derivatives by the logarithm of each parameter, in the order of `SkinParameters`. */
  readonly slopes: readonly [Spectrum, Spectrum, Spectrum, Spectrum];
}

const RELATIVE_STEP = 1e-4;

const layer = blankSlab();
const epidermisOnly = [layer];
const [cover, otherCover] = [blankCover(), blankCover()];
const [below, otherBelow] = [BLACK.slice(), BLACK.slice()];

function coverWithEpidermis(phase: ScatteringPhase, absorption: number, scattering: number, into: Cover): void {
  makeSlab(phase, absorption, scattering, EPIDERMIS_MM, layer);
  makeCover(epidermisOnly, into);
}

function layDermis(phase: ScatteringPhase, absorption: number, scattering: number, into: Admittance): void {
  makeSlab(phase, absorption, scattering, WHOLE_DERMIS_MM, layer);
  layOnto(layer, BLACK, into);
}

/**
 * Bare skin with its derivatives. Reflectance at one wavelength knows the four parameters only through epidermal
 * absorption, dermal absorption and scattering: three differences, sharing layers, and the chain rule give all four.
 */
export function skinSlopes(skin: SkinParameters, gloss: number): SkinSlopes {
  const reflectance = new Float64Array(WAVELENGTHS_NM.length);
  const slopes: [Spectrum, Spectrum, Spectrum, Spectrum] = [
    new Float64Array(WAVELENGTHS_NM.length),
    new Float64Array(WAVELENGTHS_NM.length),
    new Float64Array(WAVELENGTHS_NM.length),
    new Float64Array(WAVELENGTHS_NM.length),
  ];
  const { melanosomeFraction, bloodFraction, baselineFactor } = skin;
  for (let i = 0; i < WAVELENGTHS_NM.length; i++) {
    const phase = SKIN_PHASE[i]!;
    const epidermis = epidermisAt(skin, i);
    const dermis = dermisAt(skin, i);
    const up = 1 + RELATIVE_STEP;
    coverWithEpidermis(phase, epidermis.absorption, epidermis.scattering, cover);
    layDermis(phase, dermis.absorption, dermis.scattering, below);
    const value = reflectUnder(cover, below);
    coverWithEpidermis(phase, epidermis.absorption * up, epidermis.scattering, otherCover);
    const byEpidermis = (reflectUnder(otherCover, below) - value) / RELATIVE_STEP;
    layDermis(phase, dermis.absorption * up, dermis.scattering, otherBelow);
    const byDermis = (reflectUnder(cover, otherBelow) - value) / RELATIVE_STEP;
    coverWithEpidermis(phase, epidermis.absorption, epidermis.scattering * up, otherCover);
    layDermis(phase, dermis.absorption, dermis.scattering * up, otherBelow);
    const byScattering = (reflectUnder(otherCover, otherBelow) - value) / RELATIVE_STEP;
    const baseline = BASELINE_ABSORPTION[i]! * baselineFactor;
    reflectance[i] = gloss * SKIN_STREAMS.surfaceReflection + value;
    slopes[0][i] = (byEpidermis * melanosomeFraction * (MELANOSOME_ABSORPTION[i]! - baseline)) / epidermis.absorption;
    slopes[1][i] = (byDermis * bloodFraction * (BLOOD_ABSORPTION[i]! - baseline)) / dermis.absorption;
    slopes[2][i] =
      (byEpidermis * (1 - melanosomeFraction) * baseline) / epidermis.absorption +
      (byDermis * (1 - bloodFraction) * baseline) / dermis.absorption;
    slopes[3][i] = byScattering;
  }
  return { reflectance, slopes };
}
