import { describe, expect, it } from 'vitest';
import { invertCovariance } from '../../src/colour/invertCovariance.ts';
import { type Lab65, type LabCovariance, lab65 } from '../../src/colour/lab65.ts';
import { poolColours } from '../../src/colour/poolColours.ts';
import { seededRandom } from '../fixtures/scenes/seededRandom.ts';

const round = (variance: number): LabCovariance => [variance, 0, 0, 0, variance, 0, 0, 0, variance];
const skewed: LabCovariance = [9, 1, -1, 1, 4, 0.5, -1, 0.5, 2];
const at = (L: number, a: number, b: number, covariance = round(4)) => ({ lab: lab65(L, a, b), covariance });

describe('invertCovariance', () => {
  it('undoes a covariance and refuses one without an inverse', () => {
    const inverse = invertCovariance(skewed);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const sum = [0, 1, 2].reduce((total, k) => total + skewed[3 * i + k]! * inverse[3 * k + j]!, 0);
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    }
    expect(() => invertCovariance([1, 1, 0, 1, 1, 0, 0, 0, 1])).toThrow('determinant');
  });
});

describe('poolColours', () => {
  it('gives one colour back as it is', () => {
    const { lab, covariance, outliers, agree } = poolColours([at(50, 10, 15, skewed)]);
    lab.forEach((value, i) => {
      expect(value).toBeCloseTo([50, 10, 15][i]!, 9);
    });
    covariance.forEach((value, i) => {
      expect(value).toBeCloseTo(skewed[i]!, 9);
    });
    expect([outliers, agree]).toEqual([[], true]);
  });

  it('weighs by certainty and does not depend on the order', () => {
    const colours = [at(50, 10, 15, round(1)), at(53, 10, 15, round(4)), at(51, 11, 14, skewed)];
    const one = poolColours(colours);
    const other = poolColours([...colours].reverse());
    expect(one.lab[0]).toBeGreaterThan(50);
    expect(one.lab[0]).toBeLessThan(51.5);
    one.lab.forEach((value, i) => {
      expect(other.lab[i]).toBeCloseTo(value, 9);
    });
  });

  it('gets surer with more photos, but never surer than what they share', () => {
    const sdOf = (n: number) => Math.sqrt(poolColours(Array.from({ length: n }, () => at(50, 10, 15))).covariance[0]);
    expect(sdOf(2)).toBeLessThan(sdOf(1));
    expect(sdOf(8)).toBeLessThan(sdOf(3));
    expect(sdOf(60)).toBeGreaterThan(Math.sqrt(2));
  });

  it('names the odd one of three, and nothing where all fit', () => {
    expect(poolColours([at(50, 10, 15), at(51, 10, 15), at(66, 10, 15)]).outliers).toEqual([2]);
    expect(poolColours([at(50, 10, 15), at(38, 22, 15), at(51, 9, 15), at(49, 10, 16)]).outliers).toEqual([1]);
    expect(poolColours([at(50, 10, 15), at(52, 11, 15), at(49, 9, 16)]).outliers).toEqual([]);
  });

  it('cannot tell which of two is wrong, says so and grows its sd', () => {
    const apart = poolColours([at(50, 10, 15), at(62, 10, 15)]);
    expect(apart.outliers).toEqual([]);
    expect(apart.agree).toBe(false);
    expect(apart.covariance[0]).toBeGreaterThan(2 * poolColours([at(50, 10, 15), at(50, 10, 15)]).covariance[0]);
  });

  it('states an sd that is true where half of the variance is shared', () => {
    const random = seededRandom(5);
    const draw = (): Lab65 => lab65(random.normal(), random.normal(), random.normal());
    const RUNS = 1500;
    let inside = 0;
    for (let run = 0; run < RUNS; run++) {
      const shared = draw();
      const colours = Array.from({ length: 3 }, () => {
        const own = draw();
        const part = (i: 0 | 1 | 2) => Math.SQRT2 * (shared[i] + own[i]);
        return at(50 + part(0), 10 + part(1), 15 + part(2));
      });
      const { lab, covariance } = poolColours(colours);
      const off = [lab[0] - 50, lab[1] - 10, lab[2] - 15];
      const inverse = invertCovariance(covariance);
      const squared = off.reduce((sum, x, i) => sum + off.reduce((s, y, j) => s + x * inverse[3 * i + j]! * y, 0), 0);
      if (squared <= 4.642) inside++;
    }
    expect(inside / RUNS).toBeGreaterThan(0.77);
    expect(inside / RUNS).toBeLessThan(0.87);
  });
});
