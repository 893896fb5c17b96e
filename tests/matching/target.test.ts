import { describe, expect, it } from 'vitest';
import { lab65 } from '../../src/colour/lab65.ts';
import { brownLineFibre, HAIR_COLOURS } from '../../src/matching/hairColours.ts';
import { matchDotLightness } from '../../src/matching/matchGoal.ts';
import { skinTypeDoubt } from '../../src/matching/skinTypeDoubt.ts';
import { DENSE_SHAVE, FRESH_SHAVE, stubbleAppearance } from '../../src/matching/stubbleAppearance.ts';
import { buildTarget, type HairEvidence } from '../../src/matching/target.ts';
import { barShare, discShare, erf } from '../../src/matching/viewing.ts';
import { DARK, DARK_BROWN, FAIR, isotropic, tableFor, WHITE_HAIR } from './fixtures.ts';

const table = tableFor(FAIR);
const measured = (lab: typeof FAIR, variance = 0.2) => ({ lab, covariance: isotropic(variance) });
const none: HairEvidence = { kind: 'none', apparent: null, fibre: null, greyPercent: null };

describe('stubble on skin', () => {
  it('darkens and greys with darker fibres', () => {
    const seen = [0, 0.25, 0.5, 0.75, 1].map((at) => stubbleAppearance(table, brownLineFibre(at), FRESH_SHAVE));
    for (let i = 1; i < seen.length; i++) {
      expect(seen[i]!.area[0]).toBeGreaterThan(seen[i - 1]!.area[0]);
      expect(seen[i]!.dot[0]).toBeGreaterThan(seen[i - 1]!.dot[0]);
    }
    expect(seen[0]!.area[1]).toBeLessThan(FAIR[1]);
    expect(seen[0]!.dot[0]).toBeLessThan(seen[0]!.area[0]);
  });

  it('darkens with density and lightens dark skin when the hair is white', () => {
    const fresh = stubbleAppearance(table, DARK_BROWN, FRESH_SHAVE).area[0];
    expect(stubbleAppearance(table, DARK_BROWN, DENSE_SHAVE).area[0]).toBeLessThan(fresh);
    expect(stubbleAppearance(tableFor(DARK), WHITE_HAIR, FRESH_SHAVE).area[0]).toBeGreaterThan(DARK[0]);
  });
});

describe('viewing from half a metre', () => {
  it('follows the error function and keeps wide things whole', () => {
    expect(erf(0.5)).toBeCloseTo(0.5204999, 6);
    expect(erf(-1)).toBeCloseTo(-0.8427008, 6);
    expect(barShare(5, 5)).toBeCloseTo(1, 6);
    expect(barShare(0.08, 0.35)).toBeLessThan(0.45);
    expect(discShare(0.5, 0.05)).toBeGreaterThan(discShare(0.2, 0.05));
  });
});

