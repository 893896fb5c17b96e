import { findBox, listBoxes } from '../decode/readHeifBoxes.ts';
import { minimalExif } from './minimalExif.ts';

interface Extent {
  readonly at: number;
  readonly length: number;
}

/** Ids of metadata items: EXIF, and anything carried as a MIME type such as XMP (ISO/IEC 14496-12 §8.11.6). */
function metadataItems(iinf: DataView): Map<number, string> {
  const items = new Map<number, string>();
  const lead = iinf.getUint8(0) === 0 ? 6 : 8;
  for (const { type, body } of listBoxes(new DataView(iinf.buffer, iinf.byteOffset + lead, iinf.byteLength - lead))) {
    if (type !== 'infe') continue;
    const version = body.getUint8(0);
    if (version < 2) continue;
    const id = version === 2 ? body.getUint16(4) : body.getUint32(4);
    const at = version === 2 ? 8 : 10;
    const kind = String.fromCharCode(...[0, 1, 2, 3].map((i) => body.getUint8(at + i)));
    if (kind === 'Exif' || kind === 'mime') items.set(id, kind);
  }
  return items;
}

/** Where an item's bytes lie in the file (ISO/IEC 14496-12 §8.11.3); null for a layout no camera writes. */
function itemExtents(iloc: DataView, wanted: ReadonlySet<number>, idatAt: number | null): Map<number, Extent[]> | null {
  const version = iloc.getUint8(0);
  const sizes = iloc.getUint16(4);
  const offsetSize = sizes >> 12;
  const lengthSize = (sizes >> 8) & 15;
  const baseSize = (sizes >> 4) & 15;
  const indexSize = version === 0 ? 0 : sizes & 15;
  let at = 6;
  const read = (size: number): number => {
    const value =
      size === 0
        ? 0
        : size === 2
          ? iloc.getUint16(at)
          : size === 4
            ? iloc.getUint32(at)
            : Number(iloc.getBigUint64(at));
    at += size;
    return value;
  };
  const count = read(version < 2 ? 2 : 4);
  const found = new Map<number, Extent[]>();
  for (let i = 0; i < count; i++) {
    const id = read(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : read(2) & 15;
    at += 2;
    const base = read(baseSize);
    const extents = read(2);
    for (let j = 0; j < extents; j++) {
      read(indexSize);
      const offset = base + read(offsetSize);
      const length = read(lengthSize);
      if (!wanted.has(id)) continue;
      if (method > 1 || (method === 1 && idatAt === null)) return null;
      const start = method === 1 ? idatAt! + offset : offset;
      found.set(id, [...(found.get(id) ?? []), { at: start, length }]);
    }
  }
  return found;
}

/**
 * The same HEIC or AVIF file with the bytes of its EXIF and XMP items blanked in place: no picture byte moves. Null when
 * the items cannot be located with certainty.
 */
export function blankHeif(file: Buffer): Buffer | null {
  try {
    const out = Buffer.from(file);
    const top = listBoxes(new DataView(out.buffer, out.byteOffset, out.byteLength));
    const metaBox = top.find((box) => box.type === 'meta')?.body;
    if (!metaBox) return null;
    const meta = new DataView(metaBox.buffer, metaBox.byteOffset + 4, metaBox.byteLength - 4);
    const iinf = findBox(meta, 'iinf');
    const iloc = findBox(meta, 'iloc');
    if (!iinf || !iloc) return null;
    const items = metadataItems(iinf);
    const idat = findBox(meta, 'idat');
    const places = itemExtents(iloc, new Set(items.keys()), idat ? idat.byteOffset - out.byteOffset : null);
    if (!places) return null;
    for (const [id, kind] of items) {
      const extents = places.get(id) ?? [];
      if (extents.some(({ at, length }) => at < 0 || at + length > out.length)) return null;
      const [first] = extents;
      // The item starts with the distance of its TIFF header from the end of this field.
      const lead = first && first.length >= 8 ? out.readUInt32BE(first.at) : 0;
      const exif =
        first && kind === 'Exif'
          ? minimalExif(Buffer.from(out.subarray(first.at + 4 + lead, first.at + first.length)))
          : null;
      for (const { at, length } of extents) out.fill(0, at, at + length);
      if (first && exif && first.length >= 4 + exif.length) exif.copy(out, first.at + 4);
    }
    return out;
  } catch {
    return null;
  }
}
