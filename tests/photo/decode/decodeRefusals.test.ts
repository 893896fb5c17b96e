import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../../src/errors.ts';
import { decodePhoto } from '../../../src/photo/decode/decodePhoto.ts';
import { insertPngChunk } from './embedMetadata.ts';
import { paintScene } from './paintScene.ts';
import { tempFiles } from './tempFiles.ts';

const save = tempFiles();
const scene = paintScene(320, 240);
const raw = { width: 320, height: 240, channels: 3 as const };
const whole: Record<string, Buffer> = {};

beforeAll(async () => {
  const picture = sharp(scene.data, { raw });
  whole.jpg = await picture.clone().jpeg().toBuffer();
  whole.progressive = await picture.clone().jpeg({ progressive: true }).toBuffer();
  whole.png = await picture.clone().png().toBuffer();
  whole.webp = await picture.clone().webp().toBuffer();
  whole.tiff = await picture.clone().tiff({ compression: 'lzw' }).toBuffer();
  whole.avif = await picture.clone().avif().toBuffer();
  whole.heic = readFileSync(new URL('../../fixtures/photos/scene.heic', import.meta.url));
});

async function expectRefusal(file: Uint8Array, code: ErrorCode): Promise<void> {
  await expect(decodePhoto(save('refused.jpg', file))).rejects.toMatchObject({ name: 'StippleError', code });
}

describe('files that are not photos', () => {
  it.each<[string, string | number[], ErrorCode]>([
    ['an empty file', '', 'SMP_UPLOAD_EMPTY'],
    ['one byte', [0xff], 'SMP_PHOTO_TYPE'],
    ['two bytes of JPEG', [0xff, 0xd8], 'SMP_PHOTO_TYPE'],
    ['text', 'a photo of my head\n', 'SMP_PHOTO_TYPE'],
    ['a PDF', '%PDF-1.7\n', 'SMP_PHOTO_TYPE'],
    ['a web page', '<!doctype html><p>photo</p>', 'SMP_PHOTO_TYPE'],
    ['a film', '\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'SMP_PHOTO_TYPE'],
    ['a drawing', '<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', 'SMP_PHOTO_SVG'],
    ['a bare drawing', '  <svg width="300" height="300"/>', 'SMP_PHOTO_SVG'],
    ['a GIF that claims 65,535 × 65,535 pixels', 'GIF89a\xff\xff\xff\xff\0\0\0', 'SMP_PHOTO_GIF'],
    ['Canon raw 3', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'SMP_PHOTO_RAW'],
    ['Canon raw 2', 'II*\0\x10\0\0\0CR\x02\0', 'SMP_PHOTO_RAW'],
  ])('%s', async (_, content, code) => {
    await expectRefusal(typeof content === 'string' ? Buffer.from(content, 'latin1') : Uint8Array.from(content), code);
  });

  it('a DNG, whose first picture is only a preview', async () => {
    // One directory entry: DNGVersion 1.4.
    const dng = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0xc6, 1, 0, 4, 0, 0, 0, 1, 4, 0, 0, 0, 0, 0, 0];
    await expectRefusal(Uint8Array.from(dng), 'SMP_PHOTO_RAW');
  });

  it('a missing file and a folder', async () => {
    const path = save('there.jpg', whole.jpg!);
    mkdirSync(join(path, '..', 'folder.jpg'), { recursive: true });
    for (const name of ['missing.jpg', 'folder.jpg']) {
      await expect(decodePhoto(join(path, '..', name))).rejects.toMatchObject({ code: 'SMP_PHOTO_NOT_FOUND' });
    }
  });
});

describe('photos that cannot be measured', () => {
  it('CMYK', async () => {
    await expectRefusal(await sharp(scene.data, { raw }).toColourspace('cmyk').jpeg().toBuffer(), 'SMP_PHOTO_CMYK');
    await expectRefusal(await sharp(scene.data, { raw }).toColourspace('cmyk').tiff().toBuffer(), 'SMP_PHOTO_CMYK');
  });

  it('greyscale, in one channel or in three', async () => {
    const grey = sharp(scene.data, { raw }).greyscale();
    await expectRefusal(await grey.clone().jpeg().toBuffer(), 'SMP_PHOTO_GREYSCALE');
    await expectRefusal(await grey.clone().png().toBuffer(), 'SMP_PHOTO_GREYSCALE');
    const inColour = grey.clone().toColourspace('b-w').png();
    const threeChannels = sharp(await inColour.toBuffer()).toColourspace('srgb');
    const pixels = await threeChannels.raw().toBuffer({ resolveWithObject: true });
    expect(pixels.info.channels).toBe(3);
    await expectRefusal(await sharp(pixels.data, { raw }).webp({ lossless: true }).toBuffer(), 'SMP_PHOTO_GREYSCALE');
  });

  it('too small', async () => {
    const small = sharp(scene.data, { raw }).resize(199, 240, { fit: 'fill' });
    await expectRefusal(await small.png().toBuffer(), 'SMP_PHOTO_TOO_SMALL');
  });

  it('more pixels than allowed, told by the header alone', async () => {
    const png = Buffer.from(whole.png!);
    png.writeUInt32BE(30_000, 16);
    png.writeUInt32BE(30_000, 20);
    const fixed = insertPngChunk(png, 'IHDR', png.subarray(16, 29));
    // The checksummed copy takes the place of the changed header.
    await expectRefusal(Buffer.concat([fixed.subarray(0, 8), fixed.subarray(33)]), 'SMP_PHOTO_TOO_MANY_PIXELS');
  });

  it('floating-point TIFF', async () => {
    const tiff = await sharp(scene.data, { raw }).toColourspace('scrgb').raw({ depth: 'float' }).toBuffer();
    expect(tiff.length).toBe(4 * scene.data.length);
    await expectRefusal(floatTiff(tiff), 'SMP_PHOTO_TYPE');
  });
});

