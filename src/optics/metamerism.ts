import { adaptBradford } from '../colour/adaptBradford.ts';
import { adjustSpectrumToLab65 } from '../colour/adjustSpectrum.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import {
  colourWeights,
  type Illuminant,
  spectrumToLab,
  spectrumToLab65,
  spectrumToXyz,
} from '../colour/integrateSpectrum.ts';
import { type Lab65, lab65 } from '../colour/lab65.ts';
import type { Spectrum } from '../colour/spectrum.ts';
import { D65_WHITE, xyzToLab65 } from '../colour/xyzLab.ts';

/** Lights a match must survive: tungsten, an office tube, a white LED. */
const TEST_ILLUMINANTS: readonly Illuminant[] = ['A', 'FL11', 'LED-B3'];

/**
 * Special metamerism index: mean CIEDE2000 of two reflectances under tungsten, office tube and LED, after the first is
 * corrected so that both agree under D65 (CIE 15:2018 §9.2.2, multiplicative correction).
 * @returns null where no smooth correction makes the colours agree
 */
export function metamerismIndex(match: Spectrum, target: Spectrum): number | null {
  const corrected = adjustSpectrumToLab65(match, spectrumToLab65(target));
  if (!corrected) return null;
  let total = 0;
  for (const illuminant of TEST_ILLUMINANTS) {
    // Both under the same white, so the ΔE00 formula, which knows no white, applies as it is.
    const one = lab65(...spectrumToLab(corrected, illuminant));
    const other = lab65(...spectrumToLab(target, illuminant));
    total += deltaE00(one, other);
  }
  return total / TEST_ILLUMINANTS.length;
}

/** The D65 colour that looks like `reflectance` does to an eye adapted to `illuminant` (linear Bradford): for previews. */
export function appearanceUnder(reflectance: Spectrum, illuminant: Illuminant): Lab65 {
  const { white } = colourWeights(illuminant);
  return xyzToLab65(adaptBradford(spectrumToXyz(reflectance, illuminant), white, D65_WHITE));
}
