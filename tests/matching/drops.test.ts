import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropsForRatio, USUAL_CUPS_ML } from '../../src/matching/drops.ts';

const studio = { cupMl: 1.5, pigmentDropMl: 0.05, diluentDropMl: 0.05 };
const measures = fc.record({
  cupMl: fc.constantFrom(...USUAL_CUPS_ML),
  pigmentDropMl: fc.double({ min: 0.02, max: 0.09, noNaN: true }),
  diluentDropMl: fc.double({ min: 0.02, max: 0.09, noNaN: true }),
});
const parts = fc.double({ min: 0.1, max: 60, noNaN: true });

describe('whole drops for a ratio', () => {
  it('fills a 1.5 ml cup with 12:1 as 2 and 24', () => {
    const drops = dropsForRatio(12, studio);
    expect(drops).toMatchObject({ pigmentDrops: 2, diluentDrops: 24, cupMl: 1.5, fitsStudioCup: true, note: null });
    expect(drops.makesMl).toBeCloseTo(1.3, 9);
    expect(drops.ratioErrorPercent).toBeCloseTo(0, 9);
  });

  it('names the smallest cup that takes 20:1 when 1 ml does not', () => {
    const drops = dropsForRatio(20, { ...studio, cupMl: 1 });
    expect(drops).toMatchObject({ pigmentDrops: 1, diluentDrops: 20, cupMl: 1.5, fitsStudioCup: false });
    expect(drops.note).toBe('20:1 in whole drops does not fit a 1 ml cup; use a 1.5 ml cup.');
  });

  it('starts from the fewest drops within 3 %', () => {
    expect(dropsForRatio(7.3, studio)).toMatchObject({ pigmentDrops: 2, diluentDrops: 15 });
    expect(dropsForRatio(12.5, studio)).toMatchObject({ pigmentDrops: 2, diluentDrops: 25 });
  });

  it('counts parts by volume when drops differ in size', () => {
    // 10 parts to 1 with pigment drops twice as large as diluent drops: 20 drops to one.
    const drops = dropsForRatio(10, { cupMl: 1, pigmentDropMl: 0.06, diluentDropMl: 0.03 });
    expect(drops).toMatchObject({ pigmentDrops: 1, diluentDrops: 20 });
    expect(drops.actualParts).toBeCloseTo(10, 9);
  });

  it('fills the cup with pigment alone for a neat shade', () => {
    expect(dropsForRatio(0, { ...studio, cupMl: 0.5 })).toMatchObject({
      pigmentDrops: 10,
      diluentDrops: 0,
      actualParts: 0,
    });
  });

  it.each([
    [0.6, 1],
    [12, 12],
  ])('names a cup for one neat drop of %s ml that the studio cup cannot take', (pigmentDropMl, cupMl) => {
    const drops = dropsForRatio(0, { cupMl: 0.5, pigmentDropMl, diluentDropMl: 0.05 });
    expect(drops).toMatchObject({ pigmentDrops: 1, diluentDrops: 0, cupMl, fitsStudioCup: false });
    expect(drops.note).toBe(`One drop of pigment does not fit a 0.5 ml cup; use a ${cupMl} ml cup.`);
  });

  it('fills a cup to the brim and counts a ratio that is off by all but 3 %', () => {
    // 30 drops of .05 ml are 1.5 ml in decimals, and a little more in binary.
    expect(dropsForRatio(0, studio)).toMatchObject({ pigmentDrops: 30, note: null });
    expect(dropsForRatio(14, studio)).toMatchObject({ pigmentDrops: 2, diluentDrops: 28 });
    expect(dropsForRatio(100, { cupMl: 5.2, pigmentDropMl: 0.05, diluentDropMl: 0.05 }).diluentDrops).toBe(100);
    expect(dropsForRatio(1, { cupMl: 0.203, pigmentDropMl: 0.1, diluentDropMl: 0.103 })).toMatchObject({
      pigmentDrops: 1,
      diluentDrops: 1,
      fitsStudioCup: true,
      note: null,
    });
  });

  it('says on which side whole drops miss the ratio', () => {
    const big = { cupMl: 10, pigmentDropMl: 2, diluentDropMl: 2 };
    expect(dropsForRatio(0.6, big).note).toBe(
      'Whole drops come no closer to 0.6:1 than 11.11 % weaker; measure in ml with a syringe for the exact ratio.',
    );
    expect(dropsForRatio(0.4, { ...big, pigmentDropMl: 3, cupMl: 9 }).note).toContain('16.67 % stronger');
  });

  it('says how far off it is where no usual cup comes within 3 %', () => {
    const drops = dropsForRatio(0.13, { cupMl: 10, pigmentDropMl: 2.2, diluentDropMl: 2.1 });
    expect(Math.abs(drops.ratioErrorPercent)).toBeGreaterThan(3);
    expect(drops.note).toContain('syringe');
  });

  it('goes beyond the usual cups rather than promise an impossible one', () => {
    const drops = dropsForRatio(400, studio);
    expect(drops).toMatchObject({ pigmentDrops: 1, diluentDrops: 400, fitsStudioCup: false });
    expect(drops.makesMl).toBeLessThanOrEqual(drops.cupMl);
  });

  it.each([
    [-1, studio],
    [Number.NaN, studio],
    [5, { ...studio, cupMl: 0 }],
    [5, { ...studio, pigmentDropMl: Number.POSITIVE_INFINITY }],
  ])('refuses %s parts with %o', (wanted, measured) => {
    expect(() => dropsForRatio(wanted, measured)).toThrow(RangeError);
  });
});

