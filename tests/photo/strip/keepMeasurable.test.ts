import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecodedPhoto, decodePhoto } from '../../../src/photo/decode/decodePhoto.ts';
import { keepMeasurable } from '../../../src/photo/strip/keepMeasurable.ts';
import { stripJpeg } from '../../../src/photo/strip/stripJpeg.ts';

const SECRET = 'Secret Owner 1234';
const EXIF = {
  IFD0: { Artist: SECRET, Orientation: '6' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
};
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${SECRET}"/></rdf:RDF></x:xmpmeta>`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-strip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A picture whose every corner differs, in Display P3, wider than high. */
function picture(): Sharp {
  const data = Uint8Array.from({ length: 320 * 240 * 3 }, (_, i) => (i * 7 + (i % 3) * 60 + Math.floor(i / 960)) % 256);
  return sharp(data, { raw: { width: 320, height: 240, channels: 3 } })
    .withIccProfile('p3')
    .withExif(EXIF)
    .withXmp(XMP);
}

async function decode(bytes: Buffer, name: string): Promise<{ path: string; decoded: DecodedPhoto }> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, decoded: await decodePhoto(path) };
}

const FORMATS: [string, () => Promise<Buffer>][] = [
  ['jpeg', () => picture().jpeg({ quality: 90 }).toBuffer()],
  ['progressive jpeg', () => picture().jpeg({ progressive: true }).toBuffer()],
  ['png', () => picture().png().toBuffer()],
  ['webp', () => picture().webp({ lossless: true }).toBuffer()],
  ['avif', () => picture().avif({ quality: 60, effort: 0 }).toBuffer()],
  ['tiff', () => picture().tiff({ compression: 'lzw' }).toBuffer()],
];

describe('the copy kept for measuring again', () => {
  it.each(FORMATS)('%s has the same pixels, colours and orientation, and nothing personal', async (name, make) => {
    const bytes = await make();
    const original = await decode(bytes, 'original');
    const kept = await keepMeasurable(original.path, original.decoded);
    expect(bytes.includes(SECRET), 'the fixture carries what must go').toBe(true);
    expect(kept.includes(SECRET)).toBe(false);
    expect(kept.includes('GPSLatitude') || kept.includes('xmpmeta')).toBe(false);
    const copy = await decode(kept, 'kept');
    const { raster } = copy.decoded;
    expect([raster.widthPx, raster.heightPx]).toEqual([
      original.decoded.raster.widthPx,
      original.decoded.raster.heightPx,
    ]);
    expect(Buffer.compare(Buffer.from(raster.data.buffer), Buffer.from(original.decoded.raster.data.buffer))).toBe(0);
    expect(raster.toSrgb).toEqual(original.decoded.raster.toSrgb);
    expect(raster.toLinear[0][128]).toBe(original.decoded.raster.toLinear[0][128]);
    const exif = (await sharp(kept).metadata()).exif ?? Buffer.alloc(0);
    // A blanked block keeps its length, filled with zeros.
    expect(
      exif.subarray(110).every((byte) => byte === 0),
      name,
    ).toBe(true);
  });

  it('drops pictures that follow the first in a JPEG, such as depth maps and previews', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const kept = stripJpeg(Buffer.concat([jpeg, Buffer.from(SECRET), jpeg]))!;
    expect(kept.includes(SECRET)).toBe(false);
    expect(kept.length).toBeLessThan(jpeg.length + 100);
  });

  it('gives up on what it cannot follow instead of guessing', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    expect(stripJpeg(Buffer.from('no jpeg'))).toBeNull();
    const broken = Buffer.from(jpeg);
    broken[2] = 0;
    expect(stripJpeg(broken)).toBeNull();
  });
});

it('blanks the metadata of a HEIC in place', async () => {
  const path = new URL('../../fixtures/photos/', import.meta.url).pathname;
  const { readdir } = await import('node:fs/promises');
  const heic = (await readdir(path)).find((name) => name.endsWith('.heic'))!;
  const original = await decodePhoto(join(path, heic));
  const kept = await keepMeasurable(join(path, heic), original);
  expect(kept.length).toBe((await readFile(join(path, heic))).length);
  const copy = await decode(kept, 'kept.heic');
  expect(Buffer.compare(Buffer.from(copy.decoded.raster.data.buffer), Buffer.from(original.raster.data.buffer))).toBe(
    0,
  );
});
