import { describe, expect, it } from 'vitest';
import { lab65 } from '../../src/colour/lab65.ts';
import { healedAppearance } from '../../src/matching/appearance.ts';
import type { MatchOutput, PreparedShade, Target } from '../../src/matching/matchTypes.ts';
import { rankShades } from '../../src/matching/rankShades.ts';
import {
  carbon,
  DARK,
  DARK_BROWN,
  FAIR,
  isotropic,
  LADDER,
  LIGHT_BROWN,
  matchInput,
  prepared,
  STUDIO,
  stubbleTarget,
  tableFor,
  WHITE_HAIR,
} from './fixtures.ts';

const rank = (changes: Parameters<typeof matchInput>[2] = {}, skin = FAIR, fibre = DARK_BROWN): MatchOutput =>
  rankShades(matchInput(skin, fibre, changes), tableFor(skin));
const codes = (output: MatchOutput): string[] => output.recommendations.map(({ code }) => code);

describe('ranking', () => {
  it('recommends a mid-dark shade at a trade ratio for dark brown stubble on fair skin', () => {
    const output = rank();
    const top = output.recommendations[0]!;
    expect(output.outcome).not.toBe('noGoodMatch');
    expect(['T-2', 'T-3', 'T-4']).toContain(top.code);
    expect(top.dilution.partsDiluent).toBeGreaterThanOrEqual(7);
    expect(top.dilution.partsDiluent).toBeLessThanOrEqual(18);
    expect(top.deltaE00).toBeLessThan(2);
    expect(top.dilution.diluent).toBe('SD-1');
  });

  it('is byte-equal on every run and does not depend on the order of the shades', () => {
    const once = JSON.stringify(rank());
    expect(JSON.stringify(rank())).toBe(once);
    expect(JSON.stringify(rank({ shades: [...LADDER].reverse() }))).toBe(once);
  });

  it('finds the shade and ratio that a target was rendered with', () => {
    const table = tableFor(FAIR);
    const seen = healedAppearance(table, LADDER[2]!.pigment, STUDIO, 10);
    const target: Target = { ...seen, why: 'rendered', basis: 'chosen', covariance: isotropic(0.01) };
    const top = rank({ target }).recommendations[0]!;
    expect(top.deltaE00).toBeLessThan(0.3);
    const strength =
      LADDER.find(({ shade }) => shade.code === top.code)!.pigment.neatTau / (1 + top.dilution.partsDiluent);
    expect(strength).toBeGreaterThan(0.85 * (16 / 11));
    expect(strength).toBeLessThan(1.1 * (16 / 11));
  });

  it('predicts fresh work darker and aged work within a range around healed', () => {
    for (const { predicted } of rank().recommendations) {
      expect(predicted.fresh[0]).toBeLessThan(predicted.healed[0]);
      expect(predicted.aged.lightest[0]).toBeGreaterThan(predicted.aged.darkest[0]);
      expect(predicted.dot[0]).toBeLessThan(predicted.healed[0]);
    }
  });

  it('never suggests a discontinued shade and names its replacement', () => {
    const shades = LADDER.map((entry) => {
      if (entry.shade.code !== 'T-3') return entry;
      return { ...entry, shade: { ...entry.shade, status: 'discontinued' as const, replacement: 'T-4' } };
    });
    const output = rank({ shades });
    expect(codes(output)).not.toContain('T-3');
    const usual = rank().recommendations[0]!.code;
    if (usual === 'T-3') expect(output.why.join(' ')).toContain('Its replacement is T-4');
  });

  it('names a discontinued shade that would be closer, with its replacement where there is one', () => {
    const gone = (code: string, replacement?: string) =>
      prepared(code, carbon(16), { status: 'discontinued', ...(replacement ? { replacement } : {}) });
    const pale = prepared('P-1', carbon(0.5));
    const { why } = rank({ shades: [pale, gone('G-1'), gone('G-2', 'P-1')] });
    const notes = why.filter((reason) => reason.includes('is discontinued and is not suggested.'));
    expect(notes[0]).toMatch(/^G-1 .*not suggested\.$/);
    expect(notes[1]).toMatch(/^G-2 .*Its replacement is P-1\.$/);
  });

  it('breaks ties by code, names no diluent that the maker does not, and the everyday mix that he does', () => {
    const twin = (code: string) => prepared(code, carbon(16), { diluents: [], typicalParts: 10 });
    const output = rank({ shades: [twin('B-1'), twin('A-1'), twin('C-1')] });
    expect(codes(output)).toEqual(['A-1', 'B-1', 'C-1']);
    expect(output.recommendations[0]!.dilution.diluent).toBeNull();
    expect(output.why.join(' ')).toContain('everyday mix 10:1');
  });

  it('plans a first session with the next lighter shade of a line used as bottled', () => {
    const ready = (code: string, tau: number) =>
      prepared(code, carbon(tau), { form: 'readyToUse', dilutable: false, minParts: 0, maxParts: 0 });
    const line = [ready('R-3', 0.9), ready('R-2', 0.5), ready('R-1', 0.5), ready('R-0', 0.2)];
    const output = rank({ shades: line });
    expect(output.recommendations[0]!.code).toBe('R-3');
    expect(output.sessions[0]).toMatchObject({ code: 'R-1' });
  });

  it('ranks expired and lotless stock after an equal valid shade, and flags it', () => {
    const twins = [
      prepared('A-1', carbon(16), { lots: [{ lot: 'old', expires: '2020-01-01' }] }),
      prepared('B-1', carbon(16), { lots: [] }),
      prepared('C-1', carbon(16)),
    ];
    const output = rank({ shades: twins });
    expect(codes(output)).toEqual(['C-1', 'A-1', 'B-1']);
    expect(output.recommendations.map(({ flags }) => flags.filter((flag) => /[lL]ot/.test(flag)))).toEqual([
      [],
      ['expiredLot'],
      ['noLot'],
    ]);
  });

  it('uses a ready-to-use shade as it is', () => {
    const ready = prepared('R-1', carbon(1.4), { form: 'readyToUse', dilutable: false, minParts: 0, maxParts: 0 });
    const top = rank({ shades: [ready] }).recommendations[0]!;
    expect(top.dilution).toMatchObject({ partsDiluent: 0, diluentDrops: 0, diluent: null });
    expect(top.flags).toContain('notDilutable');
  });

  it('takes two bottles that heal to the same look as one answer, with the same recipe for both', () => {
    const output = rank({ shades: [prepared('A-1', carbon(16)), prepared('B-1', carbon(16.05))] });
    expect(output.outcome).toBe('match');
    const [first, second] = output.recommendations;
    expect(first!.dilution.partsDiluent).toBe(second!.dilution.partsDiluent);
  });

  it('calls two different looks that are equally likely too close to call', () => {
    const readyAt = (code: string, tau: number) =>
      prepared(code, carbon(tau), { form: 'readyToUse', dilutable: false, minParts: 0, maxParts: 0 });
    const shades = [readyAt('R-1', 1.1), readyAt('R-2', 2.3)];
    const outcomes = [0.9, 1.3, 1.5, 1.7, 1.9, 2.1, 2.6].map((tau) => {
      const seen = healedAppearance(tableFor(FAIR), carbon(tau), STUDIO, 0);
      const target: Target = { ...seen, why: 'rendered', basis: 'chosen', covariance: isotropic(4) };
      return rank({ target, shades });
    });
    const [light, dark] = [outcomes[0]!, outcomes.at(-1)!];
    expect([light.outcome, light.recommendations[0]!.code]).toEqual(['match', 'R-1']);
    expect([dark.outcome, dark.recommendations[0]!.code]).toEqual(['match', 'R-2']);
    const [one, other] = light.recommendations;
    expect(Math.abs(one!.predicted.dot[0] - other!.predicted.dot[0])).toBeGreaterThan(2);
    expect(outcomes.map(({ outcome }) => outcome)).toContain('tooCloseToCall');
  });

  it('says no good match when hair is lighter than the skin', () => {
    const output = rank({}, DARK, WHITE_HAIR);
    expect(output.outcome).toBe('noGoodMatch');
    expect(output.confidence.level).toBe('none');
    expect(output.why[0]).toContain('pigment can only darken');
  });

  it('says no good match when every shade is far too pale', () => {
    const faint = prepared('P-1', carbon(0.5), { minParts: 8, maxParts: 20 });
    const output = rank({ shades: [faint] });
    expect(output.outcome).toBe('noGoodMatch');
    expect(output.recommendations[0]!.flags).toContain('beyondRange');
  });

  it('gives a result without any shade', () => {
    const output = rank({ shades: [] });
    expect(output).toMatchObject({ recommendations: [], sessions: [], outcome: 'noGoodMatch' });
    expect(output.why.length).toBeGreaterThan(0);
  });

  it('screens a large catalog to a shade as good as the full model finds', () => {
    const many = Array.from({ length: 90 }, (_, i) => {
      const shape = Float64Array.from({ length: 31 }, (_v, k) => (550 / (400 + 10 * k)) ** (0.4 + (i % 9) * 0.25));
      return prepared(`M-${i}`, carbon(4 + 0.5 * i, { shape, scatterRatio: 0.05 * (1 + (i % 5)) }));
    });
    const screened = rank({ shades: many }).recommendations[0]!.code;
    // Groups of 30 are not screened: the winners' final is the full model's answer.
    const winners = [0, 1, 2].map((group) => codes(rank({ shades: many.slice(30 * group, 30 * group + 30) }))[0]!);
    const final = many.filter(({ shade }) => winners.includes(shade.code));
    expect(codes(rank({ shades: final }))[0]).toBe(screened);
  });
});

