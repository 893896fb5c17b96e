import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { rangeCost, stockCost } from '../../src/matching/candidate.ts';
import { appearanceCost } from '../../src/matching/matchCost.ts';
import { goalFor, matchDotLightness } from '../../src/matching/matchGoal.ts';
import { metamerismOf } from '../../src/matching/recommend.ts';
import { screenShades } from '../../src/matching/screenShades.ts';
import { dilutionRange } from '../../src/matching/shadeCurve.ts';
import { believeTarget } from '../../src/matching/targetBelief.ts';
import { carbon, DARK_BROWN, FAIR, isotropic, prepared, STUDIO, stubbleTarget, tableFor } from './fixtures.ts';

const table = tableFor(FAIR);

describe('place in the range', () => {
  const range = dilutionRange(4, 24, 10);

  it('costs nothing at the everyday mix, .3 at either end and a quarter of it half-way', () => {
    expect(rangeCost(range, range.usual)).toBe(0);
    expect(rangeCost(range, range.strongest)).toBeCloseTo(0.3, 12);
    expect(rangeCost(range, range.weakest)).toBeCloseTo(0.3, 12);
    expect(rangeCost(range, (range.usual + range.weakest) / 2)).toBeCloseTo(0.075, 12);
  });

  it('has no cost towards an end that is itself the everyday mix, and a fixed one without any range', () => {
    expect(rangeCost(dilutionRange(4, 24, 4), Math.log1p(4))).toBe(0);
    expect(rangeCost(dilutionRange(0, 0), 0)).toBe(0.15);
  });

  it('takes the middle for the everyday mix where none is named, and keeps a named one inside', () => {
    expect(dilutionRange(4, 24).usual).toBeCloseTo((Math.log(5) + Math.log(25)) / 2, 12);
    expect(dilutionRange(4, 24, 40).usual).toBe(Math.log(25));
    expect(dilutionRange(4, 24, 1).usual).toBe(Math.log(5));
  });
});

describe('the cost of a look', () => {
  const goal = { area: lab65(60, 9, 12), dot: lab65(54, 8, 9), reach: 1, dotDarkening: 5 };
  const cost = (areaL: number, dotL: number) =>
    appearanceCost(goal, { area: lab65(areaL, 9, 12), dot: lab65(dotL, 8, 9) });

  it('is none at the goal, weighs area 6 to dot 4, and counts dark 1.6 times', () => {
    expect(cost(60, 54)).toBe(0);
    expect(cost(62, 54)).toBeCloseTo((0.6 / 0.8) * deltaE00(lab65(60, 9, 12), lab65(62, 9, 12)), 9);
    expect(cost(60, 56)).toBeCloseTo((0.4 / 0.8) * deltaE00(lab65(54, 8, 9), lab65(56, 8, 9)), 9);
    expect(cost(58, 54) / deltaE00(lab65(60, 9, 12), lab65(58, 9, 12))).toBeCloseTo((0.6 / 0.8) * 1.6, 9);
    expect(cost(59, 54) / deltaE00(lab65(60, 9, 12), lab65(59, 9, 12))).toBeCloseTo((0.6 / 0.8) * 1.3, 9);
    expect(stockCost('expired')).toBe(stockCost('none'));
  });
});

describe('the goal', () => {
  it('is the weakest look where a stub is all but as light as the skin', () => {
    const faint = lab65(FAIR[0] - 1e-4, FAIR[1], FAIR[2]);
    const seen = matchDotLightness(table, STUDIO, faint);
    expect(seen.dot[0]).toBeLessThan(FAIR[0]);
    expect(seen.dot[0]).toBeGreaterThan(FAIR[0] - 0.5);
  });

  it('is found to the ten-thousandth of L*, and the darkest look where nothing is dark enough', () => {
    const dot = lab65(FAIR[0] - 7, FAIR[1], FAIR[2]);
    expect(Math.abs(matchDotLightness(table, STUDIO, dot).dot[0] - dot[0])).toBeLessThan(1e-4);
    expect(matchDotLightness(table, STUDIO, lab65(2, 0, 0)).dot[0]).toBeGreaterThan(2);
  });

  it('goes towards the target as far as the density allows', () => {
    const target = stubbleTarget(FAIR, DARK_BROWN);
    const sparse = goalFor(table, { ...STUDIO, densityPerCm2: 30 }, target);
    expect(sparse.reach).toBeLessThan(1);
    expect((FAIR[0] - sparse.area[0]) / (FAIR[0] - target.area[0])).toBeCloseTo(sparse.reach, 9);
    expect(FAIR[0] - sparse.area[0]).toBeCloseTo(sparse.dotDarkening, 9);
    expect(goalFor(table, { ...STUDIO, densityPerCm2: 400 }, target)).toMatchObject({ reach: 1, area: target.area });
  });
});

