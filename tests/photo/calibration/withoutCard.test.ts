import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../../src/colour/deltaE00.ts';
import { type Lab65, lab65 } from '../../../src/colour/lab65.ts';
import { linearToSrgb8, SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import { type LinearRgb, lab65ToLinearSrgb, linearSrgbToLab65 } from '../../../src/colour/xyzLab.ts';
import { calibrateWhite } from '../../../src/photo/calibration/calibrateWhite.ts';
import { applyCorrection, type Correction } from '../../../src/photo/calibration/correction.ts';
import { estimateIlluminant } from '../../../src/photo/calibration/estimateIlluminant.ts';
import { evaluateCurve, makeMonotoneCurve } from '../../../src/photo/calibration/monotoneCurve.ts';
import { scaleToLightness } from '../../../src/photo/calibration/scaleToLightness.ts';
import { settleOnSkin } from '../../../src/photo/calibration/settleOnSkin.ts';
import { skinLocus } from '../../../src/photo/calibration/skinPrior.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { reducePhoto } from '../../../src/photo/workingImage.ts';

const TABLES = [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR] as const;

/** Left half one colour, right half another. */
function halves(left: LinearRgb, right: LinearRgb): RasterPhoto {
  const [widthPx, heightPx] = [80, 60];
  const data = new Uint8Array(3 * widthPx * heightPx);
  for (let i = 0; i < widthPx * heightPx; i++) {
    for (let c = 0; c < 3; c++) data[3 * i + c] = linearToSrgb8((i % widthPx < 40 ? left : right)[c]!);
  }
  return { widthPx, heightPx, data, toLinear: TABLES, toSrgb: null };
}

function correct(correction: Correction, [r, g, b]: LinearRgb) {
  const out: [number, number, number] = [0, 0, 0];
  applyCorrection(correction, r, g, b, out);
  return linearSrgbToLab65(out);
}

const cast = ([r, g, b]: LinearRgb): LinearRgb => [0.75 * r, 0.62 * g, 0.4 * b];
const skin = lab65(60, 11, 17);
const WHITE = lab65ToLinearSrgb(lab65(95.5, -0.5, 1.5));

describe('calibrateWhite', () => {
  it('brings the tapped white to white and skin near its colour', () => {
    const photo = halves(cast(lab65ToLinearSrgb(skin)), cast(WHITE));
    const result = calibrateWhite(photo, [60, 30], 'white');
    if (!result.usable) throw new Error(result.message);
    expect(deltaE00(correct(result.correction, cast(WHITE)), lab65(95.5, -0.5, 1.5))).toBeLessThan(0.5);
    expect(deltaE00(correct(result.correction, cast(lab65ToLinearSrgb(skin))), skin)).toBeLessThan(5);
  });

  it('takes a box as well as a tap, and a grey card', () => {
    const grey = lab65ToLinearSrgb(lab65(49.5, 0, 0));
    const result = calibrateWhite(halves(cast(grey), cast(WHITE)), [5, 5, 20, 20], 'grey');
    if (!result.usable) throw new Error(result.message);
    expect(deltaE00(correct(result.correction, cast(grey)), lab65(49.5, 0, 0))).toBeLessThan(0.7);
  });

  it.each([
    ['outside', [500, 30]],
    ['clipped', [10, 30]],
    ['uneven', [40, 30]],
  ] as const)('refuses a spot that is %s', (reason, at) => {
    const photo = halves([1, 1, 1], [0.4, 0.4, 0.4]);
    const darker = reason === 'uneven' ? halves([0.9, 0.9, 0.9], [0.3, 0.3, 0.3]) : photo;
    expect(calibrateWhite(darker, at, 'white')).toMatchObject({ usable: false, reason });
  });

  it('refuses what is too dark or too colourful to be white', () => {
    const photo = halves([0.02, 0.02, 0.02], [0.8, 0.3, 0.05]);
    expect(calibrateWhite(photo, [10, 30], 'white')).toMatchObject({ usable: false, reason: 'dark' });
    expect(calibrateWhite(photo, [60, 30], 'paper')).toMatchObject({ usable: false, reason: 'coloured' });
  });
});

describe('estimateIlluminant', () => {
  const mask = Uint8Array.from({ length: 80 * 60 }, (_, i) => (i % 80 < 40 ? 1 : 0));
  const estimate = (camera: (rgb: LinearRgb) => LinearRgb) =>
    estimateIlluminant(reducePhoto(halves(camera(lab65ToLinearSrgb(skin)), camera([0.3, 0.3, 0.3])), 80), mask);

  it('takes most of a warm and of a cool cast out and leaves the exposure alone', () => {
    for (const camera of [cast, ([r, g, b]: LinearRgb): LinearRgb => [0.5 * r, 0.62 * g, 0.8 * b]]) {
      const seen = camera(lab65ToLinearSrgb(skin));
      const { correction } = estimate(camera);
      const [before, after] = [linearSrgbToLab65(seen), correct(correction, seen)];
      expect(Math.hypot(after[1] - skin[1], after[2] - skin[2])).toBeLessThan(
        0.6 * Math.hypot(before[1] - skin[1], before[2] - skin[2]),
      );
      expect(after[0]).toBeCloseTo(before[0], 0);
    }
  });

  it('does little harm where there is no cast', () => {
    const { correction, castDeg } = estimate((rgb) => rgb);
    expect(castDeg).toBeLessThan(2.5);
    expect(deltaE00(correct(correction, lab65ToLinearSrgb(skin)), skin)).toBeLessThan(2.5);
  });

  it('does not turn a photo of skin alone grey', () => {
    const seen = lab65ToLinearSrgb(skin);
    const all = new Uint8Array(80 * 60).fill(1);
    const { correction } = estimateIlluminant(reducePhoto(halves(seen, seen), 80), all);
    const [, a, b] = correct(correction, seen);
    expect(Math.hypot(a, b)).toBeGreaterThan(0.8 * Math.hypot(skin[1], skin[2]));
  });

  it('keeps the colours when nothing can be told', () => {
    const dark = halves([0, 0, 0], [0, 0, 0]);
    const { correction } = estimateIlluminant(reducePhoto(dark, 80), new Uint8Array(80 * 60).fill(2));
    expect(correction.matrix).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });
});

describe('settleOnSkin', () => {
  const identity: Correction = { curves: null, matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] };

  it('draws a skin that is off its locus about half the way, keeping lightness and every grey', () => {
    const odd = lab65(60, 20, 6);
    const settled = settleOnSkin(identity, lab65ToLinearSrgb(odd));
    const [L, a, b] = correct(settled, lab65ToLinearSrgb(odd));
    const [, usualA, usualB] = skinLocus(60);
    expect(L).toBeCloseTo(60, 6);
    expect(a).toBeGreaterThan(usualA + 0.3 * (20 - usualA));
    expect(a).toBeLessThan(20 - 0.3 * (20 - usualA));
    expect(b).toBeGreaterThan(6 + 0.4 * (usualB - 6));
    expect(b).toBeLessThan(usualB);
    expect(deltaE00(correct(settled, [0.4, 0.4, 0.4]), correct(identity, [0.4, 0.4, 0.4]))).toBeLessThan(1e-6);
  });

  it('leaves skin on its locus, and a photo of grey, as they are', () => {
    const usual = lab65ToLinearSrgb(skinLocus(55));
    expect(deltaE00(correct(settleOnSkin(identity, usual), usual), skinLocus(55))).toBeLessThan(1e-6);
    expect(settleOnSkin(identity, [0.3, 0.3, 0.3])).toEqual(identity);
  });

  it('goes on from curves and root terms', () => {
    const curve = makeMonotoneCurve([0, 0.5, 1], [0, 0.55, 1.05]);
    const roots: Correction = {
      curves: [curve, curve, curve],
      matrix: [0.9, 0, 0, 0.1, 0, 0, 0, 0.9, 0, 0, 0.1, 0, 0, 0, 0.9, 0, 0, 0.1],
    };
    const seen = lab65ToLinearSrgb(lab65(52, 20, 6));
    const before = correct(roots, seen);
    const after = correct(settleOnSkin(roots, seen), seen);
    expect(after[0]).toBeCloseTo(before[0], 6);
    expect(Math.abs(after[1] - skinLocus(after[0])[1])).toBeLessThan(
      0.7 * Math.abs(before[1] - skinLocus(before[0])[1]),
    );
  });
});

