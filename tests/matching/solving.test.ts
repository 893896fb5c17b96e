import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyFactor } from '../../src/colour/cholesky.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { healedAppearance } from '../../src/matching/appearance.ts';
import { combineGaussians } from '../../src/matching/gaussian.ts';
import { appearanceCost, QuickCost } from '../../src/matching/matchCost.ts';
import { mixPigments } from '../../src/matching/mixShades.ts';
import { makeQuickModel } from '../../src/matching/screenShades.ts';
import { seededRandom } from '../../src/matching/seededRandom.ts';
import { appearanceAt, type DilutionRange, dilutionRange, makeShadeCurve } from '../../src/matching/shadeCurve.ts';
import { solveDilution, solveNear, tradeRatioFor } from '../../src/matching/solveDilution.ts';
import { carbon, FAIR, STUDIO, tableFor } from './fixtures.ts';

const table = tableFor(FAIR);
const range = dilutionRange(2, 30);

function nearest(costOf: (x: number) => number, guess: number, within: DilutionRange): { x: number; cost: number } {
  const spot = new Float64Array(2);
  const weigh = () => {
    spot[1] = costOf(spot[0]!);
  };
  solveNear({ spot, weigh }, guess, within);
  return { x: spot[0]!, cost: spot[1]! };
}

describe('dilution solver', () => {
  it('finds the floor of a smooth cost anywhere in the range', () => {
    fc.assert(
      fc.property(fc.double({ min: range.strongest, max: range.weakest, noNaN: true }), (at) => {
        expect(solveDilution((x) => Math.abs(x - at) ** 1.5, range).x).toBeCloseTo(at, 2);
      }),
      { seed: 20_261 },
    );
  });

  it('stays in the limits and takes one evaluation for a shade used as it is', () => {
    expect(solveDilution((x) => x, range).x).toBeCloseTo(range.strongest, 9);
    expect(solveDilution((x) => -x, range).x).toBeCloseTo(range.weakest, 9);
    let calls = 0;
    solveDilution(() => calls++, dilutionRange(0, 0));
    expect(calls).toBe(1);
  });

  it('near a guess finds what the whole search finds, and stays in the limits', () => {
    const inside = fc.double({ min: range.strongest, max: range.weakest, noNaN: true });
    const anywhere = fc.double({ min: range.strongest - 1, max: range.weakest + 1, noNaN: true });
    fc.assert(
      fc.property(inside, anywhere, (guess, at) => {
        const cost = (x: number) => Math.hypot(x - at, 0.4) + 0.2 * Math.abs(x - at - 0.1);
        const near = nearest(cost, guess, range);
        expect(near.cost).toBe(cost(near.x));
        expect(near.cost - solveDilution(cost, range).cost).toBeLessThan(0.04);
        expect(near.x).toBeGreaterThanOrEqual(range.strongest);
        expect(near.x).toBeLessThanOrEqual(range.weakest);
      }),
      { seed: 20_261 },
    );
    expect(nearest((x) => x, 9, dilutionRange(0, 0))).toEqual({ x: 0, cost: 0 });
  });

  it('takes the guess where every dilution costs the same', () => {
    const guess = (range.strongest + range.weakest) / 2;
    expect(nearest(() => 2, guess, range)).toEqual({ x: guess, cost: 2 });
  });

  it('prefers the weaker trade ratio unless it costs half a unit more', () => {
    const x = Math.log1p(11.2);
    expect(tradeRatioFor(() => 0, x, 2, 30)).toBe(12);
    expect(tradeRatioFor((at) => (at > x ? 0.49 : 0), x, 2, 30)).toBe(12);
    expect(tradeRatioFor((at) => (at > x ? 0.51 : 0), x, 2, 30)).toBe(11);
  });
});

