import { StippleError } from '../../errors.ts';
import { isCameraRaw } from './isCameraRaw.ts';

/** What the first bytes say; `heif` covers AVIF and HEIC, told apart by their coding. */
export type SniffedFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'heif';

/** Bytes of a file's beginning that `sniffFormat` wants. */
export const SNIFF_BYTES = 65_536;

const HEIF_BRANDS = ['mif1', 'mif2', 'msf1', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'avif', 'avis'];

function startsWith(head: Uint8Array, bytes: readonly number[], at = 0): boolean {
  return bytes.every((byte, i) => head[at + i] === byte);
}

function text(head: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...head.subarray(from, to));
}

function isSvg(head: Uint8Array): boolean {
  const start = new TextDecoder().decode(head.subarray(0, 4096)).trimStart().toLowerCase();
  return start.startsWith('<') && start.includes('<svg');
}

/**
 * The format by magic bytes, never by name.
 * @throws StippleError SMP_UPLOAD_EMPTY, SMP_PHOTO_SVG, SMP_PHOTO_GIF, SMP_PHOTO_RAW or SMP_PHOTO_TYPE
 */
export function sniffFormat(head: Uint8Array): SniffedFormat {
  if (head.length === 0) throw new StippleError('SMP_UPLOAD_EMPTY');
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'webp';
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(text(head, 0, 4))) {
    if (isCameraRaw(head)) throw new StippleError('SMP_PHOTO_RAW');
    return 'tiff';
  }
  if (text(head, 4, 8) === 'ftyp') {
    const brand = text(head, 8, 12);
    if (HEIF_BRANDS.includes(brand)) return 'heif';
    if (brand === 'crx ') throw new StippleError('SMP_PHOTO_RAW');
  }
  if (text(head, 0, 4) === 'GIF8') throw new StippleError('SMP_PHOTO_GIF');
  if (isSvg(head)) throw new StippleError('SMP_PHOTO_SVG');
  throw new StippleError('SMP_PHOTO_TYPE');
}