describe('scaleToLightness', () => {
  it('is what the same change of light does to Lab', () => {
    const [fair, middle] = [lab65(70, 10, 12), lab65(50, 10, 12)];
    const brighter = (lab: Lab65) =>
      linearSrgbToLab65(lab65ToLinearSrgb(lab).map((v) => 1.02 * v) as never)[0] - lab[0];
    const [variance] = scaleToLightness({ at50: [brighter(middle) ** 2, 0, 0, 0, 1, 0, 0, 0, 1] }, 70);
    expect(Math.sqrt(variance)).toBeCloseTo(brighter(fair), 6);
    expect(scaleToLightness({ at50: [4, 0, 0, 0, 1, 0, 0, 0, 1], shadowSlope: 0.1 }, 30)[0]).toBeCloseTo(16, 9);
  });
});

describe('makeMonotoneCurve', () => {
  it('rises everywhere and meets its knots', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })),
          { minLength: 2, maxLength: 8 },
        ),
        (steps) => {
          const x = [0];
          const y = [0];
          for (const [dx, dy] of steps) {
            x.push(x.at(-1)! + dx);
            y.push(y.at(-1)! + dy);
          }
          const curve = makeMonotoneCurve(x, y);
          for (const [i, at] of x.entries()) expect(evaluateCurve(curve, at)).toBeCloseTo(y[i]!, 9);
          let last = evaluateCurve(curve, -0.1);
          for (let t = -0.1; t < x.at(-1)! + 0.5; t += 0.01) {
            const value = evaluateCurve(curve, t);
            expect(value).toBeGreaterThanOrEqual(last - 1e-12);
            last = value;
          }
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });
});