describe('laws of drops', () => {
  it('are whole, fit the named cup and say their own error', () => {
    fc.assert(
      fc.property(parts, measures, (wanted, measured) => {
        const drops = dropsForRatio(wanted, measured);
        expect(Number.isInteger(drops.pigmentDrops) && drops.pigmentDrops >= 1).toBe(true);
        expect(Number.isInteger(drops.diluentDrops) && drops.diluentDrops >= 1).toBe(true);
        const volumeMl = drops.pigmentDrops * measured.pigmentDropMl + drops.diluentDrops * measured.diluentDropMl;
        expect(volumeMl).toBeLessThanOrEqual(drops.cupMl + 1e-6);
        expect(drops.makesMl).toBeCloseTo(volumeMl, 9);
        const actual = (drops.diluentDrops * measured.diluentDropMl) / (drops.pigmentDrops * measured.pigmentDropMl);
        expect(drops.ratioErrorPercent).toBeCloseTo(100 * (actual / wanted - 1), 6);
        if (Math.abs(drops.ratioErrorPercent) > 3) expect(drops.note).not.toBeNull();
        if (drops.cupMl !== measured.cupMl) expect(drops.note).toContain(`${drops.cupMl} ml cup`);
      }),
      { seed: 20_261, numRuns: 300 },
    );
  });

  it('use the studio cup whenever any whole drops in it come within 3 %', () => {
    fc.assert(
      fc.property(parts, measures, (wanted, measured) => {
        let possible = false;
        for (let p = 1; p * measured.pigmentDropMl < measured.cupMl; p++) {
          for (let d = 1; p * measured.pigmentDropMl + d * measured.diluentDropMl <= measured.cupMl; d++) {
            const actual = (d * measured.diluentDropMl) / (p * measured.pigmentDropMl);
            possible ||= Math.abs(actual / wanted - 1) <= 0.0299;
          }
        }
        if (possible) expect(dropsForRatio(wanted, measured).fitsStudioCup).toBe(true);
      }),
      { seed: 20_261, numRuns: 300 },
    );
  });

  it('do not change when cup and drops grow alike', () => {
    fc.assert(
      fc.property(parts, measures, fc.constantFrom(0.5, 2, 4), (wanted, measured, factor) => {
        const one = dropsForRatio(wanted, measured);
        const other = dropsForRatio(wanted, {
          cupMl: measured.cupMl * factor,
          pigmentDropMl: measured.pigmentDropMl * factor,
          diluentDropMl: measured.diluentDropMl * factor,
        });
        if (!one.fitsStudioCup || !other.fitsStudioCup || one.note || other.note) return;
        expect([other.pigmentDrops, other.diluentDrops]).toEqual([one.pigmentDrops, one.diluentDrops]);
      }),
      { seed: 20_261, numRuns: 300 },
    );
  });
});
