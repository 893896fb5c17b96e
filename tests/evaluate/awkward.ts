import { join } from 'node:path';
import sharp from 'sharp';
import { linearToSrgb } from '../../src/colour/srgb.ts';
import { type ErrorCode, StippleError } from '../../src/errors.ts';
import { type DecodedPhoto, decodePhoto } from '../../src/photo/decode/decodePhoto.ts';
import type { EvaluationReport, EvaluationSection } from './section.ts';

interface ExpectedPhoto {
  readonly format: DecodedPhoto['format'];
  readonly size: readonly [widthPx: number, heightPx: number];
  readonly profile: string;
  readonly turned?: boolean;
  readonly frames?: boolean;
  /** A further look at the pixels: a sentence when they are wrong. */
  readonly look?: (photo: DecodedPhoto, path: string) => Promise<string | null>;
}

const ASSUMED = 'none (sRGB assumed)';
/** Display P3 -> sRGB in linear light (CSS Color 4 sample code, P3 -> XYZ -> sRGB). */
const P3_TO_SRGB = [1.22494, -0.22494, 0, -0.04206, 1.04206, 0, -0.01964, -0.07864, 1.09827];

const EXPECTED: Record<string, ExpectedPhoto | ErrorCode> = {
  'animated.webp': { format: 'webp', size: [370, 285], profile: ASSUMED, frames: true },
  'cmyk_ycck_red.jpg': 'SMP_PHOTO_CMYK',
  'corrupt_header.jpg': 'SMP_PHOTO_CORRUPT',
  'decompression_bomb.gif': 'SMP_PHOTO_GIF',
  'exif_landscape_8.jpg': { format: 'jpeg', size: [1800, 1200], profile: ASSUMED, turned: true, look: hasSkyAbove },
  'exif_portrait_6.jpg': { format: 'jpeg', size: [1200, 1800], profile: ASSUMED, turned: true, look: hasSkyAbove },
  'gray_icc.jpg': 'SMP_PHOTO_GREYSCALE',
  'icc_p3_srgb_color_bars.jpg': {
    format: 'jpeg',
    size: [1000, 800],
    profile: 'DCI-P3-D65-2_2-Gamma',
    look: agreesWithLittleCms,
  },
  'iphone8_arrow.heic': { format: 'heic', size: [3024, 4032], profile: 'Display P3', turned: true, look: pointsUpInP3 },
  'png_16bit.png': { format: 'png', size: [900, 600], profile: ASSUMED, look: isSixteenBit },
  'truncated.jpg': 'SMP_PHOTO_TRUNCATED',
};

function channelAt({ raster }: DecodedPhoto, pixel: number, c: number): number {
  return raster.toLinear[c]![raster.data[3 * pixel + c]!]!;
}

function luminanceOfRows(photo: DecodedPhoto, from: number, to: number): number {
  const { widthPx, heightPx } = photo.raster;
  let sum = 0;
  let count = 0;
  for (let pixel = Math.floor(from * heightPx) * widthPx; pixel < Math.floor(to * heightPx) * widthPx; pixel += 7) {
    sum += channelAt(photo, pixel, 1);
    count += 1;
  }
  return sum / count;
}

async function hasSkyAbove(photo: DecodedPhoto): Promise<string | null> {
  const upright = luminanceOfRows(photo, 0, 0.3) > 1.5 * luminanceOfRows(photo, 0.8, 1);
  return upright ? null : 'its bright sky should be at the top after turning';
}

async function isSixteenBit(photo: DecodedPhoto): Promise<string | null> {
  return photo.raster.data instanceof Uint16Array ? null : 'its 16 bits a channel should be kept';
}

/** Every colour inside sRGB must come out as Little CMS makes it, to the rounding of its 8-bit answer. */
async function agreesWithLittleCms(photo: DecodedPhoto, path: string): Promise<string | null> {
  const converted = await sharp(path).withIccProfile('srgb', { attach: false }).raw().toBuffer();
  const m = photo.raster.toSrgb;
  if (m === null) return 'its primaries are not sRGB’s and need a matrix';
  let worst = 0;
  let compared = 0;
  for (let pixel = 0; pixel < converted.length / 3; pixel += 1) {
    const device = [0, 1, 2].map((c) => channelAt(photo, pixel, c));
    const srgb = [0, 3, 6].map((row) => m[row]! * device[0]! + m[row + 1]! * device[1]! + m[row + 2]! * device[2]!);
    if (srgb.some((value) => value < 0.002 || value > 0.99)) continue;
    compared += 1;
    srgb.forEach((value, c) => {
      worst = Math.max(worst, Math.abs(255 * linearToSrgb(value) - converted[3 * pixel + c]!));
    });
  }
  if (compared < 5_000) return `only ${compared} colours were inside sRGB to compare`;
  return worst <= 1 ? null : `it differs from Little CMS by ${worst.toFixed(2)} of 255`;
}

