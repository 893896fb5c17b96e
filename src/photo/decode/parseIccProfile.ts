import { photoFilesTexts } from '../../language/texts/photoFiles.ts';
import type { ToneCurve } from './toneCurve.ts';
import { readToneCurve } from './toneCurve.ts';

/** An RGB matrix profile, or one whose colours only a full colour engine can read (`approximate`). */
export type IccProfile =
  | {
      readonly kind: 'matrix';
      readonly name: string;
      readonly curves: readonly [ToneCurve, ToneCurve, ToneCurve];
      /** Linear device RGB -> XYZ of the connection space (D50), row-major 3×3. */
      readonly toXyzD50: readonly number[];
    }
  | { readonly kind: 'table'; readonly name: string };

const MAX_TAGS = 200;

function readTag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

/** Printable, short: the name comes from a stranger's file and is shown on a page. */
function cleanName(name: string): string {
  const printable = name.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').trim();
  return printable.slice(0, 60) || photoFilesTexts.unnamedProfile;
}

function readDescription(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = readTag(view, 0);
  if (type === 'mluc') {
    const length = view.getUint32(20);
    const at = view.getUint32(24);
    return new TextDecoder('utf-16be').decode(bytes.subarray(at, at + length));
  }
  if (type === 'desc') return new TextDecoder('latin1').decode(bytes.subarray(12, 12 + view.getUint32(8)));
  return '';
}

function readXyz(bytes: Uint8Array): readonly [number, number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (readTag(view, 0) !== 'XYZ ') throw new RangeError('not an XYZ tag');
  return [view.getInt32(8) / 65536, view.getInt32(12) / 65536, view.getInt32(16) / 65536];
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, Uint8Array> {
  const tags = new Map<string, Uint8Array>();
  const count = view.getUint32(128);
  if (count > MAX_TAGS) throw new RangeError('too many tags');
  for (let i = 0; i < count; i++) {
    const at = view.getUint32(136 + 12 * i);
    const length = view.getUint32(140 + 12 * i);
    if (at + length > bytes.length) throw new RangeError('tag outside the profile');
    tags.set(readTag(view, 132 + 12 * i), bytes.subarray(at, at + length));
  }
  return tags;
}

/**
 * Reads an RGB profile (ICC.1:2022 §7, §9.2, §10). Matrix profiles come back whole; profiles with conversion tables
 * (A2B0) come back as `table`, because their matrix, if any, is not what a colour engine would use.
 * @returns null when the profile is damaged or not for RGB
 */
export function parseIccProfile(bytes: Uint8Array): IccProfile | null {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (readTag(view, 36) !== 'acsp' || readTag(view, 16) !== 'RGB ') return null;
    const tags = readDirectory(bytes, view);
    const description = tags.get('desc');
    const name = cleanName(description === undefined ? '' : readDescription(description));
    if (tags.has('A2B0') || tags.has('A2B1')) return { kind: 'table', name };
    const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((tag) => readXyz(tags.get(tag)!));
    const toXyzD50 = [0, 1, 2].flatMap((row) => columns.map((column) => column[row]!));
    const [r, g, b] = ['rTRC', 'gTRC', 'bTRC'].map((tag) => tags.get(tag)!);
    const red = readToneCurve(r!);
    // Most profiles point all three tags at one curve; one object then means one table.
    const green = g!.byteOffset === r!.byteOffset ? red : readToneCurve(g!);
    const blue = b!.byteOffset === r!.byteOffset ? red : readToneCurve(b!);
    return isPlausible(toXyzD50) ? { kind: 'matrix', name, curves: [red, green, blue], toXyzD50 } : null;
  } catch {
    return null;
  }
}

/** White must come out near D50 and the primaries must span a space, else the numbers are not a display's. */
function isPlausible(m: readonly number[]): boolean {
  const white = [0, 3, 6].map((row) => m[row]! + m[row + 1]! + m[row + 2]!);
  const nearD50 = [0.9642, 1, 0.8249].every((value, i) => Math.abs(white[i]! - value) < 0.15);
  const determinant =
    m[0]! * (m[4]! * m[8]! - m[5]! * m[7]!) -
    m[1]! * (m[3]! * m[8]! - m[5]! * m[6]!) +
    m[2]! * (m[3]! * m[7]! - m[4]! * m[6]!);
  return nearD50 && determinant > 0.01;
}