/** An uncompressed little-endian TIFF of 32-bit floating-point RGB, 320 × 240. */
function floatTiff(pixels: Uint8Array): Buffer {
  const entries: [number, number, number, number][] = [
    [256, 3, 1, 320],
    [257, 3, 1, 240],
    [258, 3, 3, 200],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, 300],
    [277, 3, 1, 3],
    [278, 3, 1, 240],
    [279, 4, 1, pixels.length],
    [339, 3, 3, 210],
  ];
  const out = Buffer.alloc(300);
  out.write('II*\0', 0, 'latin1');
  out.writeUInt32LE(8, 4);
  out.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, count, value], i) => {
    const at = 10 + 12 * i;
    out.writeUInt16LE(tag, at);
    out.writeUInt16LE(type, at + 2);
    out.writeUInt32LE(count, at + 4);
    out.writeUInt32LE(value, at + 8);
  });
  for (const i of [0, 1, 2]) {
    out.writeUInt16LE(32, 200 + 2 * i);
    out.writeUInt16LE(3, 210 + 2 * i);
  }
  return Buffer.concat([out, pixels]);
}

describe('damaged files', () => {
  it('is read anew even after another thread has loaded the image library, which turns its cache on', async () => {
    sharp.cache(true);
    const path = save('anew.webp', whole.webp!);
    const { raster } = await decodePhoto(path);
    const other = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#a07050' } })
      .webp()
      .toBuffer();
    sharp.cache(true);
    const next = await decodePhoto(save('anew.webp', other));
    expect(raster.widthPx).not.toBe(300);
    expect([next.raster.widthPx, next.raster.heightPx]).toEqual([300, 200]);
  });

  it.each(['jpg', 'progressive', 'png', 'webp', 'tiff', 'avif', 'heic'])(
    '%s without its end is incomplete',
    async (kind) => {
      const file = whole[kind]!;
      await expectRefusal(file.subarray(0, Math.floor(0.9 * file.length)), 'SMP_PHOTO_TRUNCATED');
    },
  );

  it.each(['jpg', 'png', 'webp', 'avif', 'heic'])('%s with noise in its pixels is damaged', async (kind) => {
    const file = Buffer.from(whole[kind]!);
    const from = Math.floor(0.6 * file.length);
    for (let i = from; i < Math.floor(0.75 * file.length); i++) file[i] = (i * 89 + 13) & 255;
    await expectRefusal(file, 'SMP_PHOTO_CORRUPT');
  });

  it('a damaged HEIC is damaged after a whole one, too, of which nothing is left to show in its holes', async () => {
    await decodePhoto(save('whole.heic', whole.heic!));
    const file = Buffer.from(whole.heic!);
    file.fill(0x5a, Math.floor(0.6 * file.length), Math.floor(0.75 * file.length));
    await expectRefusal(file, 'SMP_PHOTO_CORRUPT');
  });

  it('a JPEG cut inside its header is damaged', async () => {
    await expectRefusal(whole.jpg!.subarray(0, 100), 'SMP_PHOTO_CORRUPT');
  });

  it('every refusal has its own sentence', () => {
    const sentences = Object.values(ERRORS).map((error) => error.sentence);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('several frames', () => {
  it('the first of an animation is used, and said to be', async () => {
    const second = paintScene(320, 240);
    second.data.reverse();
    const frames = Buffer.concat([scene.data, second.data]);
    const options = { width: 320, height: 480, channels: 3 as const, pageHeight: 240 };
    const animation = await sharp(frames, { raw: options }).webp({ lossless: true }).toBuffer();
    const photo = await decodePhoto(save('frames.webp', animation));
    expect([photo.raster.widthPx, photo.raster.heightPx]).toEqual([320, 240]);
    expect(Buffer.compare(photo.raster.data as Uint8Array, scene.data)).toBe(0);
    expect(photo.notes).toContainEqual(
      expect.objectContaining({ check: 'frames', level: 'warn', message: expect.stringContaining('2 pictures') }),
    );
  });
});
