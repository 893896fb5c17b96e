import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deltaE00, weightedDeltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { SHARMA_PAIRS } from '../fixtures/sharmaPairs.ts';

const lab = fc
  .tuple(
    fc.double({ min: 0, max: 100, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
  )
  .map(([L, a, b]) => lab65(L, a, b));

describe('CIEDE2000', () => {
  test.each(SHARMA_PAIRS)('%j to %j is %d', (one, other, expected) => {
    expect(Math.abs(deltaE00(lab65(...one), lab65(...other)) - expected)).toBeLessThan(1e-4);
  });

  test('is symmetric and zero only for equal colours', () => {
    fc.assert(
      fc.property(lab, lab, (one, other) => {
        expect(deltaE00(one, other)).toBeCloseTo(deltaE00(other, one), 9);
        expect(deltaE00(one, one)).toBe(0);
      }),
      { seed: 1 },
    );
  });

  test('weights divide their own term', () => {
    const lighter = lab65(60, 0, 0);
    const darker = lab65(50, 0, 0);
    expect(weightedDeltaE00(2, 1, 1)(lighter, darker)).toBeCloseTo(deltaE00(lighter, darker) / 2, 9);
    expect(weightedDeltaE00(1, 2, 2)(lighter, darker)).toBeCloseTo(deltaE00(lighter, darker), 9);
  });
});
