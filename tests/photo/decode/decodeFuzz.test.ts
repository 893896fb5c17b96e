import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { StippleError } from '../../../src/errors.ts';
import { decodePhoto } from '../../../src/photo/decode/decodePhoto.ts';
import { buildHeif, takeHeifApart } from './buildHeif.ts';
import { buildMatrixIcc, COLORANTS, gammaCurve } from './buildIcc.ts';
import { buildExif, embedExifInJpeg, embedIccInJpeg, embedIccInPng } from './embedMetadata.ts';
import { paintScene } from './paintScene.ts';
import { tempFiles } from './tempFiles.ts';

const save = tempFiles();
const scene = paintScene(220, 200);
const picture = sharp(scene.data, { raw: { width: 220, height: 200, channels: 3 } });
const icc = buildMatrixIcc('Adobe RGB (1998)', COLORANTS.adobeRgb, gammaCurve(2.2));
const exif = { orientation: 6, colourSpace: 0xffff, interop: 'R03' };
const MUTATIONS = 60;

const FILES: Record<string, () => Promise<Buffer>> = {
  jpeg: async () => embedExifInJpeg(embedIccInJpeg(await picture.clone().jpeg().toBuffer(), icc), exif),
  png: async () => embedIccInPng(await picture.clone().png().toBuffer(), icc),
  webp: async () => picture.clone().webp().toBuffer(),
  tiff: async () => picture.clone().tiff({ compression: 'deflate' }).toBuffer(),
  heic: async () => {
    const file = readFileSync(new URL('../../fixtures/photos/scene.heic', import.meta.url));
    return buildHeif(takeHeifApart(file, 320, 240), { quarterTurns: 1, icc, exif: buildExif(exif) });
  },
};

/** mulberry32, a small seeded generator: 0 ≤ value < 1. */
function seededRandom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One to eight damaged bytes, mostly in the first kilobyte where the structure is, and sometimes a cut or a doubled piece. */
function mutate(file: Buffer, random: () => number): Buffer {
  const out = Buffer.from(file);
  const changes = 1 + Math.floor(8 * random());
  for (let i = 0; i < changes; i++) {
    const range = random() < 0.7 ? Math.min(1024, out.length) : out.length;
    out[Math.floor(range * random())] = random() < 0.3 ? 255 : Math.floor(256 * random());
  }
  const kind = random();
  if (kind < 0.15) return out.subarray(0, Math.floor(out.length * random()));
  if (kind < 0.25) {
    const at = Math.floor(out.length * random());
    return Buffer.concat([out.subarray(0, at), out.subarray(Math.max(0, at - 40))]);
  }
  return out;
}

describe('damaged files of every kind', () => {
  it.each(Object.keys(FILES))('%s: a photo or a refusal, nothing else', async (kind) => {
    const file = await FILES[kind]!();
    const random = seededRandom(kind.length * 7919);
    expect((await decodePhoto(save('whole.bin', file))).raster.data.length).toBeGreaterThan(0);
    let refusals = 0;
    for (let i = 0; i < MUTATIONS; i++) {
      const path = save('fuzz.bin', mutate(file, random));
      const outcome = await decodePhoto(path).catch((error: unknown) => error);
      if (outcome instanceof StippleError) {
        expect(outcome.code).not.toBe('SMP_INTERNAL');
        refusals += 1;
        continue;
      }
      const { raster } = outcome as Awaited<ReturnType<typeof decodePhoto>>;
      expect(raster.data.length).toBe(3 * raster.widthPx * raster.heightPx);
      expect([...raster.toLinear, raster.toSrgb ?? []].every((values) => values.every(Number.isFinite))).toBe(true);
    }
    expect(refusals).toBeGreaterThan(0);
  });
});
