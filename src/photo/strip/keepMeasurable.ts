import { readFileSync } from 'node:fs';
import { openPhoto } from '../decode/configureSharp.ts';
import type { DecodedPhoto } from '../decode/decodePhoto.ts';
import { writeKeptPhoto } from '../decode/writeKeptPhoto.ts';
import { blankHeif } from './blankHeif.ts';
import { stripPng, stripWebp } from './stripChunks.ts';
import { stripJpeg } from './stripJpeg.ts';

const STRIPPERS: Record<Exclude<DecodedPhoto['format'], 'tiff'>, (file: Buffer) => Buffer | null> = {
  jpeg: stripJpeg,
  png: stripPng,
  webp: stripWebp,
  heic: blankHeif,
  avif: blankHeif,
};

/**
 * The copy of an accepted photo that may be measured again: the same pixels and colour profile without position, time,
 * owner or any other metadata. Encoding it anew would change the measured colours, so its coded data is carried over.
 * TIFF, and a file whose structure cannot be followed, is written as PNG with the same stored values; such a HEIC, which
 * no library here writes, as full-size JPEG in sRGB.
 */
export async function keepMeasurable(path: string, { format, raster }: DecodedPhoto): Promise<Buffer> {
  // Read at once: a worker's thread that waits for it would find the regions first.
  const stripped = format === 'tiff' ? null : STRIPPERS[format](readFileSync(path));
  if (stripped) return stripped;
  if (format === 'heic') return writeKeptPhoto(raster, Math.max(raster.widthPx, raster.heightPx), 100);
  return openPhoto(path).autoOrient().keepIccProfile().png({ compressionLevel: 2 }).toBuffer();
}
