import { crc32, deflateSync } from 'node:zlib';

/** Bytes with `inserted` put in at a place. */
function insertAt(file: Uint8Array, at: number, inserted: Uint8Array): Buffer {
  return Buffer.concat([file.subarray(0, at), inserted, file.subarray(at)]);
}

/** A JPEG with an application segment right after its start mark. */
export function insertJpegSegment(jpeg: Uint8Array, marker: number, body: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return insertAt(jpeg, 2, Buffer.concat([head, body]));
}

/** A JPEG whose numbers stay as they are and whose profile is `icc`. */
export function embedIccInJpeg(jpeg: Uint8Array, icc: Uint8Array): Buffer {
  return insertJpegSegment(jpeg, 0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), icc]));
}

export function insertPngChunk(png: Uint8Array, type: string, body: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(body.length, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), typed.length + 4);
  return insertAt(png, 33, chunk);
}

/** A PNG whose numbers stay as they are and whose profile is `icc`. */
export function embedIccInPng(png: Uint8Array, icc: Uint8Array): Buffer {
  return insertPngChunk(png, 'iCCP', Buffer.concat([Buffer.from('test\0\0', 'latin1'), deflateSync(icc)]));
}

export interface ExifFacts {
  readonly orientation?: number;
  readonly colourSpace?: number;
  readonly interop?: string;
  /** Adds a GPS directory with a latitude. */
  readonly gps?: boolean;
}

type Entry = readonly [tag: number, type: number, count: number, value: number];

function writeDirectory(out: Buffer, at: number, entries: readonly Entry[]): void {
  out.writeUInt16BE(entries.length, at);
  entries.forEach(([tag, type, count, value], i) => {
    const entryAt = at + 2 + 12 * i;
    out.writeUInt16BE(tag, entryAt);
    out.writeUInt16BE(type, entryAt + 2);
    out.writeUInt32BE(count, entryAt + 4);
    if (type === 3) out.writeUInt16BE(value, entryAt + 8);
    else out.writeUInt32BE(value, entryAt + 8);
  });
}

/** An EXIF block (big-endian TIFF) without its `Exif\0\0` lead. */
export function buildExif(facts: ExifFacts): Buffer {
  const out = Buffer.alloc(400);
  out.write('MM\0*', 0, 'latin1');
  out.writeUInt32BE(8, 4);
  const main: Entry[] = [[0x8769, 4, 1, 100]];
  if (facts.orientation !== undefined) main.unshift([0x0112, 3, 1, facts.orientation]);
  if (facts.gps) main.push([0x8825, 4, 1, 300]);
  writeDirectory(out, 8, main);
  const exif: Entry[] = [];
  if (facts.colourSpace !== undefined) exif.push([0xa001, 3, 1, facts.colourSpace]);
  if (facts.interop !== undefined) exif.push([0xa005, 4, 1, 200]);
  writeDirectory(out, 100, exif);
  const letters = [...(facts.interop ?? '')].reduce((value, letter) => value * 256 + letter.charCodeAt(0), 0);
  writeDirectory(out, 200, [[1, 2, 4, (letters * 256) >>> 0]]);
  writeDirectory(out, 300, [
    [1, 2, 2, 0x4e000000],
    [2, 5, 3, 340],
  ]);
  for (let i = 0; i < 3; i++) {
    out.writeUInt32BE(41 + i, 340 + 8 * i);
    out.writeUInt32BE(1, 344 + 8 * i);
  }
  return out;
}

export function embedExifInJpeg(jpeg: Uint8Array, facts: ExifFacts): Buffer {
  return insertJpegSegment(jpeg, 0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), buildExif(facts)]));
}
