import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustSpectrumToLab65 } from '../../src/colour/adjustSpectrum.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import {
  colourWeights,
  type Illuminant,
  spectrumToLab,
  spectrumToLab65,
  spectrumToXyz,
} from '../../src/colour/integrateSpectrum.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { WAVELENGTHS_NM } from '../../src/colour/spectrum.ts';

const ILLUMINANTS: Illuminant[] = ['D65', 'D50', 'A', 'FL2', 'FL11', 'LED-B3'];
const white = new Float64Array(31).fill(1);

/** Six spectra of ISSA (Lu et al., Sci. Data 12, 487, 2025, CC BY 4.0), here one fair face. */
const FAIR_SKIN = Float64Array.from(
  [
    10.97, 11.59, 12.12, 12.96, 14.33, 15.57, 16.38, 17.01, 17.68, 18.63, 19.88, 21.2, 22.47, 23.68, 24.95, 26.06,
    27.29, 28.57, 30.18, 33.09, 35.72, 37.47, 38.69, 39.59, 40.34, 41.06, 41.69, 42.34, 42.99, 43.58, 44.1,
  ],
  (percent) => percent / 100,
);

describe('spectrum to colour', () => {
  test.each(ILLUMINANTS)('the perfect reflector is white under %s', (illuminant) => {
    const [L, a, b] = spectrumToLab(white, illuminant);
    expect(L).toBeCloseTo(100, 10);
    expect(a).toBeCloseTo(0, 10);
    expect(b).toBeCloseTo(0, 10);
  });

  test('the perfect reflector is exactly Lab 100, 0, 0 under D65', () => {
    expect(spectrumToLab65(white)).toEqual([expect.closeTo(100, 12), expect.closeTo(0, 10), expect.closeTo(0, 10)]);
  });

  // Chromaticities published in CIE 15:2018; tables cut to 400–700 nm meet them to .002.
  test.each([
    ['D65', 0.3127, 0.329],
    ['D50', 0.3457, 0.3585],
    ['A', 0.44758, 0.40745],
    ['FL2', 0.3721, 0.3751],
    ['FL11', 0.3805, 0.3769],
    ['LED-B3', 0.3756, 0.3723],
  ] as const)('%s has its published chromaticity', (illuminant, x, y) => {
    const [X, Y, Z] = colourWeights(illuminant).white;
    expect(Math.abs(X / (X + Y + Z) - x)).toBeLessThan(0.002);
    expect(Math.abs(Y / (X + Y + Z) - y)).toBeLessThan(0.002);
  });

  test('a grey of reflectance .184 is L* 50 under every light', () => {
    const grey = new Float64Array(31).fill(0.18418651851244416);
    for (const illuminant of ILLUMINANTS) expect(spectrumToLab(grey, illuminant)[0]).toBeCloseTo(50, 8);
  });

  test('a rising spectrum is reddish, and redder in tungsten light', () => {
    const [X, Y, Z] = spectrumToXyz(FAIR_SKIN, 'D65');
    expect(X).toBeGreaterThan(Y);
    expect(Z).toBeLessThan(Y);
    expect(spectrumToLab(FAIR_SKIN, 'A')[1]).toBeGreaterThan(spectrumToLab65(FAIR_SKIN)[1]);
  });
});

describe('adjusting a spectrum to a colour', () => {
  test('reaches any skin-like colour exactly and stays positive', () => {
    const shift = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(shift, shift, shift, (dL, da, db) => {
        const [L, a, b] = spectrumToLab65(FAIR_SKIN);
        const wanted = lab65(L + dL, a + da, b + db);
        const adjusted = adjustSpectrumToLab65(FAIR_SKIN, wanted)!;
        expect(deltaE00(spectrumToLab65(adjusted), wanted)).toBeLessThan(1e-6);
        expect(Math.min(...adjusted)).toBeGreaterThan(0);
      }),
      { seed: 3 },
    );
  });

  test('leaves a spectrum of the right colour as it is', () => {
    const same = adjustSpectrumToLab65(FAIR_SKIN, spectrumToLab65(FAIR_SKIN))!;
    same.forEach((value, i) => {
      expect(value).toBeCloseTo(FAIR_SKIN[i]!, 9);
    });
    expect(same).toHaveLength(WAVELENGTHS_NM.length);
  });

  test('gives up on a colour outside the spectrum locus', () => {
    expect(adjustSpectrumToLab65(FAIR_SKIN, lab65(20, -120, 120))).toBeNull();
  });
});
