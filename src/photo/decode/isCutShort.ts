import { readTiffEntries } from './readTiffEntries.ts';
import type { SniffedFormat } from './sniffFormat.ts';

function viewOf(file: Uint8Array): DataView {
  return new DataView(file.buffer, file.byteOffset, file.byteLength);
}

/** Pixel data begins (SOS) but no end-of-image mark follows; marks inside the thumbnail come before it. */
function isJpegCutShort(file: Uint8Array): boolean {
  const view = viewOf(file);
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) {
      for (let i = file.length - 2; i > at; i--) if (file[i] === 0xff && file[i + 1] === 0xd9) return false;
      return true;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return false;
}

/** Four ASCII letters. */
function isChunkType(file: Uint8Array, at: number): boolean {
  return file.subarray(at, at + 4).every((byte) => (byte | 32) >= 97 && (byte | 32) <= 122);
}

function isPngCutShort(file: Uint8Array): boolean {
  const view = viewOf(file);
  let pixels = false;
  let at = 8;
  while (at + 8 <= file.length) {
    const type = view.getUint32(at + 4);
    if (type === 0x49454e44 || !isChunkType(file, at + 4)) return false;
    pixels ||= type === 0x49444154;
    at += 12 + view.getUint32(at);
  }
  return pixels;
}

/** The RIFF header states the file's length. */
function isWebpCutShort(file: Uint8Array): boolean {
  return file.length >= 12 && viewOf(file).getUint32(4, true) + 8 > file.length;
}

/** A top-level box that reaches beyond the end, once the picture's description has been read whole. */
function isHeifCutShort(file: Uint8Array): boolean {
  const view = viewOf(file);
  let described = false;
  let at = 0;
  while (at + 16 <= file.length) {
    const size32 = view.getUint32(at);
    const size = size32 === 1 ? Number(view.getBigUint64(at + 8)) : size32;
    if (size32 === 0) return false;
    if (at + size > file.length) return described;
    if (size < 8) return false;
    described ||= view.getUint32(at + 4) === 0x6d657461;
    at += size;
  }
  return described && at > file.length;
}

const STRIP_OFFSETS = 273;
const TILE_OFFSETS = 324;

/** The first strip or tile, or the directory itself, lies beyond the end. */
function isTiffCutShort(file: Uint8Array): boolean {
  const entries = readTiffEntries(file);
  const pixels = entries.get(STRIP_OFFSETS) ?? entries.get(TILE_OFFSETS);
  if (pixels === undefined) return file.length >= 8 && entries.size === 0;
  return pixels.value > file.length || pixels.dataAt + 4 * pixels.count > file.length;
}

/**
 * Whether an unreadable file is a whole one whose end is missing, as after a broken transfer. A file cut before its
 * pixels begin counts as damaged instead: nothing shows that there ever was a picture.
 */
export function isCutShort(format: SniffedFormat, file: Uint8Array): boolean {
  switch (format) {
    case 'jpeg':
      return isJpegCutShort(file);
    case 'png':
      return isPngCutShort(file);
    case 'webp':
      return isWebpCutShort(file);
    case 'heif':
      return isHeifCutShort(file);
    case 'tiff':
      return isTiffCutShort(file);
  }
}
