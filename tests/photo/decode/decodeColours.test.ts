import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../../src/colour/deltaE00.ts';
import { SRGB8_TO_LINEAR, srgbToLinear } from '../../../src/colour/srgb.ts';
import { type LinearRgb, linearSrgbToLab65 } from '../../../src/colour/xyzLab.ts';
import { type DecodedPhoto, decodePhoto } from '../../../src/photo/decode/decodePhoto.ts';
import { buildHeif, takeHeifApart } from './buildHeif.ts';
import {
  buildMatrixIcc,
  buildTableIcc,
  COLORANTS,
  gammaCurve,
  parametricCurve,
  SRGB_PARAMETRIC,
  sampledCurve,
} from './buildIcc.ts';
import { embedExifInJpeg, embedIccInJpeg, embedIccInPng } from './embedMetadata.ts';
import { linearPixel } from './linearPixel.ts';
import { paintScene } from './paintScene.ts';
import { tempFiles } from './tempFiles.ts';

const save = tempFiles();
const SIZE = { width: 240, height: 210 };
/** Skin- and hair-like device colours: inside sRGB even when the device space is ProPhoto. */
const MUTED = [
  [200, 160, 140],
  [150, 120, 105],
  [90, 70, 62],
  [60, 52, 48],
  [180, 170, 165],
  [128, 128, 128],
];

function mutedPatches(depth: 8 | 16): Uint8Array | Uint16Array {
  const pixels = Array.from({ length: SIZE.width * SIZE.height }, (_, i) => MUTED[(i % SIZE.width) % MUTED.length]!);
  const codes = pixels.flat();
  return depth === 8 ? Uint8Array.from(codes) : Uint16Array.from(codes, (code) => code * 257);
}

async function mutedPng(depth: 8 | 16): Promise<Buffer> {
  const image = sharp(mutedPatches(depth), { raw: { ...SIZE, channels: 3 } });
  return (depth === 16 ? image.toColourspace('rgb16') : image).png().toBuffer();
}

function profileNote(photo: DecodedPhoto) {
  return photo.notes.find((note) => note.check === 'profile')!;
}

/** Largest ΔE00 of the muted colours between our reading and Little CMS's conversion of the same 16-bit numbers to sRGB. */
async function differenceFromLcms(photo: DecodedPhoto, icc: Uint8Array): Promise<number> {
  const converted = await sharp(embedIccInPng(await mutedPng(16), icc))
    .withIccProfile('srgb', { attach: false })
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer();
  const differences = MUTED.map((_, x) => {
    const expected = [0, 1, 2].map((c) => srgbToLinear(converted.readUInt16LE(2 * (3 * x + c)) / 65535));
    return deltaE00(
      linearSrgbToLab65(linearPixel(photo.raster, x, 0)),
      linearSrgbToLab65(expected as unknown as LinearRgb),
    );
  });
  return Math.max(...differences);
}

const REC709 = parametricCurve(3, [1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081]);
const PROFILES = {
  'Display P3': buildMatrixIcc('Display P3', COLORANTS.displayP3, SRGB_PARAMETRIC),
  'Adobe RGB (1998)': buildMatrixIcc('Adobe RGB (1998)', COLORANTS.adobeRgb, gammaCurve(563 / 256)),
  'ROMM RGB': buildMatrixIcc('ROMM RGB', COLORANTS.proPhoto, gammaCurve(1.8)),
  'Rec. 2020': buildMatrixIcc('Rec. 2020', COLORANTS.rec2020, REC709),
  'Adobe by table': buildMatrixIcc(
    'Adobe by table',
    COLORANTS.adobeRgb,
    sampledCurve((v) => v ** 2.2, 1024),
  ),
};

