import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchResultSchema } from '../../src/app/matchResult.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { spawnStipple, stipple } from './stipple.ts';

const demo = join(projectRoot, 'public/demo/scalp-with-card.jpg');
let folder: string;
let small: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-cli-'));
  small = join(folder, 'small.jpg');
  await sharp(demo).resize(1200).jpeg({ quality: 95 }).toFile(small);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('stipple match', () => {
  it('prints the same JSON line twice, as a process of its own too, valid against the contract', async () => {
    const args = ['match', small, '--palette', 'demo-ash', '--as-of', '2026-11-22', '--json'];
    const [one, other] = [await spawnStipple(...args), await stipple(...args)];
    expect(other).toEqual(one);
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(1);
    const result = matchResultSchema.parse(JSON.parse(one.stdout));
    expect(one.code).toBe({ match: 0, tooCloseToCall: 0, noGoodMatch: 2, refused: 3 }[result.outcome]);
  });

  it('answers each of several photos, and one bad photo does not stop the rest', async () => {
    const bad = join(folder, 'bad.jpg');
    await writeFile(bad, 'no photo');
    const { stdout, stderr, code } = await spawnStipple('match', bad, small, '--palette', 'demo-ash', '--json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[0].code).toBe('SMP_PHOTO_TYPE');
    expect(lines[1].schema).toBe(1);
    expect(stderr).toContain(bad);
    expect(code).toBe(3);
  });

  it('writes labels of the displayed size with four values at most, the annotated photo and the report', async () => {
    const file = join(folder, 'labels.png');
    const report = join(folder, 'report.pdf');
    await stipple(
      ...['match', small, '--palette', 'demo-ash', '--labels', file],
      ...['--annotated', join(folder, 'a.png'), '--report', report],
    );
    expect((await readFile(report)).subarray(0, 5).toString()).toBe('%PDF-');
    const { width, height, channels, depth } = await sharp(file).metadata();
    expect([width, height, channels, depth]).toEqual([1200, 900, 1, 'uchar']);
    const data = await sharp(file).toColourspace('b-w').raw().toBuffer();
    expect(data).toHaveLength(1200 * 900);
    expect(Math.max(...new Set(data))).toBeLessThanOrEqual(3);
    expect((await sharp(join(folder, 'a.png')).metadata()).width).toBe(1200);
  });

  it('exits 4 when a card was asked for and there is none', async () => {
    const plain = join(folder, 'plain.jpg');
    await sharp({ create: { width: 400, height: 300, channels: 3, background: '#c08060' } })
      .jpeg()
      .toFile(plain);
    const { code, stderr } = await stipple('match', plain, '--card', 'classic24');
    expect(code).toBe(4);
    expect(stderr).toMatch(/card/);
  });

  it('exits 64 as a process, too', async () => {
    expect(await spawnStipple('match')).toEqual(await stipple('match'));
  });

  it.each([
    [['match']],
    [['match', 'x.jpg', '--nonsense']],
    [['match', 'x.jpg', '--cup', 'large']],
    [['match', 'x.jpg', '--report', 'report.txt']],
    [['match', 'x.jpg', '--skin', '1,2,3']],
    [['match', 'x.jpg', '--palette', 'no-such-line']],
    [['predict', '--skin', '60,10,15']],
    [['nonsense']],
  ])('exits 64 on bad usage: %j', async (args) => {
    const { code, stderr, stdout } = await stipple(...args);
    expect(code).toBe(64);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });
});

describe('the other commands', () => {
  it('calibrate-check finds the card and lowers its error', async () => {
    const { code, stdout } = await stipple('calibrate-check', small, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.deltaE00After).toBeLessThan(report.deltaE00Before);
    expect(report.patches.length).toBeGreaterThan(20);
  });

  it('predict prints the bare skin as it was given and a darker treated area', async () => {
    const { stdout } = await stipple('predict', '--skin', '62,11,16', '--shade', 'DA-03', '--parts', '12', '--json');
    const prediction = JSON.parse(stdout);
    expect(prediction.bare.lab).toEqual([62, 11, 16]);
    expect(prediction.bare.spectrum).toHaveLength(31);
    expect(prediction.area.lab[0]).toBeLessThan(62);
    expect(prediction.solid.lab[0]).toBeLessThan(prediction.area.lab[0]);
  });

  it('predict reads a pigment file and refuses an absurd one by name', async () => {
    const good = join(folder, 'black.json');
    await writeFile(good, JSON.stringify({ neatTau: 6, shape: 'carbon', scatterRatio: 0.05 }));
    const args = [
      'predict',
      '--skin',
      '65.7,10.7,13.4',
      '--parts',
      '5',
      '--density',
      '100',
      '--diameter',
      '0.45',
      '--json',
    ];
    const { stdout } = await stipple(...args, '--pigment', good);
    const { area } = JSON.parse(stdout);
    // Design table: fair skin, carbon 1:5, N 100, d .45 gives 59.6 / 7.1 / 9.4.
    for (const [i, expected] of [59.6, 7.1, 9.4].entries()) expect(area.lab[i]).toBeCloseTo(expected, 0);
    const absurd = join(folder, 'absurd.json');
    await writeFile(absurd, JSON.stringify({ neatTau: -1, shape: 'carbon', scatterRatio: 0.05 }));
    const refused = await stipple(...args, '--pigment', absurd);
    expect(refused.code).toBe(64);
    expect(refused.stderr).toContain('neatTau');
  });

  it('catalog validate accepts the bundled lines and names what is wrong in a broken one', async () => {
    const file = join(projectRoot, 'palettes/demo-ash/catalog.json');
    expect((await stipple('catalog', 'validate', file)).code).toBe(0);
    const broken = JSON.parse(await readFile(file, 'utf8'));
    broken.shades[0].masstone.lab = [621, 0, 0];
    const path = join(folder, 'broken.json');
    await writeFile(path, JSON.stringify(broken));
    const { code, stdout } = await stipple('catalog', 'validate', path);
    expect(code).toBe(1);
    expect(stdout).toContain('621');
  });

  it('catalog export and diff are a round trip without changes, in every format that carries whole shades', async () => {
    for (const ending of ['json', 'csv', 'cxf']) {
      const file = join(folder, `ash.${ending}`);
      expect((await stipple('catalog', 'export', 'demo-ash', '--out', file)).code, ending).toBe(0);
      const { code, stdout } = await stipple('catalog', 'diff', 'demo-ash', file, '--json');
      const report = JSON.parse(stdout);
      expect([code, report.new, report.changed, report.same, report.rejected], ending).toEqual([0, 0, 0, 12, 0]);
    }
  });

  it('catalog import writes a new version with the changes and names what it refuses', async () => {
    const table = join(folder, 'change.csv');
    await stipple('catalog', 'export', 'demo-ash', '--out', table);
    const lines = (await readFile(table, 'utf8')).split('\r\n');
    lines[1] = lines[1]!.replace('Demo Ash 1', 'Renamed');
    lines[2] = lines[2]!.replace(/DA-02/, 'DA-02').replace(/(\d+\.\d+)/, '621');
    await writeFile(table, lines.join('\r\n'));
    const out = join(folder, 'next.json');
    const rejected = join(folder, 'rejected.csv');
    const { code, stdout } = await stipple(
      'catalog',
      'import',
      'demo-ash',
      table,
      '--out',
      out,
      '--rejected',
      rejected,
      '--json',
    );
    const report = JSON.parse(stdout);
    expect(report.changed).toBe(1);
    expect(report.rejected).toBe(1);
    expect(code).toBe(1);
    const next = JSON.parse(await readFile(out, 'utf8'));
    expect(next.version).toBe(2);
    expect(next.shades).toHaveLength(12);
    expect(next.shades[0].name).toContain('Renamed');
    expect(await readFile(rejected, 'utf8')).toContain('DA-02');
  });

  it('catalog health passes the bundled lines', async () => {
    const { code, stdout } = await stipple('catalog', 'health', 'demo-ash');
    expect(code).toBe(0);
    expect(stdout).toContain('Health:');
  });

  it.each(['match', 'calibrate-check', 'predict', 'catalog', 'serve'])('help %s is there', async (name) => {
    const { code, stdout } = await stipple('help', name);
    expect(code).toBe(0);
    expect(stdout).toContain(`stipple ${name}`);
  });
});