describe('screening', () => {
  it('keeps the nearest shades and breaks ties by code, whatever the order', () => {
    const shades = Array.from({ length: 40 }, (_, i) => {
      const shade = prepared(`T-${String(i).padStart(2, '0')}`, carbon(4 + 6 * Math.floor(i / 2)));
      return { prepared: shade, range: dilutionRange(4, 24), fixedCost: 0 };
    });
    const goal = goalFor(table, STUDIO, stubbleTarget(FAIR, DARK_BROWN));
    const kept = (list: typeof shades) =>
      screenShades({ table, hand: STUDIO, goal }, list, 3).map(({ prepared: { shade } }) => shade.code);
    expect(kept(shades)).toEqual(kept([...shades].reverse()));
    const [first, second] = kept(shades).map((code) => Number(code.slice(2)));
    expect([first! % 2, second]).toEqual([0, first! + 1]);
    expect(kept([])).toEqual([]);
  });
});

describe('what cannot be said', () => {
  it('is no metamerism without a spectrum of the goal, or of two equal ones', () => {
    const ratio = new Float64Array(31).fill(1);
    expect(metamerismOf({ table, goalSpectrum: null }, ratio)).toBe(0);
    expect(metamerismOf({ table, goalSpectrum: table.bare }, ratio)).toBeCloseTo(0, 9);
  });

  it('is the error of a skin that is given as exact: nothing of it is shared', () => {
    const target = { ...stubbleTarget(FAIR, DARK_BROWN), basis: 'chosen' as const };
    const belief = (variance: number) =>
      believeTarget(table, { lab: FAIR, covariance: isotropic(variance) }, target, {
        method: 'card',
        expectedDeltaE00: 0.5,
      });
    expect(belief(0).area).toEqual(target.area);
    // Nothing shared leaves all of the target's .1; a shared calibration error of .25 leaves a twentieth of .1 + .1.
    const [exact, shared] = [belief(0).spread.covariance[0]!, belief(0.1).spread.covariance[0]!];
    expect(exact - shared).toBeCloseTo(0.1 - 0.05 * 0.2, 9);
  });

  it('is the light on a round head: skin and hair share it, so their difference is known all the same', () => {
    const light = isotropic(9);
    const own = isotropic(0.1);
    const plain = { ...stubbleTarget(FAIR, DARK_BROWN), covariance: light, dotCovariance: light };
    const calibration = { method: 'card' as const, expectedDeltaE00: 1.5 };
    const spreadOf = (isShareKnown: boolean) => {
      const skin = { lab: FAIR, covariance: light, ...(isShareKnown ? { ownCovariance: own } : {}) };
      const target = isShareKnown ? { ...plain, ownCovariance: own, dotOwnCovariance: own } : plain;
      return believeTarget(table, skin, target, calibration);
    };
    const measured = FAIR[0] - plain.area[0];
    expect(Math.abs(FAIR[0] - spreadOf(true).area[0] - measured)).toBeLessThan(0.2 * measured);
    expect(Math.sqrt(spreadOf(true).spread.covariance[0]!)).toBeLessThan(0.7);
    expect(Math.sqrt(spreadOf(false).spread.covariance[0]!)).toBeGreaterThan(
      1.5 * Math.sqrt(spreadOf(true).spread.covariance[0]!),
    );
  });
});
