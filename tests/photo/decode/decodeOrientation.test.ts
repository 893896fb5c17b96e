import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type DecodedPhoto, decodePhoto } from '../../../src/photo/decode/decodePhoto.ts';
import { buildHeif, type HeifOptions, takeHeifApart } from './buildHeif.ts';
import { buildMatrixIcc, COLORANTS, SRGB_PARAMETRIC } from './buildIcc.ts';
import { buildExif, embedExifInJpeg } from './embedMetadata.ts';
import { type PaintedScene, paintScene } from './paintScene.ts';
import { tempFiles } from './tempFiles.ts';

const save = tempFiles();
const upright = paintScene(320, 240);

/** Where stored pixel (x, y) of a w × h picture is shown (Exif 2.32 §4.6.4, Orientation). */
const SHOWN_AT: Record<number, (x: number, y: number, w: number, h: number) => readonly [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, h) => [h - 1 - y, x],
  7: (x, y, w, h) => [h - 1 - y, w - 1 - x],
  8: (x, y, w) => [y, w - 1 - x],
};

/** Mean difference between the photo and the stored scene, shown as `orientation` says. */
function meanDifference(photo: DecodedPhoto, stored: PaintedScene, orientation: number): number {
  const { raster } = photo;
  let sum = 0;
  for (let y = 0; y < stored.heightPx; y++) {
    for (let x = 0; x < stored.widthPx; x++) {
      const [u, v] = SHOWN_AT[orientation]!(x, y, stored.widthPx, stored.heightPx);
      for (const c of [0, 1, 2]) {
        const shown = raster.data[3 * (v * raster.widthPx + u) + c]!;
        sum += Math.abs(shown - stored.data[3 * (y * stored.widthPx + x) + c]!);
      }
    }
  }
  return sum / stored.data.length;
}

function sizeOf({ raster }: DecodedPhoto): readonly [number, number] {
  return [raster.widthPx, raster.heightPx];
}

describe('EXIF orientation of a JPEG', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is applied', async (orientation) => {
    const raw = { width: 320, height: 240, channels: 3 as const };
    const jpeg = await sharp(upright.data, { raw }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    const photo = await decodePhoto(save(`${orientation}.jpg`, embedExifInJpeg(jpeg, { orientation })));
    expect(sizeOf(photo)).toEqual(orientation < 5 ? [320, 240] : [240, 320]);
    expect(photo.orientationApplied).toBe(orientation !== 1);
    expect(meanDifference(photo, upright, orientation)).toBeLessThan(3);
  });
});

const heic = takeHeifApart(readFileSync(new URL('../../fixtures/photos/scene.heic', import.meta.url)), 320, 240);
/** `irot` counts quarter turns anticlockwise; `imir` axis 0 swaps top and bottom. The EXIF orientation that does the same. */
const TURNS: [string, HeifOptions, number][] = [
  ['not turned', {}, 1],
  ['turned once', { quarterTurns: 1 }, 8],
  ['turned twice', { quarterTurns: 2 }, 3],
  ['turned three times', { quarterTurns: 3 }, 6],
  ['mirrored upside down', { mirror: 0 }, 4],
  ['mirrored sideways', { mirror: 1 }, 2],
];

describe('turns in HEIF boxes', () => {
  it.each(TURNS)('HEIC %s', async (_, options, orientation) => {
    const photo = await decodePhoto(save('turn.heic', buildHeif(heic, options)));
    expect(photo.format).toBe('heic');
    expect(photo.orientationApplied).toBe(orientation !== 1);
    expect(sizeOf(photo)).toEqual(orientation < 5 ? [320, 240] : [240, 320]);
    expect(meanDifference(photo, upright, orientation)).toBeLessThan(3);
  });

  it('a HEIC is not turned again by the EXIF that repeats its turn', async () => {
    const file = buildHeif(heic, { quarterTurns: 3, exif: buildExif({ orientation: 6 }) });
    const photo = await decodePhoto(save('twice.heic', file));
    expect(meanDifference(photo, upright, 6)).toBeLessThan(3);
  });

  it.each([
    ['P3 profile', { icc: buildMatrixIcc('Display P3', COLORANTS.displayP3, SRGB_PARAMETRIC) }, 'Display P3'],
    ['P3 colour numbers', { nclx: { primaries: 12, transfer: 13, matrix: 6 } }, 'Display P3'],
    ['neither', {}, 'none (sRGB assumed)'],
  ])('a HEIC with %s says so', async (_, options, profile) => {
    const photo = await decodePhoto(save('profile.heic', buildHeif(heic, { quarterTurns: 3, ...options })));
    expect(photo.profile).toBe(profile);
    expect(photo.raster.toSrgb === null).toBe(profile !== 'Display P3');
    expect(meanDifference(photo, upright, 6)).toBeLessThan(3);
  });

  it.each(TURNS)('AVIF %s', async (_, options, orientation) => {
    const raw = { width: 320, height: 240, channels: 3 as const };
    const file = await sharp(upright.data, { raw }).avif({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
    const avif = takeHeifApart(file, 320, 240);
    const photo = await decodePhoto(
      save('turn.avif', buildHeif(avif, { ...options, exif: buildExif({ orientation }) })),
    );
    expect(photo.format).toBe('avif');
    expect(photo.orientationApplied).toBe(orientation !== 1);
    expect(meanDifference(photo, upright, orientation)).toBeLessThan(3);
  });
});
