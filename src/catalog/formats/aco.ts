import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import type { Catalog } from '../shade.ts';
import { ByteReader, CutOffError } from './byteReader.ts';
import { ByteWriter } from './byteWriter.ts';
import { type IncomingRow, type RawCatalogFile, unreadable } from './catalogFile.ts';
import { lab65ToLab50, labRow, refusedRow, swatchesOf } from './swatches.ts';

/** Photoshop colour swatches: a section of version 1 without names, then the same colours as version 2 with names. */
const RGB = 0;
const LAB = 7;
const SPACES: Readonly<Record<number, string>> = { 1: 'HSB', 2: 'CMYK', 8: 'Gray', 9: 'CMYK' };

type Triple = [number, number, number];

interface Entry {
  readonly space: number;
  readonly values: Triple;
  readonly name: string;
}

const signed = (value: number): number => (value > 32767 ? value - 65536 : value);

function readSection(reader: ByteReader, version: number): Entry[] {
  const count = reader.uint16();
  return Array.from({ length: count }, () => {
    const space = reader.uint16();
    const values: Triple = [reader.uint16(), reader.uint16(), reader.uint16()];
    reader.uint16();
    return { space, values, name: version === 2 ? reader.utf16(reader.uint32()).trim() : '' };
  });
}

function readEntries(bytes: Uint8Array): Entry[] {
  const reader = new ByteReader(bytes);
  let entries: Entry[] = [];
  while (reader.left >= 4) {
    const version = reader.uint16();
    if (version !== 1 && version !== 2) throw new CutOffError();
    entries = readSection(reader, version);
    if (version === 2) break;
  }
  return entries;
}

/** L* in hundredths, a* and b* as signed hundredths. A colour without a name is called by its place. */
export function readAco(bytes: Uint8Array): RawCatalogFile {
  let entries: Entry[];
  try {
    entries = readEntries(bytes);
  } catch (error) {
    if (!(error instanceof CutOffError)) throw error;
    return unreadable(
      catalogFilesTexts.fileThatEndsTooEarly,
      catalogFilesTexts.acoPalette,
      catalogFilesTexts.exportItAgain,
    );
  }
  const rgb = new Map<IncomingRow, Triple>();
  const rows = entries.map(({ space, values: [first, second, third], name }, index) => {
    const row = index + 1;
    const code = name || catalogFilesTexts.colour(row);
    if (space === LAB) return labRow(row, code, [first / 100, signed(second) / 100, signed(third) / 100]);
    if (space !== RGB) return refusedRow(row, code, SPACES[space] ?? catalogFilesTexts.colourSpace(space));
    const entry: IncomingRow = { row, patch: { code }, problems: [] };
    rgb.set(entry, [first / 65535, second / 65535, third / 65535]);
    return entry;
  });
  if (rows.length === 0)
    return unreadable(
      catalogFilesTexts.paletteWithoutColours,
      catalogFilesTexts.atLeastOne,
      catalogFilesTexts.chooseAnotherFile,
    );
  const nameless = entries.some((entry) => entry.name === '');
  const fix = catalogFilesTexts.saveTheSwatchesWithANewer;
  return {
    rows,
    rgb,
    problems: nameless
      ? [
          {
            path: '',
            found: catalogFilesTexts.coloursWithoutNames,
            expected: catalogFilesTexts.codes,
            fix,
            level: 'warning',
          },
        ]
      : [],
  };
}

/** Masstones as Lab D50 in both versions; the name is the shade's code. */
export function writeAco(catalog: Pick<Catalog, 'shades'>): Uint8Array {
  const swatches = swatchesOf(catalog);
  const out = new ByteWriter();
  for (const version of [1, 2]) {
    out.uint16(version).uint16(swatches.length);
    for (const { code, lab } of swatches) {
      const [L, a, b] = lab65ToLab50(lab).map((value) => Math.round(100 * value)) as Triple;
      out.uint16(LAB).uint16(L).int16(a).int16(b).uint16(0);
      if (version === 2) out.uint32(code.length + 1).utf16(code);
    }
  }
  return out.bytes();
}
