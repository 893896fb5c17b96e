import { readTiffEntries } from './readTiffEntries.ts';

export type ExifColourSpace = 'sRGB' | 'Adobe RGB' | 'unstated';

const EXIF_DIRECTORY = 0x8769;
const COLOUR_SPACE = 0xa001;
const INTEROP_DIRECTORY = 0xa005;
const INTEROP_INDEX = 1;

/**
 * What a camera says in EXIF when it embeds no profile (Exif 2.32 §4.6.5 ColorSpace, DCF 2.0 interoperability): 1 is sRGB;
 * 2 or "uncalibrated" with interoperability index R03 is Adobe RGB.
 * @param exif the EXIF block, with or without its `Exif\0\0` lead
 */
export function readExifColourSpace(exif: Uint8Array | undefined): ExifColourSpace {
  if (exif === undefined) return 'unstated';
  const lead = exif[0] === 0x45 && exif[1] === 0x78 ? 6 : 0;
  const tiff = exif.subarray(lead);
  const directory = readTiffEntries(tiff).get(EXIF_DIRECTORY);
  if (directory === undefined) return 'unstated';
  const entries = readTiffEntries(tiff, directory.value);
  const colourSpace = entries.get(COLOUR_SPACE)?.value;
  if (colourSpace === 1) return 'sRGB';
  if (colourSpace === 2) return 'Adobe RGB';
  const interop = entries.get(INTEROP_DIRECTORY);
  const index = interop && readTiffEntries(tiff, interop.value).get(INTEROP_INDEX);
  if (index === undefined) return 'unstated';
  return String.fromCharCode(...tiff.subarray(index.dataAt, index.dataAt + 3)) === 'R03' ? 'Adobe RGB' : 'unstated';
}
