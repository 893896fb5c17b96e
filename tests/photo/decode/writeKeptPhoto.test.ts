import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../../src/colour/deltaE00.ts';
import { SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import { type LinearRgb, linearSrgbToLab65 } from '../../../src/colour/xyzLab.ts';
import { decodePhoto } from '../../../src/photo/decode/decodePhoto.ts';
import { writeKeptPhoto } from '../../../src/photo/decode/writeKeptPhoto.ts';
import { buildMatrixIcc, COLORANTS, gammaCurve, SRGB_PARAMETRIC } from './buildIcc.ts';
import { embedExifInJpeg, embedIccInJpeg, embedIccInPng } from './embedMetadata.ts';
import { linearPixel } from './linearPixel.ts';
import { paintScene } from './paintScene.ts';
import { tempFiles } from './tempFiles.ts';

const save = tempFiles();
const RAW = { width: 300, height: 240, channels: 3 as const };

/** A skin-like gradient that stays inside sRGB in every profile used here. */
function skinGradient(): Uint8Array {
  return Uint8Array.from({ length: 3 * 300 * 240 }, (_, i) => [150, 115, 100][i % 3]! + Math.floor((i / 3) % 300) / 6);
}

describe('writeKeptPhoto', () => {
  it('is upright, small enough, and carries no EXIF, position or profile', async () => {
    const scene = paintScene(300, 240);
    const jpeg = await sharp(scene.data, { raw: RAW }).jpeg().toBuffer();
    const icc = buildMatrixIcc('Display P3', COLORANTS.displayP3, SRGB_PARAMETRIC);
    const file = embedExifInJpeg(embedIccInJpeg(jpeg, icc), { orientation: 6, gps: true });
    const { raster } = await decodePhoto(save('gps.jpg', file));
    const kept = await writeKeptPhoto(raster, 150, 80);
    const facts = await sharp(kept).metadata();
    expect(facts).toMatchObject({ format: 'jpeg', width: 120, height: 150, hasProfile: false });
    expect([facts.exif, facts.icc, facts.xmp, facts.iptc, facts.orientation]).toEqual(Array(5).fill(undefined));
    expect(kept.includes('Exif')).toBe(false);
  });

  it('is not enlarged', async () => {
    const scene = paintScene(300, 240);
    const { raster } = await decodePhoto(save('small.png', await sharp(scene.data, { raw: RAW }).png().toBuffer()));
    expect(await sharp(await writeKeptPhoto(raster, 2048, 80)).metadata()).toMatchObject({ width: 300, height: 240 });
  });

  it.each([
    ['Display P3, 8 bits', buildMatrixIcc('Display P3', COLORANTS.displayP3, SRGB_PARAMETRIC), 8],
    ['Adobe RGB, 8 bits', buildMatrixIcc('Adobe RGB', COLORANTS.adobeRgb, gammaCurve(2.2)), 8],
    ['ProPhoto, 16 bits', buildMatrixIcc('ProPhoto', COLORANTS.proPhoto, gammaCurve(1.8)), 16],
  ] as const)('shows the colours of %s', async (_, icc, depth) => {
    const codes = skinGradient();
    const data = depth === 8 ? codes : Uint16Array.from(codes, (code) => code * 257);
    const image = sharp(data, { raw: RAW });
    const png = await (depth === 16 ? image.toColourspace('rgb16') : image).png().toBuffer();
    const { raster } = await decodePhoto(save('wide.png', embedIccInPng(png, icc)));
    const shown = await sharp(await writeKeptPhoto(raster, 300, 95))
      .raw()
      .toBuffer();
    for (const x of [20, 150, 280]) {
      const at = 3 * (120 * 300 + x);
      const seen = [0, 1, 2].map((c) => SRGB8_TO_LINEAR[shown[at + c]!]!) as unknown as LinearRgb;
      const measured = linearPixel(raster, x, 120);
      expect(deltaE00(linearSrgbToLab65(seen), linearSrgbToLab65(measured))).toBeLessThan(1);
    }
  });
});