describe('stand-ins for the full model', () => {
  it('a curve between its knots', () => {
    const curve = makeShadeCurve(table, carbon(14), STUDIO, range);
    for (const parts of [2, 3.3, 7.7, 12.4, 21, 30]) {
      const exact = healedAppearance(table, carbon(14), STUDIO, parts);
      const read = appearanceAt(curve, Math.log1p(parts));
      expect(deltaE00(exact.area, read.area)).toBeLessThan(0.05);
      expect(deltaE00(exact.dot, read.dot)).toBeLessThan(0.05);
    }
  });

  it('the screening bands', () => {
    const quick = makeQuickModel(table, STUDIO);
    const red = Float64Array.from({ length: 31 }, (_, i) => 1.6 / (1 + Math.exp((i - 18) / 2)) + 0.1);
    for (const pigment of [
      carbon(8),
      carbon(20, { scatterRatio: 0.6 }),
      carbon(12, { shape: red, scatterRatio: 0.3 }),
    ]) {
      const exact = healedAppearance(table, pigment, STUDIO, 8);
      const [L, a, b, dotL, dotA, dotB] = quick.at(quick.prepare(pigment), Math.log1p(8));
      expect(deltaE00(exact.area, lab65(L!, a!, b!))).toBeLessThan(0.4);
      expect(deltaE00(exact.dot, lab65(dotL!, dotA!, dotB!))).toBeLessThan(0.8);
    }
  });

  it('the tolerance ellipsoid of the cost, exact half a unit along every axis and pair of axes', () => {
    const goal = { area: lab65(60, 9, 12), dot: null, reach: 1, dotDarkening: 5 };
    const both = { ...goal, dot: lab65(54, 8, 9) };
    for (const [L, a, b] of [
      [0.5, 0, 0],
      [0, 0.5, 0],
      [0, 0, 0.5],
      [0.5, 0.5, 0],
      [0.5, 0, 0.5],
      [0, 0.5, 0.5],
    ] as const) {
      const seen = { area: lab65(60 + L, 9 + a, 12 + b), dot: lab65(54 + L, 8 + a, 9 + b) };
      const row = Float64Array.of(...seen.area, ...seen.dot);
      expect(new QuickCost(goal).of(row, new Float64Array(6))).toBeCloseTo(appearanceCost(goal, seen), 9);
      expect(new QuickCost(both).of(row, new Float64Array(6))).toBeCloseTo(appearanceCost(both, seen), 9);
      // A goal that has moved along sees nothing of the move; darker counts more.
      expect(new QuickCost(both).of(row, Float64Array.of(L, a, b, L, a, b))).toBeCloseTo(0, 9);
    }
    const darker = Float64Array.of(59.5, 9, 12);
    const lighter = Float64Array.of(60.5, 9, 12);
    const alone = (row: Float64Array) => new QuickCost(goal).of(row, new Float64Array(6));
    expect(alone(darker) / alone(lighter)).toBeCloseTo(1 + 0.6 / 4, 9);
    expect(alone(Float64Array.of(57, 9, 12)) / alone(Float64Array.of(63, 9, 12))).toBeCloseTo(1.6, 9);
  });

  it('the tolerance ellipsoid of the cost', () => {
    const goal = { area: lab65(60, 9, 12), dot: lab65(54, 8, 9), reach: 1, dotDarkening: 5 };
    const quick = new QuickCost(goal);
    const random = seededRandom(3);
    for (let i = 0; i < 50; i++) {
      const row = Float64Array.from([...goal.area, ...goal.dot], (value) => value + 1.5 * random.normal());
      const seen = { area: lab65(row[0]!, row[1]!, row[2]!), dot: lab65(row[3]!, row[4]!, row[5]!) };
      const exact = appearanceCost(goal, seen);
      expect(Math.abs(quick.of(row, new Float64Array(6)) - exact)).toBeLessThan(0.12 * exact + 0.05);
    }
  });
});

describe('gaussians', () => {
  it('follow the scalar rule of two measurements', () => {
    const joined = combineGaussians(
      { mean: Float64Array.of(10), covariance: Float64Array.of(4) },
      { mean: Float64Array.of(16), covariance: Float64Array.of(2) },
    );
    expect(joined.mean[0]).toBeCloseTo(14, 12);
    expect(joined.covariance[0]).toBeCloseTo(4 / 3, 12);
  });

  it('factor a covariance, also without variance in one direction', () => {
    const factor = choleskyFactor([4, 2, 0, 2, 5, 0, 0, 0, 0], 3);
    expect([...factor]).toEqual([2, 0, 0, 1, 2, 0, 0, 0, 0]);
    expect([...choleskyFactor([0, 0, 0, 9], 2)]).toEqual([0, 0, 0, 3]);
  });

  it('come from a source that repeats itself', () => {
    const [one, other] = [seededRandom(9), seededRandom(9)];
    const values = Array.from({ length: 4000 }, () => one.normal());
    expect(values.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => other.normal()));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(values.reduce((sum, value) => sum + value * value, 0) / values.length).toBeCloseTo(1, 1);
  });
});

describe('mixing pigments', () => {
  it('adds absorption and scattering by volume', () => {
    const mixed = mixPigments(carbon(10), carbon(2, { scatterRatio: 1, basis: 'ladder' }), 0.5);
    expect(mixed.neatTau).toBeCloseTo(6, 12);
    expect(mixed.scatterRatio * mixed.neatTau).toBeCloseTo(0.5 * (10 * 0.05) + 0.5 * 2, 12);
    expect(mixed.basis).toBe('ladder');
    expect(mixPigments(carbon(10), carbon(10), 0.3).neatTau).toBeCloseTo(10, 12);
  });
});