describe.each(Object.entries(PROFILES))('a photo in %s', (name, icc) => {
  it.each([8, 16] as const)('reads as Little CMS converts it, at %i bits', async (depth) => {
    const file = embedIccInPng(await mutedPng(depth), icc);
    const photo = await decodePhoto(save(`${depth}.png`, file));
    expect(photo.profile).toBe(name);
    expect(profileNote(photo).level).toBe('ok');
    expect(photo.raster.data).toBeInstanceOf(depth === 8 ? Uint8Array : Uint16Array);
    expect([...photo.raster.data.subarray(0, 3)]).toEqual(MUTED[0]!.map((code) => (depth === 8 ? code : code * 257)));
    expect(await differenceFromLcms(photo, icc)).toBeLessThan(0.1);
  });

  it('differs visibly from the same numbers read as sRGB', async () => {
    const photo = await decodePhoto(save('plain.png', embedIccInPng(await mutedPng(8), icc)));
    const asSrgb = MUTED[0]!.map((code) => SRGB8_TO_LINEAR[code]!) as unknown as LinearRgb;
    const difference = deltaE00(linearSrgbToLab65(linearPixel(photo.raster, 0, 0)), linearSrgbToLab65(asSrgb));
    expect(difference).toBeGreaterThan(1);
  });
});

describe('sRGB photos', () => {
  it.each([
    ['a parametric curve', SRGB_PARAMETRIC],
    ['1,024 samples', sampledCurve(srgbToLinear, 1024)],
  ])('take the fast path when the profile is sRGB by %s', async (_, curve) => {
    const icc = buildMatrixIcc('some maker’s sRGB', COLORANTS.srgb, curve);
    const photo = await decodePhoto(save('srgb.png', embedIccInPng(await mutedPng(8), icc)));
    expect(photo.profile).toBe('sRGB');
    expect(photo.raster.toSrgb).toBeNull();
    expect(photo.raster.toLinear).toEqual([SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR]);
  });

  it('are assumed, and said to be, without a profile', async () => {
    const photo = await decodePhoto(save('none.png', await mutedPng(8)));
    expect(photo.profile).toBe('none (sRGB assumed)');
    expect(profileNote(photo)).toMatchObject({ level: 'warn', message: expect.stringContaining('no colour profile') });
  });

  it('read 16-bit values by the same curve', async () => {
    const photo = await decodePhoto(save('none16.png', await mutedPng(16)));
    const [r] = linearPixel(photo.raster, 0, 0);
    expect(r).toBeCloseTo(SRGB8_TO_LINEAR[200]!, 6);
  });
});

describe('profiles that cannot be used as they are', () => {
  it('a conversion table is left to Little CMS and said to be approximate', async () => {
    const file = embedIccInPng(await mutedPng(8), buildTableIcc('scanner table', COLORANTS.displayP3));
    const photo = await decodePhoto(save('table.png', file));
    expect(photo.profile).toBe('scanner table');
    expect(profileNote(photo)).toMatchObject({ level: 'warn', message: expect.stringContaining('approximately') });
    const p3 = buildMatrixIcc('linear P3', COLORANTS.displayP3, gammaCurve(1));
    const exact = await decodePhoto(save('linear.png', embedIccInPng(await mutedPng(8), p3)));
    const labs = [photo, exact].map(({ raster }) => linearSrgbToLab65(linearPixel(raster, 1, 0)));
    expect(deltaE00(labs[0]!, labs[1]!)).toBeLessThan(0.6);
  });

  it.each([
    ['cut in half', PROFILES['Display P3'].subarray(0, 200)],
    ['of noise', Uint8Array.from({ length: 400 }, (_, i) => (i * 97) & 255)],
    ['with impossible colorants', buildMatrixIcc('black', [0, 0, 0, 0, 0, 0, 0, 0, 0], gammaCurve(2.2))],
    [
      'with a falling curve',
      buildMatrixIcc(
        'falling',
        COLORANTS.displayP3,
        sampledCurve((v) => 1 - v, 16),
      ),
    ],
  ])('a profile %s is ignored and named', async (_, icc) => {
    const jpeg = await sharp(await mutedPng(8))
      .jpeg({ quality: 95 })
      .toBuffer();
    const photo = await decodePhoto(save('corrupt.jpg', embedIccInJpeg(jpeg, icc)));
    expect(photo.raster.toSrgb).toBeNull();
    expect(profileNote(photo)).toMatchObject({ level: 'warn', message: expect.stringContaining('damaged') });
  });

  it('keeps a stranger’s profile name short and printable', async () => {
    const icc = buildMatrixIcc(`\u0007<b>\u202e${'x'.repeat(300)}`, COLORANTS.adobeRgb, gammaCurve(2.2));
    const photo = await decodePhoto(save('name.png', embedIccInPng(await mutedPng(8), icc)));
    expect(photo.profile).toMatch(/^<b>x{1,57}$/);
  });
});