describe('target colour', () => {
  it('is the measured stubble itself', () => {
    const apparent = stubbleAppearance(table, DARK_BROWN, FRESH_SHAVE).area;
    const hair: HairEvidence = {
      kind: 'stubble',
      apparent: measured(apparent),
      fibre: measured(DARK_BROWN),
      greyPercent: 0,
    };
    const target = buildTarget({ table, hair })!;
    expect(target.area).toEqual(apparent);
    expect(target.basis).toBe('stubble');
    expect(target.dot).toEqual(stubbleAppearance(table, DARK_BROWN, FRESH_SHAVE).dot);
    expect(target.dotCovariance![0]).toBeGreaterThan(0);
  });

  it('infers the fibre of stubble that could not be un-mixed', () => {
    const fibre = brownLineFibre(0.4);
    const seen = stubbleAppearance(table, fibre, FRESH_SHAVE);
    const hair: HairEvidence = { kind: 'stubble', apparent: measured(seen.area), fibre: null, greyPercent: null };
    expect(buildTarget({ table, hair })!.dot![0]).toBeCloseTo(seen.dot[0], 1);
  });

  it('takes hair that is far darker than a fresh shave as grown, and says so', () => {
    const hair: HairEvidence = {
      kind: 'stubble',
      apparent: measured(lab65(35, 6, 8)),
      fibre: measured(DARK_BROWN),
      greyPercent: 0,
    };
    const target = buildTarget({ table, hair })!;
    const dense = stubbleAppearance(table, DARK_BROWN, DENSE_SHAVE).area;
    expect(target.area[0]).toBeGreaterThan(35);
    expect(target.area[0]).toBeLessThan(dense[0]);
    expect(target.why).toContain('longer or denser than the fresh shave');
  });

  it('shaves longer hair in the model', () => {
    const hair: HairEvidence = { kind: 'long', apparent: null, fibre: measured(DARK_BROWN, 4), greyPercent: 0 };
    const target = buildTarget({ table, hair })!;
    expect(target.basis).toBe('hair');
    expect(target.area).toEqual(stubbleAppearance(table, DARK_BROWN, FRESH_SHAVE).area);
    expect(target.why).toContain('dark brown hair');
  });

  it('puts a grey mix between dark and grey and explains it', () => {
    const hair: HairEvidence = { kind: 'short', apparent: null, fibre: measured(DARK_BROWN), greyPercent: 40 };
    const mixed = buildTarget({ table, hair })!;
    const dark = buildTarget({ table, hair: { ...hair, greyPercent: 0 } })!;
    const grey = buildTarget({ table, hair: { ...hair, greyPercent: 100 } })!;
    expect(mixed.area[0]).toBeGreaterThan(dark.area[0]);
    expect(mixed.area[0]).toBeLessThan(grey.area[0]);
    expect(mixed.why).toContain('About 40 % of the hair is grey');
    expect(dark.why).not.toContain('grey');
  });

  it('takes hair whose grey was not counted as without grey', () => {
    const hair: HairEvidence = { kind: 'short', apparent: null, fibre: measured(DARK_BROWN), greyPercent: null };
    const stubble: HairEvidence = { ...hair, kind: 'stubble', apparent: measured(lab65(60, 9, 12)) };
    for (const evidence of [hair, stubble]) {
      const counted = buildTarget({ table, hair: { ...evidence, greyPercent: 0 } });
      expect(buildTarget({ table, hair: evidence })).toEqual(counted);
    }
  });

  it('needs a chosen colour where there is no hair, and says what it did', () => {
    expect(buildTarget({ table, hair: none })).toBeNull();
    const target = buildTarget({ table, hair: none, chosenHair: 'darkBrown' })!;
    expect(target.basis).toBe('chosen');
    expect(target.why).toContain('No hair could be measured');
    expect(() => buildTarget({ table, hair: none, chosenHair: 'teal' })).toThrow(/black, darkBrown/);
  });

  it('takes a chosen colour before what was taken for hair', () => {
    const hair: HairEvidence = { kind: 'short', apparent: measured(DARK_BROWN), fibre: null, greyPercent: null };
    const target = buildTarget({ table, hair, chosenHair: 'lightBlond' })!;
    expect(target.area).toEqual(buildTarget({ table, hair: none, chosenHair: 'lightBlond' })!.area);
    expect(target.why).toContain('chosen instead of measured');
  });

  it.each(['eyebrow', 'beard'] as const)('shaves a patch of %s in the model, says so, and is less sure', (hairFrom) => {
    const hair: HairEvidence = {
      kind: 'short',
      apparent: measured(DARK_BROWN),
      fibre: measured(DARK_BROWN),
      greyPercent: 0,
    };
    const target = buildTarget({ table, hair, hairFrom })!;
    expect(target.area).toEqual(stubbleAppearance(table, DARK_BROWN, FRESH_SHAVE).area);
    expect(target.why).toContain(hairFrom);
    expect(target.covariance[0]).toBeGreaterThan(buildTarget({ table, hair })!.covariance[0]);
  });

  it('matches earlier work as it looks, and names dots that are blue', () => {
    const hand = { densityPerCm2: 100, diameterMm: 0.3 };
    const neutral = matchDotLightness(table, hand, lab65(48, 8, 10));
    // The dot's middle before the eye's blur: as much farther from the skin as the blur takes away.
    const middle = (b: number) => {
      const share = discShare(0.3, table.gapMm);
      const at = (i: 0 | 1 | 2, to: number) => table.skin[i] + (to - table.skin[i]) / share;
      return lab65(at(0, neutral.dot[0]), at(1, neutral.dot[1]), at(2, neutral.dot[2] + b));
    };
    const work = (b: number) =>
      buildTarget({
        table,
        hairFrom: 'smp',
        hair: {
          kind: 'stubble',
          apparent: measured(neutral.area),
          fibre: null,
          greyPercent: null,
          markPeak: measured(middle(b)),
        },
      })!;
    expect(work(0)).toMatchObject({ basis: 'earlierWork', area: neutral.area });
    expect(work(0).why).not.toContain('bluish');
    expect(work(-6).why).toContain('bluish');
    expect(buildTarget({ table, hair: none, hairFrom: 'smp' })).toBeNull();
    const unresolved: HairEvidence = { ...none, kind: 'stubble', apparent: measured(neutral.area) };
    const blurred = buildTarget({ table, hairFrom: 'smp', hair: unresolved })!;
    expect(blurred).toMatchObject({ dot: null, area: neutral.area });
    expect(blurred).not.toHaveProperty('dotCovariance');
  });

  it('gives every listed colour its source', () => {
    expect(new Set(HAIR_COLOURS.map(({ key }) => key)).size).toBe(HAIR_COLOURS.length);
    for (const colour of HAIR_COLOURS) expect(colour.source).toMatch(/tress measured|estimate of this project/);
  });
});

describe('skin type', () => {
  it('is doubted only far from the measured skin', () => {
    expect(skinTypeDoubt(undefined, DARK)).toBeNull();
    for (const type of [1, 2, 3] as const) expect(skinTypeDoubt(type, FAIR)).toBeNull();
    expect(skinTypeDoubt(6, FAIR)!.reason).toContain('lighter than skin type 6');
    expect(skinTypeDoubt(1, DARK)!.reason).toContain('darker than skin type 1');
  });
});
