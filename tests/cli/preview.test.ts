import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { stipple } from './stipple.ts';

let folder: string;
let photo: string;
let result: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-preview-'));
  photo = join(folder, 'photo.jpg');
  result = join(folder, 'result.json');
  await sharp(join(projectRoot, 'public/demo/scalp-with-card.jpg')).resize(1200).jpeg({ quality: 95 }).toFile(photo);
  await writeFile(result, (await stipple('match', photo, '--palette', 'demo-ash', '--json')).stdout);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('draws the recommendation on the photo, and says how', async () => {
  const out = join(folder, 'preview.png');
  const { code, stdout, stderr } = await stipple('preview', photo, '--result', result, '--out', out);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toContain('dots/cm²');
  expect(stderr).toContain('The size of the dots');
  expect(await sharp(out).metadata()).toMatchObject({ format: 'png', width: 1200, height: 900 });
});

it('writes the two ends of a range', async () => {
  const { code, stderr } = await stipple(
    ...['preview', photo, '--result', result, '--out', join(folder, 'aged.png')],
    ...['--stage', 'aged', '--light', 'office', '--density', 'full'],
  );
  expect(code).toBe(0);
  expect(stderr).toContain('range');
  const mean = async (end: string) =>
    (
      await sharp(join(folder, `aged-${end}.png`))
        .greyscale()
        .stats()
    ).channels[0]!.mean;
  expect(await mean('lightest')).toBeGreaterThan(await mean('darkest'));
});

it('draws a shade that was not recommended when its mix is given', async () => {
  const args = ['preview', photo, '--result', result, '--out', join(folder, 'other.png'), '--shade', 'DA-01'];
  expect((await stipple(...args, '--palette', 'demo-ash', '--parts', '9')).code).toBe(0);
});

it.each([
  ['no photo', () => ['preview', '--result', result, '--out', 'x.png'], /one photo/],
  [
    'a stage it does not know',
    () => ['preview', photo, '--result', result, '--out', 'x.png', '--stage', 'old'],
    /stage/,
  ],
  ['no result', () => ['preview', photo, '--result', photo, '--out', 'x.png'], /cannot be used/],
  [
    'a result of another photo',
    () => ['preview', join(projectRoot, 'public/demo/scalp-with-card.jpg'), '--result', result, '--out', 'x.png'],
    /another photo/,
  ],
])('refuses %s', async (_, args, sentence) => {
  const { code, stderr } = await stipple(...args());
  expect(code).toBe(64);
  expect(stderr).toMatch(sentence);
});

it('has its own help', async () => {
  const { code, stdout } = await stipple('help', 'preview');
  expect(code).toBe(0);
  expect(stdout).toContain('stipple preview PHOTO');
});
