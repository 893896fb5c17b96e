import { readExifColourSpace } from '../decode/readExifColourSpace.ts';
import { readTiffEntries } from '../decode/readTiffEntries.ts';

const ORIENTATION = 0x0112;
const EXIF_LEAD = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * What decoding needs of an EXIF block and nothing else: orientation and colour space, as a new block (without its
 * `Exif\0\0` lead). Everything a camera or phone wrote about place, time, owner and itself is left out.
 */
export function minimalExif(exif: Uint8Array): Buffer {
  const tiff = EXIF_LEAD.every((byte, i) => exif[i] === byte) ? exif.subarray(EXIF_LEAD.length) : exif;
  const orientation = readTiffEntries(tiff).get(ORIENTATION)?.value ?? 1;
  const space = readExifColourSpace(tiff);
  // Little-endian header, IFD0 with orientation and a pointer, EXIF IFD with colour space and a pointer, interop IFD.
  const out = Buffer.alloc(8 + 30 + 30 + 18);
  out.write('II*\0', 0, 'latin1');
  out.writeUInt32LE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    out.writeUInt16LE(tag, at);
    out.writeUInt16LE(type, at + 2);
    out.writeUInt32LE(count, at + 4);
    out.writeUInt32LE(value, at + 8);
  };
  const SHORT = 3;
  const LONG = 4;
  const ASCII = 2;
  out.writeUInt16LE(2, 8);
  entry(10, ORIENTATION, SHORT, 1, orientation >= 1 && orientation <= 8 ? orientation : 1);
  entry(22, 0x8769, LONG, 1, 38);
  out.writeUInt16LE(2, 38);
  entry(40, 0xa001, SHORT, 1, space === 'sRGB' ? 1 : 0xffff);
  entry(52, 0xa005, LONG, 1, 68);
  out.writeUInt16LE(1, 68);
  entry(70, 1, ASCII, 4, Buffer.from(space === 'Adobe RGB' ? 'R03\0' : '\0\0\0\0', 'latin1').readUInt32LE());
  return out;
}

export function withLead(exif: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(EXIF_LEAD), exif]);
}
