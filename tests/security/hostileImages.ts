import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { SeededRandom } from '../fixtures/scenes/seededRandom.ts';
import { buildHeif, takeHeifApart } from '../photo/decode/buildHeif.ts';
import { buildMatrixIcc, COLORANTS, gammaCurve } from '../photo/decode/buildIcc.ts';
import {
  buildExif,
  embedExifInJpeg,
  embedIccInJpeg,
  embedIccInPng,
  insertJpegSegment,
} from '../photo/decode/embedMetadata.ts';
import { paintScene } from '../photo/decode/paintScene.ts';

/** Makes hostile variants of one kind of file, one for each call. */
export type Mutator = (random: SeededRandom) => Buffer;

/** A file cut into the parts its format is made of. */
type Pieces = Buffer[];

const WIDTH_PX = 220;
const HEIGHT_PX = 200;
/** Values that lengths, counts and sizes are replaced by: none, one, signs' ends and more than any file has. */
const ODD_NUMBERS = [0, 1, 2, 7, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const below = (random: SeededRandom, end: number) => Math.floor(random.between(0, end));

/** Replaces one to four bytes at a place by an odd number of that width. */
function putOddNumber(bytes: Buffer, at: number, random: SeededRandom): void {
  const width = Math.min(random.pick([1, 2, 4]), bytes.length - at);
  if (width > 0) bytes.writeUIntBE(random.pick(ODD_NUMBERS) % 256 ** width, at, width);
}

/** Damages one piece somewhere; its first bytes, where lengths and types stand, more often than the rest. */
function damage(piece: Buffer, random: SeededRandom): Buffer {
  const out = Buffer.from(piece);
  for (let i = 1 + below(random, 4); i > 0 && out.length > 0; i--) {
    const at = below(random, random.next() < 0.6 ? Math.min(32, out.length) : out.length);
    if (random.next() < 0.5) putOddNumber(out, at, random);
    else out[at] = below(random, 256);
  }
  return out;
}

/** Leaves out, doubles, moves, cuts or damages pieces, once to three times. */
function mutatePieces(pieces: Pieces, random: SeededRandom): Buffer {
  const out = [...pieces];
  for (let i = 1 + below(random, 3); i > 0 && out.length > 1; i--) {
    const at = below(random, out.length);
    const piece = out[at]!;
    const kind = random.next();
    if (kind < 0.1) out.splice(at, 1);
    else if (kind < 0.2) out.splice(below(random, out.length), 0, ...Array<Buffer>(1 + below(random, 40)).fill(piece));
    else if (kind < 0.3) out.splice(below(random, out.length), 0, ...out.splice(at, 1));
    else if (kind < 0.4) out[at] = piece.subarray(0, below(random, piece.length + 1));
    else out[at] = damage(piece, random);
  }
  return Buffer.concat(out);
}

/** Marker segments; what follows the start of scan is one piece. */
export function jpegPieces(file: Buffer): Pieces {
  const pieces: Pieces = [file.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const end = file[at + 1] === 0xda ? file.length : at + 2 + file.readUInt16BE(at + 2);
    pieces.push(file.subarray(at, end));
    at = end;
  }
  return pieces;
}

function pngPieces(file: Buffer): Pieces {
  const pieces: Pieces = [file.subarray(0, 8)];
  for (let at = 8; at < file.length; ) {
    const end = at + 12 + file.readUInt32BE(at);
    pieces.push(file.subarray(at, end));
    at = end;
  }
  return pieces;
}

/** Writes the checksum of a damaged chunk again, so that the decoder looks into it. */
function sealChunk(chunk: Buffer): Buffer {
  if (chunk.length < 12) return chunk;
  chunk.writeUInt32BE(crc32(chunk.subarray(4, chunk.length - 4)), chunk.length - 4);
  return chunk;
}

const HEIF_CONTAINERS = new Set(['meta', 'iprp', 'ipco', 'iinf', 'iref']);

/** Headers of boxes and bodies of innermost boxes, in the order of the file. */
function heifPieces(file: Buffer): Pieces {
  const pieces: Pieces = [];
  for (let at = 0; at + 8 <= file.length; ) {
    const type = file.toString('latin1', at + 4, at + 8);
    const size = file.readUInt32BE(at);
    if (HEIF_CONTAINERS.has(type)) {
      const head = type === 'meta' || type === 'iref' ? 12 : type === 'iinf' ? 14 : 8;
      pieces.push(file.subarray(at, at + head));
      at += head;
    } else {
      pieces.push(file.subarray(at, at + 8), file.subarray(at + 8, at + size));
      at += size;
    }
  }
  return pieces;
}

/** One mutator for each kind of structure a photo may come with. */
export async function hostileImages(): Promise<Readonly<Record<string, Mutator>>> {
  const scene = paintScene(WIDTH_PX, HEIGHT_PX);
  const picture = sharp(scene.data, { raw: { width: WIDTH_PX, height: HEIGHT_PX, channels: 3 } });
  const plainJpeg = await picture.clone().jpeg().toBuffer();
  const progressive = await picture.clone().jpeg({ progressive: true }).toBuffer();
  const png = await picture.clone().png({ compressionLevel: 1 }).toBuffer();
  const icc = Buffer.from(buildMatrixIcc('Adobe RGB (1998)', COLORANTS.adobeRgb, gammaCurve(2.2)));
  const facts = { orientation: 6, colourSpace: 0xffff, interop: 'R03', gps: true };
  const exif = buildExif(facts);
  const jpeg = embedExifInJpeg(embedIccInJpeg(plainJpeg, icc), facts);
  const heicFile = readFileSync(new URL('../fixtures/photos/scene.heic', import.meta.url));
  const heic = buildHeif(takeHeifApart(heicFile, 320, 240), { quarterTurns: 1, icc, exif });
  const webp = await picture.clone().webp({ effort: 0 }).withIccProfile('p3').toBuffer();
  const tiff = await picture.clone().tiff({ compression: 'deflate' }).toBuffer();

  const exifInJpeg = (body: Buffer) =>
    insertJpegSegment(plainJpeg, 0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), body]));
  const isExtra = (chunk: Buffer) => chunk.toString('latin1', 4, 8) !== 'IDAT';
  const cuts = (file: Buffer, parts: number) =>
    Array.from({ length: parts }, (_, i) =>
      file.subarray(Math.floor((i * file.length) / parts), Math.floor(((i + 1) * file.length) / parts)),
    );
  return {
    'JPEG segments': (random) => mutatePieces(jpegPieces(random.next() < 0.5 ? jpeg : progressive), random),
    'PNG chunks': (random) => {
      const pieces = pngPieces(png);
      const at = 1 + below(random, pieces.length - 1);
      pieces[at] = sealChunk(damage(pieces[at]!, random));
      return random.next() < 0.5 ? Buffer.concat(pieces) : mutatePieces(pieces.filter(isExtra).concat(pieces), random);
    },
    'HEIF boxes': (random) => mutatePieces(heifPieces(heic), random),
    'ICC profile': (random) => {
      const profile = mutatePieces([icc.subarray(0, 128), icc.subarray(128, 260), icc.subarray(260)], random);
      const small = profile.subarray(0, 60_000);
      return random.next() < 0.5 ? embedIccInJpeg(plainJpeg, small) : embedIccInPng(png, small);
    },
    'EXIF directory': (random) => exifInJpeg(mutatePieces([exif.subarray(0, 8), exif.subarray(8)], random)),
    'WebP chunks': (random) => mutatePieces([...cuts(webp.subarray(0, 64), 8), webp.subarray(64)], random),
    'TIFF directory': (random) => mutatePieces([tiff.subarray(0, 8), ...cuts(tiff.subarray(8), 6)], random),
  };
}
