import { describe, expect, test } from 'vitest';
import { itaClass, itaDegrees } from '../../src/colour/ita.ts';
import { lab65 } from '../../src/colour/lab65.ts';

describe('individual typology angle', () => {
  test('is the angle above L* 50 against b*', () => {
    expect(itaDegrees(lab65(65.7, 10.7, 13.4))).toBeCloseTo(49.52, 2);
    expect(itaDegrees(lab65(50, 12, 18))).toBeCloseTo(0, 9);
    expect(itaDegrees(lab65(37.2, 10.2, 13))).toBeCloseTo(-44.56, 2);
  });

  test('does not fall over at b* 0 or below', () => {
    expect(itaDegrees(lab65(60, 0, 0))).toBeCloseTo(90, 4);
    expect(itaDegrees(lab65(60, 0, -5))).toBeCloseTo(90, 4);
  });

  // Chardon, Cretois & Hourseau 1991; the upper bound belongs to the darker class.
  test.each([
    [55.01, 'very light'],
    [55, 'light'],
    [41, 'intermediate'],
    [28, 'tan'],
    [10, 'brown'],
    [-29.99, 'brown'],
    [-30, 'dark'],
  ] as const)('%d degrees is %s', (degrees, name) => {
    expect(itaClass(degrees)).toBe(name);
  });
});
