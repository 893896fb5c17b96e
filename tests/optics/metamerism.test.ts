import { describe, expect, test } from 'vitest';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { spectrumToLab65 } from '../../src/colour/integrateSpectrum.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { WAVELENGTHS_NM } from '../../src/colour/spectrum.ts';
import { appearanceUnder, metamerismIndex } from '../../src/optics/metamerism.ts';
import { skinReflectance } from '../../src/optics/skinReflectance.ts';
import { REFERENCE_SKINS } from '../fixtures/opticsReference.ts';

const skin = skinReflectance(REFERENCE_SKINS[0]!);
/** The same colour by a different means: two broad bumps instead of blood and melanin. */
const wavy = skin.map((value, i) => value * (1 + 0.25 * Math.sin(((WAVELENGTHS_NM[i]! - 400) / 300) * 6 * Math.PI)));

describe('metamerism', () => {
  test('a spectrum does not change against itself, nor against a brighter copy', () => {
    expect(metamerismIndex(skin, skin)).toBeLessThan(1e-6);
    expect(
      metamerismIndex(
        skin.map((value) => 0.8 * value),
        skin,
      ),
    ).toBeLessThan(1e-6);
  });

  test('equal colours of different spectra part under other lights', () => {
    expect(metamerismIndex(wavy, skin)).toBeGreaterThan(1);
  });

  test('there is no index where no correction makes the colours agree', () => {
    const edge = Float64Array.from(WAVELENGTHS_NM, (nm) => (nm > 600 ? 1 : 0));
    expect(
      metamerismIndex(
        skin,
        Float64Array.from(edge, (value) => value * 1e-9),
      ),
    ).toBeNull();
  });

  test('skin looks the same in daylight, redder and yellower by tungsten light, white stays white', () => {
    expect(deltaE00(appearanceUnder(skin, 'D65'), spectrumToLab65(skin))).toBeLessThan(1e-9);
    expect(appearanceUnder(skin, 'A')[1]).toBeGreaterThan(spectrumToLab65(skin)[1]);
    expect(deltaE00(appearanceUnder(new Float64Array(31).fill(1), 'FL11'), lab65(100, 0, 0))).toBeLessThan(1e-9);
  });
});
