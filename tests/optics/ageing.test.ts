import { describe, expect, test } from 'vitest';
import { AGED_YEARS, agedApplication } from '../../src/optics/ageing.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';

describe('ageing', () => {
  test('keeps between 80 and 97 % of the pigment a year, beside the model’s own 90 %', () => {
    const healed = { ...DEFAULT_APPLICATION, healedFraction: 0.5 };
    const [lightest, darkest] = (['lightest', 'darkest'] as const).map((end) => agedApplication(healed, end));
    expect(lightest!.healedFraction * 0.9 ** AGED_YEARS).toBeCloseTo(0.5 * 0.8 ** AGED_YEARS, 12);
    expect(darkest!.healedFraction * 0.9 ** AGED_YEARS).toBeCloseTo(0.5 * 0.97 ** AGED_YEARS, 12);
    expect(lightest).toEqual({ ...healed, healedFraction: lightest!.healedFraction, years: 3 });
  });

  test('never leaves more pigment than was set', () => {
    expect(agedApplication({ ...DEFAULT_APPLICATION, healedFraction: 0.95 }, 'darkest').healedFraction).toBe(1);
  });
});
