import { type FileHandle, open } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { StippleError } from '../../errors.ts';
import { photoFilesTexts } from '../../language/texts/photoFiles.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';
import { buildTables } from './colourEncoding.ts';
import { MAX_PIXELS, openPhoto } from './configureSharp.ts';
import { decodeHeic } from './decodeHeic.ts';
import type { DecodeNote } from './decodeNote.ts';
import { describeFailure } from './describeFailure.ts';
import { isGreyscale } from './isGreyscale.ts';
import { type HeifFacts, readHeifFacts } from './readHeifBoxes.ts';
import { type ResolvedEncoding, resolveEncoding } from './resolveEncoding.ts';
import { SNIFF_BYTES, type SniffedFormat, sniffFormat } from './sniffFormat.ts';

/** A photo ready to be measured. */
export interface DecodedPhoto {
  readonly raster: RasterPhoto;
  readonly format: 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' | 'heic';
  /** Colour profile as shown to people: 'sRGB', 'Display P3', 'none (sRGB assumed)'. */
  readonly profile: string;
  /** Whether the stored picture was turned or mirrored to stand upright. */
  readonly orientationApplied: boolean;
  readonly notes: readonly DecodeNote[];
}

const MIN_SIDE_PX = 200;
/** No more of a file than this is ever held in memory: twice what 60 million pixels need in 8-bit RGB. */
const MAX_FILE_BYTES = 360e6;
const NOT_WHOLE_NUMBERS = photoFilesTexts.storedForFilmAndScience;

async function readHead(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    if (!(await file.stat()).isFile()) throw new StippleError('SMP_PHOTO_NOT_FOUND');
    const head = new Uint8Array(SNIFF_BYTES);
    const { bytesRead } = await file.read(head, 0, SNIFF_BYTES, 0);
    return head.subarray(0, bytesRead);
  } catch (cause) {
    if (cause instanceof StippleError) throw cause;
    throw new StippleError('SMP_PHOTO_NOT_FOUND', undefined, { cause });
  } finally {
    await file?.close();
  }
}

/** The file, or its first part where it is larger than any photo of acceptable size. */
async function readBounded(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(Math.min((await file.stat()).size, MAX_FILE_BYTES));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Refuses, from the header alone, what must not or need not be decoded. */
function checkHeader(header: Metadata): void {
  if (header.width * header.height > MAX_PIXELS) throw new StippleError('SMP_PHOTO_TOO_MANY_PIXELS');
  if (header.space === 'cmyk') throw new StippleError('SMP_PHOTO_CMYK');
  if (header.space === 'b-w' || header.space === 'grey16') throw new StippleError('SMP_PHOTO_GREYSCALE');
  if (Math.min(header.width, header.height) < MIN_SIDE_PX) throw new StippleError('SMP_PHOTO_TOO_SMALL');
  if (header.depth !== 'uchar' && header.depth !== 'ushort') {
    throw new StippleError('SMP_PHOTO_TYPE', photoFilesTexts.saveItAsJpeg(NOT_WHOLE_NUMBERS));
  }
}

async function decodeWithSharp(path: string, header: Metadata, colour: ResolvedEncoding): Promise<RasterPhoto> {
  const sixteenBit = header.depth === 'ushort';
  let pipeline = openPhoto(path).autoOrient().removeAlpha();
  pipeline = colour.needsConversion
    ? pipeline.withIccProfile('srgb', { attach: false })
    : // Without this sharp converts to sRGB, in 8 bits and clipped.
      pipeline.keepIccProfile();
  if (sixteenBit) pipeline = pipeline.toColourspace('rgb16');
  const { data, info } = await pipeline
    .raw({ depth: sixteenBit ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new StippleError('SMP_PHOTO_GREYSCALE');
  const values = sixteenBit
    ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const table = buildTables(colour.encoding, values, fullSignal(header));
  return { widthPx: info.width, heightPx: info.height, data: values, toLinear: table, toSrgb: colour.encoding.toSrgb };
}

/** 10- and 12-bit AVIF comes shifted up to 16 bits, so its white stops short of 65,535. */
function fullSignal(header: Metadata): number {
  if (header.depth !== 'ushort') return 255;
  const bits = header.format === 'heif' ? (header.bitsPerSample ?? 16) : 16;
  return (2 ** bits - 1) * 2 ** (16 - bits);
}

async function decodeWithHeic(path: string, header: Metadata, colour: ResolvedEncoding): Promise<RasterPhoto> {
  const { widthPx, heightPx, data } = await decodeHeic(await readBounded(path), header.pagePrimary ?? 0);
  return {
    widthPx,
    heightPx,
    data,
    toLinear: buildTables(colour.encoding, data, 255),
    toSrgb: colour.encoding.toSrgb,
  };
}

function noteFrames(header: Metadata): DecodeNote[] {
  if ((header.pages ?? 1) <= 1) return [];
  return [
    {
      check: 'frames',
      level: 'warn',
      message: photoFilesTexts.onlyOnePictureUsed(header.pages!, header.format === 'heif'),
      fix: photoFilesTexts.ifAnotherOneIsMeant,
    },
  ];
}

function nameFormat(header: Metadata): DecodedPhoto['format'] {
  if (header.format === 'heif') return header.compression === 'hevc' ? 'heic' : 'avif';
  return header.format as DecodedPhoto['format'];
}

async function decodeKnown(path: string, sniffed: SniffedFormat): Promise<DecodedPhoto> {
  const header = await openPhoto(path).metadata();
  checkHeader(header);
  const format = nameFormat(header);
  const facts: HeifFacts = sniffed === 'heif' ? readHeifFacts(await readBounded(path)) : { nclx: null, turned: false };
  const colour = resolveEncoding({ icc: header.icc, exif: header.exif, nclx: facts.nclx });
  const decode = format === 'heic' ? decodeWithHeic : decodeWithSharp;
  const raster = await decode(path, header, colour);
  if (isGreyscale(raster)) throw new StippleError('SMP_PHOTO_GREYSCALE');
  return {
    raster,
    format,
    profile: colour.profile,
    orientationApplied: sniffed === 'heif' ? facts.turned : (header.orientation ?? 1) > 1,
    notes: [colour.note, ...noteFrames(header)],
  };
}

/**
 * Decodes a photo to its stored numbers, upright and at full size, with what turns them into linear light. The format is
 * told by content, not by name. Sizes are checked before anything is decoded.
 * @throws StippleError SMP_PHOTO_* or SMP_UPLOAD_EMPTY for every file that cannot be measured; nothing else
 */
export async function decodePhoto(path: string): Promise<DecodedPhoto> {
  const sniffed = sniffFormat(await readHead(path));
  try {
    return await decodeKnown(path, sniffed);
  } catch (error) {
    if (error instanceof StippleError) throw error;
    throw describeFailure(error, sniffed, await readBounded(path));
  }
}