describe('EXIF in place of a profile', () => {
  async function decodeExif(colourSpace: number, interop?: string): Promise<DecodedPhoto> {
    const jpeg = await sharp(await mutedPng(8))
      .jpeg({ quality: 95 })
      .toBuffer();
    const facts = interop === undefined ? { colourSpace } : { colourSpace, interop };
    return decodePhoto(save('exif.jpg', embedExifInJpeg(jpeg, facts)));
  }

  it.each([
    ['ColorSpace 1', 1, 'R98', 'sRGB', true],
    ['ColorSpace 2', 2, undefined, 'Adobe RGB', false],
    ['uncalibrated with R03', 0xffff, 'R03', 'Adobe RGB', false],
    ['uncalibrated alone', 0xffff, undefined, 'none (sRGB assumed)', true],
  ] as const)('%s', async (_, colourSpace, interop, profile, srgb) => {
    const photo = await decodeExif(colourSpace, interop);
    expect(photo.profile).toBe(profile);
    expect(photo.raster.toSrgb === null).toBe(srgb);
  });

  it('Adobe RGB by EXIF equals Adobe RGB by profile', async () => {
    const byExif = await decodeExif(2);
    const jpeg = await sharp(await mutedPng(8))
      .jpeg({ quality: 95 })
      .toBuffer();
    const byIcc = await decodePhoto(save('adobe.jpg', embedIccInJpeg(jpeg, PROFILES['Adobe RGB (1998)'])));
    const labs = [byExif, byIcc].map(({ raster }) => linearSrgbToLab65(linearPixel(raster, 2, 0)));
    expect(deltaE00(labs[0]!, labs[1]!)).toBeLessThan(0.02);
  });
});

describe('AVIF', () => {
  const scene = paintScene(240, 210);
  const source = sharp(scene.data, { raw: { ...SIZE, channels: 3 } });

  it('10-bit white reaches full light', async () => {
    const white = sharp({ create: { ...SIZE, channels: 3, background: '#ffffff' } });
    const avif = await white.toColourspace('rgb16').avif({ bitdepth: 10, lossless: true }).toBuffer();
    const photo = await decodePhoto(save('white.avif', avif));
    expect(photo.format).toBe('avif');
    for (const value of linearPixel(photo.raster, 100, 100)) expect(value).toBeCloseTo(1, 2);
  });

  it('keeps a P3 profile', async () => {
    const avif = await source.clone().withIccProfile('p3').avif({ quality: 90 }).toBuffer();
    const photo = await decodePhoto(save('p3.avif', avif));
    expect(photo.profile).toBe('Display P3');
    const [r, g, b] = linearPixel(photo.raster, 200, 30);
    const expected = [0, 1, 2].map((c) => SRGB8_TO_LINEAR[scene.data[3 * (30 * 240 + 200) + c]!]!);
    expect(deltaE00(linearSrgbToLab65([r, g, b]), linearSrgbToLab65(expected as unknown as LinearRgb))).toBeLessThan(2);
  });

  it.each([
    [12, 13, 'Display P3', 'ok'],
    [9, 16, 'Rec. 2020', 'warn'],
    [1, 13, 'sRGB', 'ok'],
  ])('reads colour numbers %i/%i as %s', async (primaries, transfer, profile, level) => {
    const parts = takeHeifApart(await source.clone().avif({ quality: 90 }).toBuffer(), 240, 210);
    const photo = await decodePhoto(save('nclx.avif', buildHeif(parts, { nclx: { primaries, transfer, matrix: 6 } })));
    expect(photo.profile).toBe(profile);
    expect(profileNote(photo).level).toBe(level);
    expect(photo.raster.toSrgb === null).toBe(primaries === 1);
    const at = 3 * (30 * 240 + 200);
    for (const c of [0, 1, 2]) expect(Math.abs(photo.raster.data[at + c]! - scene.data[at + c]!)).toBeLessThan(4);
  });
});
