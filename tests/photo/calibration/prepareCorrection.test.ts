import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyCorrection, type Correction } from '../../../src/photo/calibration/correction.ts';
import { makeMonotoneCurve } from '../../../src/photo/calibration/monotoneCurve.ts';
import { prepareCorrection } from '../../../src/photo/calibration/prepareCorrection.ts';
import { floatsAt, giveBack, markRoom, placeFloats } from '../../../src/photo/kernels.ts';

const curve = makeMonotoneCurve([0, 0.18, 0.4, 0.62, 0.95], [0, 0.22, 0.41, 0.66, 0.98]);
const linear = [1.1, 0.05, -0.1, -0.02, 0.9, 0.08, 0.01, -0.1, 1.3];
const polynomial = [
  1.1, 0.05, -0.1, 0.2, -0.1, 0.05, -0.02, 0.9, 0.08, 0.1, 0.15, -0.2, 0.01, -0.1, 1.3, -0.3, 0.2, 0.1,
];
const corrections: Correction[] = [null, [curve, curve, curve] as const].flatMap((curves) =>
  [linear, polynomial].map((matrix) => ({ curves, matrix })),
);

it('gives the colours of the correction it was made from, below black and above white too', () => {
  const value = fc.double({ min: -0.2, max: 2.5, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...corrections), value, value, value, (correction, r, g, b) => {
      const wanted = new Float64Array(3);
      applyCorrection(correction, r, g, b, wanted);
      const found = Float32Array.of(0.5, 0.4, 0.3, r, g, b).subarray(3);
      prepareCorrection(correction)(found);
      for (let c = 0; c < 3; c++) expect(Math.abs(found[c]! - wanted[c]!)).toBeLessThan(1e-5);
    }),
    { seed: 3 },
  );
});

it.each(corrections)(
  'gives every pixel the same colour whether it is one of many or not, and whose memory it lies in',
  (correction) => {
    const pixels = Float32Array.from({ length: 3 * 1001 }, (_, i) => ((i * 37) % 1000) / 900 - 0.05);
    const correct = prepareCorrection(correction);
    const many = pixels.slice();
    correct(many);
    const mark = markRoom();
    const placed = placeFloats(pixels);
    correct(floatsAt(placed, pixels.length));
    expect(floatsAt(placed, pixels.length)).toEqual(many);
    giveBack(mark);
    for (const i of [0, 3 * 500, 3 * 1000]) {
      const one = pixels.slice(i, i + 3);
      correct(one);
      for (let c = 0; c < 3; c++) expect(many[i + c]).toBeCloseTo(one[c]!, 6);
    }
  },
);