describe('density', () => {
  const settings = { ...STUDIO, densityPerCm2: 60 };
  const dense = { ...stubbleTarget(FAIR, DARK_BROWN), area: lab65(59.5, 8.8, 11) };

  it('is named as the limit instead of a darker mix', () => {
    const output = rank({ settings, target: dense });
    const top = output.recommendations[0]!;
    expect(top.flags).toContain('needsMoreDensity');
    expect(output.outcome).not.toBe('noGoodMatch');
    expect(output.densityAdvice!.densityPerCm2).toBeGreaterThan(settings.densityPerCm2);
    expect(output.densityAdvice!.deltaE00).toBeLessThan(top.deltaE00);
    expect(output.why.join(' ')).toContain('needs more density');
  });

  it('is not mentioned where it fits', () => {
    expect(rank().densityAdvice).toBeNull();
  });
});

describe('two-shade mixes', () => {
  const reddish = (strength: number) =>
    carbon(strength, { shape: Float64Array.from({ length: 31 }, (_, i) => 3 / (1 + Math.exp((i - 18) / 1.5)) + 0.02) });
  // A black too strong and a brown too pale for light brown stubble: only together do they give the tone.
  const line = [
    prepared('K-1', carbon(50), { minParts: 1, maxParts: 12 }),
    prepared('K-2', reddish(0.3), { minParts: 1, maxParts: 12 }),
  ];
  const mixed = (shades: readonly PreparedShade[]) => rank({ shades, target: stubbleTarget(FAIR, LIGHT_BROWN) });

  it('are offered where no single shade comes close, in whole drops of both', () => {
    const output = mixed(line);
    const top = output.recommendations[0]!;
    expect([top.code, top.mixWith!.code].sort()).toEqual(['K-1', 'K-2']);
    const volumeMl = 0.05 * (top.dilution.pigmentDrops + top.mixWith!.drops + top.dilution.diluentDrops);
    expect(top.dilution.makesMl).toBeCloseTo(volumeMl, 9);
    expect(top.dilution.makesMl).toBeLessThanOrEqual(top.dilution.cupMl + 1e-9);
    expect(output.outcome).toBe('match');
    expect(output.sessions[0]!.note).toContain(`of ${top.mixWith!.code}.`);
    expect(output.confidence.level).not.toBe('high');
  });

  it('never join what the maker keeps apart, nor two lines', () => {
    const apart = [line[0]!, { ...line[1]!, shade: { ...line[1]!.shade, doNotMixWith: ['K-1'] } }];
    expect(mixed(apart).recommendations.every(({ mixWith }) => mixWith === undefined)).toBe(true);
    const lines = [line[0]!, { ...line[1]!, shade: { ...line[1]!.shade, line: 'Other line' } }];
    expect(mixed(lines).recommendations.every(({ mixWith }) => mixWith === undefined)).toBe(true);
    const makers = [line[0]!, { ...line[1]!, catalog: { id: 'other', version: 1 } }];
    expect(mixed(makers).recommendations.every(({ mixWith }) => mixWith === undefined)).toBe(true);
  });

  it('are not offered where one shade is good', () => {
    expect(rank().recommendations.every(({ mixWith }) => mixWith === undefined)).toBe(true);
  });
});

describe('reasons', () => {
  it('cite region or value at least three times and tell what each alternative gets wrong', () => {
    const output = rank();
    expect(output.why.filter((reason) => /\d/.test(reason)).length).toBeGreaterThanOrEqual(3);
    for (const { code } of output.recommendations.slice(1, 4)) {
      expect(output.why.some((reason) => reason.startsWith(`${code} `))).toBe(true);
    }
  });
});
