import { readTiffEntries } from './readTiffEntries.ts';

const NEW_SUBFILE_TYPE = 254;
const SUB_IFDS = 330;
const DNG_VERSION = 50706;

/**
 * Whether a TIFF-headed file is a camera raw: its first picture is only a small preview, which must not be measured
 * in place of the photo. DNG says so by its version tag, CR2 by its mark, NEF and ARW by a reduced first picture that
 * points to others.
 */
export function isCameraRaw(head: Uint8Array): boolean {
  if (head[8] === 0x43 && head[9] === 0x52) return true;
  const entries = readTiffEntries(head);
  if (entries.has(DNG_VERSION)) return true;
  return entries.has(SUB_IFDS) && (entries.get(NEW_SUBFILE_TYPE)?.value ?? 0) === 1;
}