/** Width of the dark ink in a band of rows, as a share of the ink's whole width. */
function inkWidths(photo: DecodedPhoto): { top: number; bottom: number } {
  const { widthPx, heightPx } = photo.raster;
  const step = 8;
  const ink: [number, number][] = [];
  for (let y = 0; y < heightPx; y += step) {
    for (let x = 0; x < widthPx; x += step) if (channelAt(photo, y * widthPx + x, 1) < 0.05) ink.push([x, y]);
  }
  const ys = ink.map(([, y]) => y);
  const highest = Math.min(...ys);
  const band = (Math.max(...ys) - highest) / 10;
  const widthOf = (points: [number, number][]): number =>
    Math.max(...points.map(([x]) => x)) - Math.min(...points.map(([x]) => x));
  const whole = widthOf(ink);
  return {
    top: widthOf(ink.filter(([, y]) => y < highest + band)) / whole,
    bottom: widthOf(ink.filter(([, y]) => y > highest + 9 * band)) / whole,
  };
}

async function pointsUpInP3(photo: DecodedPhoto): Promise<string | null> {
  const m = photo.raster.toSrgb;
  if (m === null || P3_TO_SRGB.some((value, i) => Math.abs(value - m[i]!) > 0.002)) {
    return 'its colours should be read as Display P3';
  }
  const { top, bottom } = inkWidths(photo);
  const up = top < 0.25 && bottom > 0.3;
  return up
    ? null
    : `its arrow should point up, but is ${top.toFixed(2)} wide at the top and ${bottom.toFixed(2)} below`;
}

async function checkPhoto(path: string, expected: ExpectedPhoto): Promise<string | null> {
  const photo = await decodePhoto(path);
  const facts = {
    format: photo.format,
    size: [photo.raster.widthPx, photo.raster.heightPx],
    profile: photo.profile,
    turned: photo.orientationApplied,
    frames: photo.notes.some((note) => note.check === 'frames'),
  };
  const { look, format, size, profile, turned = false, frames = false } = expected;
  const wanted = { format, size, profile, turned, frames };
  if (JSON.stringify(facts) !== JSON.stringify(wanted)) {
    return `expected ${JSON.stringify(wanted)} but received ${JSON.stringify(facts)}`;
  }
  return look === undefined ? null : look(photo, path);
}

async function checkFile(path: string, expected: ExpectedPhoto | ErrorCode): Promise<string | null> {
  try {
    if (typeof expected !== 'string') return await checkPhoto(path, expected);
    const photo = await decodePhoto(path);
    return `expected ${expected} but received a ${photo.format} photo`;
  } catch (error) {
    if (!(error instanceof StippleError)) return `expected an answer but received the fault ${String(error)}`;
    return error.code === expected ? null : `expected ${JSON.stringify(expected)} but received ${error.code}`;
  }
}

/** Every awkward file has its expected answer: decoded right, or refused with its own reason. */
export const awkwardSection: EvaluationSection = {
  name: 'awkward photos',
  async run({ sharedDir }): Promise<EvaluationReport> {
    if (sharedDir === null) return { lines: ['no folder of awkward photos here: nothing checked'], failures: [] };
    const lines: string[] = [];
    const failures: string[] = [];
    for (const [name, expected] of Object.entries(EXPECTED)) {
      const wrong = await checkFile(join(sharedDir, 'photos/awkward', name), expected);
      const answer = typeof expected === 'string' ? expected : `${expected.size.join(' × ')}, ${expected.profile}`;
      lines.push(`${name.padEnd(28)} ${wrong === null ? answer : 'WRONG'}`);
      if (wrong !== null) failures.push(`${name}: ${wrong}.`);
    }
    return { lines, failures };
  },
};
