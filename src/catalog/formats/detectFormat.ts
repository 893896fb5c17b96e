import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import type { CatalogFormat } from './catalogFile.ts';

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

/** Containers that people rename or upload by mistake, by their first bytes. */
const CONTAINERS: readonly { readonly magic: readonly number[]; readonly name: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: catalogFilesTexts.zipArchiveOrExcelWorkbook },
  { magic: [0x1f, 0x8b], name: catalogFilesTexts.gzipArchive },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: catalogFilesTexts.oldExcelWorkbook },
  { magic: [0x25, 0x50, 0x44, 0x46], name: catalogFilesTexts.aPdf },
  { magic: [0x89, 0x50, 0x4e, 0x47], name: catalogFilesTexts.aPicture },
  { magic: [0xff, 0xd8, 0xff], name: catalogFilesTexts.aPicture },
];

export type Detected = { readonly format: CatalogFormat } | { readonly container: string };

/** The format by content; the name decides only where content cannot (ACO has no mark of its own). */
export function detectFormat(bytes: Uint8Array, filename: string): Detected {
  const container = CONTAINERS.find(({ magic }) => magic.every((byte, at) => bytes[at] === byte));
  if (container !== undefined) return { container: container.name };
  if (ascii(bytes, 0, 4) === 'ASEF') return { format: 'ase' };
  const extension = /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase();
  if (extension === 'aco' && bytes[0] === 0) return { format: 'aco' };
  const start = ascii(bytes, 0, 4096)
    .replaceAll('\0', '')
    .replace(/^(ï»¿|ÿþ|þÿ)/, '')
    .trimStart();
  if (start.startsWith('<')) return { format: 'cxf' };
  if (/^[[{]/.test(start)) return { format: 'json' };
  if (start.startsWith('GIMP Palette')) return { format: 'gpl' };
  if (/^(CGATS|IT8|CTI[123]|ISO28178)|^BEGIN_DATA(_FORMAT)?\s|^NUMBER_OF_FIELDS\s/m.test(start))
    return { format: 'cgats' };
  return { format: 'csv' };
}
