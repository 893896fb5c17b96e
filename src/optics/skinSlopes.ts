import { type Spectrum, WAVELENGTHS_NM } from '../colour/spectrum.ts';
import { BLACK, blankSlab, layOnto, makeCover, makeSlab, reflectUnder } from './addingDoubling.ts';
import { dermisAt, epidermisAt, type SkinParameters, WHOLE_DERMIS_MM } from './skinReflectance.ts';
import { SKIN_STREAMS } from './streams.ts';
import { BASELINE_ABSORPTION, BLOOD_ABSORPTION, EPIDERMIS_MM, MELANOSOME_ABSORPTION, SKIN_PHASE } from './tissue.ts';

export interface SkinSlopes {
  readonly reflectance: Spectrum;
  /** Derivatives by the logarithm of each parameter, in the order of `SkinParameters`. */
  readonly slopes: readonly [Spectrum, Spectrum, Spectrum, Spectrum];
}

const RELATIVE_STEP = 1e-4;

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
  const layer = blankSlab();
  for (let i = 0; i < WAVELENGTHS_NM.length; i++) {
    const phase = SKIN_PHASE[i]!;
    const epidermis = epidermisAt(skin, i);
    const dermis = dermisAt(skin, i);
    const up = 1 + RELATIVE_STEP;
    const coverOf = (absorption: number, scattering: number) =>
      makeCover([makeSlab(phase, absorption, scattering, EPIDERMIS_MM, layer)]);
    const belowOf = (absorption: number, scattering: number) =>
      layOnto(makeSlab(phase, absorption, scattering, WHOLE_DERMIS_MM, layer), BLACK);
    const cover = coverOf(epidermis.absorption, epidermis.scattering);
    const below = belowOf(dermis.absorption, dermis.scattering);
    const value = reflectUnder(cover, below);
    const slope = (changed: number) => (changed - value) / RELATIVE_STEP;
    const byEpidermis = slope(reflectUnder(coverOf(epidermis.absorption * up, epidermis.scattering), below));
    const byDermis = slope(reflectUnder(cover, belowOf(dermis.absorption * up, dermis.scattering)));
    const byScattering = slope(
      reflectUnder(
        coverOf(epidermis.absorption, epidermis.scattering * up),
        belowOf(dermis.absorption, dermis.scattering * up),
      ),
    );
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
