import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogHealth } from '../../src/catalog/catalogHealth.ts';
import { findServiceGaps } from '../../src/catalog/findServiceGaps.ts';
import { ladderColourAt } from '../../src/catalog/ladderColour.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { sampleCatalog, sampleMeasurement, sampleShade } from './sampleShade.ts';

const today = '2026-01-01';
const other = (code: string, lift: number) =>
  sampleShade({
    code,
    masstone: sampleMeasurement([10 + lift, 1, 2]),
    letDowns: [
      { partsDiluent: 10, measurement: sampleMeasurement([40 + lift, 1, 5]) },
      { partsDiluent: 20, measurement: sampleMeasurement([60 + lift, 1, 4]) },
    ],
  });

describe('catalog health', () => {
  it('finds nothing in a sound catalog and tells its spacing', () => {
    const health = catalogHealth(sampleCatalog([sampleShade(), other('T-02', 8), other('T-03', 13)]), { today });
    expect(health.level).toBe('ok');
    expect(health.spacing.map(({ code, nearest }) => [code, nearest])).toEqual([
      ['T-01', 'T-02'],
      ['T-02', 'T-03'],
      ['T-03', 'T-02'],
    ]);
    expect(health.spacing[1]!.deltaE00).toBeLessThan(health.spacing[0]!.deltaE00);
  });

  it('calls two shades that look the same duplicates, and leaves discontinued ones out', () => {
    const twins = catalogHealth(sampleCatalog([sampleShade(), other('T-02', 0.5)]), { today });
    expect(twins.problems.map(({ path }) => path)).toEqual(['shades[0]', 'shades[1]']);
    const retired = other('T-02', 0.5);
    const gone = { ...retired, status: 'discontinued' as const, replacement: 'T-01' };
    expect(catalogHealth(sampleCatalog([sampleShade(), gone]), { today }).spacing).toEqual([]);
  });

  it('tells shades apart by an appearance that is given', () => {
    const appearance = () => lab65(50, 0, 0);
    const health = catalogHealth(sampleCatalog([sampleShade(), other('T-02', 8)]), { today, appearance });
    expect(health.spacing.map((pair) => pair.deltaE00)).toEqual([0, 0]);
  });

  it('holds a lot against the ladder between its steps', () => {
    const shade = sampleShade();
    const expected = ladderColourAt(shade, 14)!;
    expect(expected[0]).toBeGreaterThan(40);
    expect(expected[0]).toBeLessThan(60);
    const lot = (L: number) => ({
      lot: 'A',
      expires: '2030-01-31',
      drawdown: { partsDiluent: 14, measurement: sampleMeasurement([L, expected[1], expected[2]]) },
    });
    const drift = (L: number) => catalogHealth(sampleCatalog([sampleShade({ lots: [lot(L)] })]), { today });
    expect(drift(expected[0]).lotDrift[0]!.deltaE00).toBeCloseTo(0, 6);
    expect(drift(expected[0]).level).toBe('ok');
    expect(drift(expected[0] + 4).problems.map(({ path }) => path)).toEqual(['shades[0].lots']);
  });

  it('has no colour beyond the weakest step', () => {
    expect(ladderColourAt(sampleShade(), 40)).toBeUndefined();
  });

  it('warns when readings were made in two ways', () => {
    const measured = sampleShade({ code: 'T-02', masstone: sampleMeasurement([25, 0, 0], { illuminant: 'D50' }) });
    const health = catalogHealth(sampleCatalog([sampleShade(), measured]), { today });
    expect(health.conditions).toHaveLength(2);
    expect(health.problems.map(({ found }) => found)).toContain('2 ways of measuring');
  });

  it('tells the spacing of thousands of shades too', () => {
    const many = Array.from({ length: 2500 }, (_, i) => {
      const lab = [10 + (i % 50), Math.floor(i / 50) / 5, 3] as const;
      return sampleShade({ code: `M-${i}`, masstone: sampleMeasurement([...lab]), letDowns: [] });
    });
    const { spacing, level } = catalogHealth(sampleCatalog(many), { today });
    expect(spacing).toHaveLength(2500);
    expect(Math.max(...spacing.map(({ deltaE00 }) => deltaE00))).toBeLessThan(0.5);
    expect(level).toBe('warn');
  });

  it('fails a catalog with an error', () => {
    const broken = sampleShade({ minParts: 20, maxParts: 6 });
    expect(catalogHealth(sampleCatalog([broken]), { today }).level).toBe('fail');
  });

  it('finds no duplicates, drift or bad ladders in the bundled lines', async () => {
    for (const catalog of await loadPalettes(join(projectRoot, 'palettes'))) {
      const { problems } = catalogHealth(catalog, { today });
      expect(problems.filter(({ path }) => !/lots|regulatory/.test(path))).toEqual([]);
    }
  });
});

describe('service gaps', () => {
  it('maps skins and hairs to what the predictor says', () => {
    const skins = [lab65(65, 10, 13), lab65(37, 10, 13)];
    const hairs = [lab65(20, 0, 0), lab65(50, 5, 15)];
    const cells = findServiceGaps(skins, hairs, (skin, hair) => (skin[0] > 50 ? (hair[0] > 40 ? 2.5 : 1) : null));
    expect(cells.map(({ deltaE00, served }) => [deltaE00, served])).toEqual([
      [1, true],
      [2.5, false],
      [null, false],
      [null, false],
    ]);
  });
});
