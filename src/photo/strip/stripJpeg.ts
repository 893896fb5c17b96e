import { minimalExif, withLead } from './minimalExif.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const COMMENT = 0xfe;

const isApplication = (marker: number): boolean => marker >= APP0 && marker <= 0xef;
const startsWith = (body: Buffer, text: string): boolean => body.subarray(0, text.length).toString('latin1') === text;

/** A segment as it may be kept: colour profile and colour transform stay, EXIF is rewritten, the rest goes. */
function keptSegment(marker: number, body: Buffer): Buffer | null {
  if (marker === APP0)
    return startsWith(body, 'JFIF\0') ? Buffer.concat([body.subarray(0, 12), Buffer.from([0, 0])]) : null;
  if (marker === APP1) return startsWith(body, 'Exif\0\0') ? withLead(minimalExif(body)) : null;
  if (marker === APP2) return startsWith(body, 'ICC_PROFILE\0') ? body : null;
  if (marker === APP14) return startsWith(body, 'Adobe') ? body.subarray(0, 12) : null;
  return isApplication(marker) || marker === COMMENT ? null : body;
}

/** End of the entropy-coded data that starts at `at`: the next marker that is neither stuffing nor a restart. */
function endOfScan(file: Buffer, at: number): number {
  for (let i = file.indexOf(0xff, at); i !== -1 && i + 1 < file.length; i = file.indexOf(0xff, i + 1)) {
    const next = file[i + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return i;
  }
  return file.length;
}

/**
 * The same JPEG picture, byte for byte, without comments, thumbnails, further pictures after the first (MPF) and metadata,
 * but for colour profile, orientation and colour space (ITU-T T.81 annex B). Null when its segments cannot be followed.
 */
export function stripJpeg(file: Buffer): Buffer | null {
  if (file[0] !== 0xff || file[1] !== SOI) return null;
  const parts: Buffer[] = [file.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= file.length) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      parts.push(Buffer.from([0xff, EOI]));
      return Buffer.concat(parts);
    }
    const length = file.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > file.length) return null;
    const kept = keptSegment(marker, file.subarray(at + 4, at + 2 + length));
    if (kept) {
      const lead = Buffer.from([0xff, marker, 0, 0]);
      lead.writeUInt16BE(kept.length + 2, 2);
      parts.push(lead, kept);
    }
    at += 2 + length;
    if (marker === SOS) {
      const end = endOfScan(file, at);
      parts.push(file.subarray(at, end));
      at = end;
    }
  }
  // A picture whose end marker alone is missing still decodes; it is completed here.
  if (at + 2 <= file.length && file[at + 1] === EOI) parts.push(Buffer.from([0xff, EOI]));
  return parts.length > 3 ? Buffer.concat(parts) : null;
}
