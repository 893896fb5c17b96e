/** One directory entry: its first value where that is a number, and where its data lies. */
export interface TiffEntry {
  readonly value: number;
  readonly count: number;
  /** Offset of the data from the TIFF header. */
  readonly dataAt: number;
}

const SHORT = 3;
const BYTES_OF_TYPE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/**
 * Entries of one directory of a TIFF structure (also EXIF's), by tag. Anything malformed or out of range reads as an
 * empty or shorter directory: metadata never makes a photo unreadable.
 * @param tiff bytes from the TIFF header on
 * @param directoryAt offset of the directory; the first one when left out
 */
export function readTiffEntries(tiff: Uint8Array, directoryAt?: number): Map<number, TiffEntry> {
  const entries = new Map<number, TiffEntry>();
  if (tiff.length < 8) return entries;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint8(0) === 0x49;
  if (view.getUint16(2, little) !== 42) return entries;
  const at = directoryAt ?? view.getUint32(4, little);
  if (at + 2 > tiff.length) return entries;
  const count = view.getUint16(at, little);
  for (let i = 0; i < count; i++) {
    const entryAt = at + 2 + 12 * i;
    if (entryAt + 12 > tiff.length) break;
    const type = view.getUint16(entryAt + 2, little);
    const values = view.getUint32(entryAt + 4, little);
    const inline = values * (BYTES_OF_TYPE[type] ?? 4) <= 4;
    entries.set(view.getUint16(entryAt, little), {
      value: type === SHORT ? view.getUint16(entryAt + 8, little) : view.getUint32(entryAt + 8, little),
      count: values,
      dataAt: inline ? entryAt + 8 : view.getUint32(entryAt + 8, little),
    });
  }
  return entries;
}
