import { describe, expect, it } from 'vitest';
import type { Shade } from '../../src/catalog/shade.ts';
import { validateCatalog } from '../../src/catalog/validateCatalog.ts';
import { spectrumToLab } from '../../src/colour/integrateSpectrum.ts';
import { sampleCatalog, sampleMeasurement, sampleShade } from './sampleShade.ts';

const check = (...shades: Shade[]) => validateCatalog(sampleCatalog(shades), { today: '2026-01-01' });
const places = (level: 'error' | 'warning', ...shades: Shade[]) =>
  check(...shades)
    .problems.filter((problem) => problem.level === level)
    .map((problem) => problem.path);

describe('a catalog without faults', () => {
  it('has no problems and is returned', () => {
    const { catalog, problems } = check(sampleShade());
    expect(problems).toEqual([]);
    expect(catalog?.shades[0]?.code).toBe('T-01');
  });
});

describe('field rules', () => {
  it('names place, found, expected and fix of L* 621', () => {
    const { catalog, problems } = check(sampleShade({ masstone: sampleMeasurement([621, 0, 0]) }));
    expect(catalog).toBeUndefined();
    expect(problems[0]).toMatchObject({
      path: 'shades[0].masstone.lab[0]',
      found: '621',
      expected: 'at most 100',
      level: 'error',
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, null, '30'])('refuses %s as L*', (L) => {
    expect(places('error', sampleShade({ masstone: sampleMeasurement([L as number, 0, 0]) }))).toEqual([
      'shades[0].masstone.lab[0]',
    ]);
  });

  it('refuses a measurement that does not say its illuminant', () => {
    const { illuminant: _left, ...measurement } = sampleMeasurement([30, 0, 0]);
    const { problems } = validateCatalog(sampleCatalog([sampleShade({ masstone: measurement as never })]));
    expect(problems[0]).toMatchObject({ path: 'shades[0].masstone.illuminant', found: 'nothing' });
    expect(problems[0]!.expected).toContain('D50');
  });

  it.each([null, 7, 'x', [], {}])('refuses %s as a whole catalog', (value) => {
    expect(validateCatalog(value).problems.length).toBeGreaterThan(0);
  });
});

describe('rules that only warn', () => {
  it.each<[string, Partial<Shade>, string]>([
    ['a ready-to-use shade that may be thinned', { form: 'readyToUse' }, 'shades[0].dilutable'],
    ['a discontinued shade without any successor', { status: 'discontinued' }, 'shades[0].replacement'],
    ['an unknown shade to keep apart', { doNotMixWith: ['T-99'] }, 'shades[0].doNotMixWith[0]'],
    ['a chroma no scalp pigment has', { masstone: sampleMeasurement([40, 60, 60]) }, 'shades[0].masstone.lab'],
  ])('%s', (_name, changes, path) => {
    expect(places('warning', sampleShade(changes))).toContain(path);
  });

  it('keep shades apart that are there, and ask a discontinued one with a reason for a successor alone', () => {
    const pair = [sampleShade({ doNotMixWith: ['t-02'] }), sampleShade({ code: 'T-02' })];
    expect(places('warning', ...pair)).not.toContain('shades[0].doNotMixWith[0]');
    const expected = (changes: Partial<Shade>) =>
      check(sampleShade({ status: 'discontinued', ...changes })).problems.find(({ path }) =>
        path.endsWith('replacement'),
      )!.expected;
    expect(expected({})).toBe('a replacement or a reason');
    expect(expected({ discontinuedReason: 'no longer made' })).toBe('a replacement');
  });

  it('do not take the same lot twice', () => {
    const lot = { lot: 'A', expires: '2030-01-31' };
    expect(places('error', sampleShade({ lots: [lot, lot] }))).toEqual(['shades[0].lots']);
  });
});

describe('rules across fields', () => {
  it.each<[string, Partial<Shade>, string]>([
    ['limits the wrong way round', { minParts: 20, maxParts: 6 }, 'shades[0].minParts'],
    ['an everyday ratio outside the limits', { typicalParts: 30 }, 'shades[0].typicalParts'],
    ['limits of a shade not to be diluted', { dilutable: false, form: 'readyToUse' }, 'shades[0].maxParts'],
    [
      'a concentrate that must not be diluted',
      { dilutable: false, minParts: 0, maxParts: 0, typicalParts: 0 },
      'shades[0].form',
    ],
    ['an unknown diluent', { diluents: ['W-9'] }, 'shades[0].diluents[0]'],
    ['an unknown replacement', { status: 'discontinued', replacement: 'X' }, 'shades[0].replacement'],
    ['itself as replacement', { status: 'discontinued', replacement: 'T-01' }, 'shades[0].replacement'],
    [
      'a lot opened after its expiry',
      { lots: [{ lot: 'A', expires: '2030-01-01', opened: '2031-01-01' }] },
      'shades[0].lots[0].opened',
    ],
  ])('error: %s', (_name, change, path) => {
    expect(places('error', sampleShade(change))).toContain(path);
  });

  it.each<[string, Partial<Shade>, string]>([
    ['discontinued without successor', { status: 'discontinued' }, 'shades[0].replacement'],
    ['an active shade with a successor', { replacement: 'T-01' }, 'shades[0].replacement'],
    ['expired lots', { lots: [{ lot: 'A', expires: '2025-12-31' }] }, 'shades[0].lots'],
    ['no lot', { lots: [] }, 'shades[0].lots'],
    ['no diluent', { diluents: [] }, 'shades[0].diluents'],
    ['no label statements', { regulatory: [] }, 'shades[0].regulatory'],
    ['an unknown shade not to mix with', { doNotMixWith: ['X'] }, 'shades[0].doNotMixWith[0]'],
  ])('warning: %s', (_name, change, path) => {
    const shade = sampleShade(change);
    expect(places('warning', shade)).toEqual([path]);
    expect(check(shade).catalog).toBeDefined();
  });

  it('refuses the same code twice, in any case', () => {
    expect(places('error', sampleShade(), sampleShade({ code: 't-01' }))).toEqual(['shades[1].code']);
  });

  it('refuses a diluent that is not sterile', () => {
    const diluents = [{ code: 'W-1', name: 'Tap water', sterile: false, lots: [] }];
    const { problems } = validateCatalog(sampleCatalog([sampleShade()], { diluents }));
    expect(problems.map((problem) => problem.expected)).toEqual(['a sterile diluent']);
  });

  it('says that demonstration values are fictional', () => {
    const { problems } = validateCatalog(sampleCatalog([sampleShade()], { demonstration: true }));
    expect(problems.map((problem) => problem.path)).toEqual(['demonstration']);
  });
});

describe('colour rules', () => {
  const spectrum = Array.from({ length: 31 }, (_, i) => 0.1 + 0.02 * i);
  const under = (illuminant: 'D65' | 'D50') => spectrumToLab(Float64Array.from(spectrum), illuminant);

  it('accepts a spectrum with its own Lab under D50', () => {
    const masstone = sampleMeasurement(under('D50'), { spectrum, illuminant: 'D50' });
    expect(places('warning', sampleShade({ masstone, letDowns: [] }))).toEqual([]);
  });

  it('suspects a D50 Lab that was labelled D65', () => {
    const masstone = sampleMeasurement(under('D50'), { spectrum });
    const [problem] = check(sampleShade({ masstone, letDowns: [] })).problems;
    expect(problem).toMatchObject({ path: 'shades[0].masstone.lab', level: 'warning' });
    expect(problem!.fix).toContain('fits D50');
  });

  it('refuses a Lab of the 10° observer without a spectrum, and takes it with one', () => {
    const ten = sampleMeasurement([30, 0, 0], { observer: '10' });
    expect(places('error', sampleShade({ masstone: ten }))).toEqual(['shades[0].masstone.observer']);
    expect(places('error', sampleShade({ masstone: { ...ten, spectrum }, letDowns: [] }))).toEqual([]);
  });

  it('warns of a Lab under a lamp from which daylight cannot be told, unless there is a spectrum', () => {
    const tube = sampleMeasurement([30, 1, 2], { illuminant: 'F2' });
    expect(places('warning', sampleShade({ masstone: tube, letDowns: [] }))).toEqual(['shades[0].masstone.illuminant']);
    const lab = spectrumToLab(Float64Array.from(spectrum), 'FL2');
    const measured = sampleMeasurement(lab, { illuminant: 'F2', spectrum });
    expect(places('warning', sampleShade({ masstone: measured, letDowns: [] }))).toEqual([]);
  });

  it('refuses a colour that no surface has', () => {
    expect(places('error', sampleShade({ masstone: sampleMeasurement([30, 120, 120]) }))).toEqual([
      'shades[0].masstone.lab',
    ]);
  });

  it('warns when a thinner step is darker', () => {
    const letDowns = sampleShade().letDowns.map((step, i) => ({ ...step, partsDiluent: [20, 10][i]! }));
    expect(places('warning', sampleShade({ letDowns }))).toEqual(['shades[0].letDowns[0]']);
  });

  it('warns when a ladder mixes conditions and refuses a repeated step', () => {
    const [first, second] = sampleShade().letDowns;
    const mixed = { ...second!, measurement: { ...second!.measurement, substrate: 'black card' } };
    expect(places('warning', sampleShade({ letDowns: [first!, mixed] }))).toEqual(['shades[0].letDowns[1]']);
    expect(places('error', sampleShade({ letDowns: [first!, first!] }))).toEqual(['shades[0].letDowns[1]']);
  });
});
