import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import type { Catalog } from '../shade.ts';
import { ByteReader, CutOffError } from './byteReader.ts';
import { ByteWriter } from './byteWriter.ts';
import { type IncomingRow, type RawCatalogFile, unreadable } from './catalogFile.ts';
import { lab65ToLab50, labRow, refusedRow, swatchesOf } from './swatches.ts';

/** Adobe Swatch Exchange: "ASEF", version 1.0, then blocks of type, length and content, all big-endian. */
const COLOUR = 0x0001;
const GROUP_START = 0xc001;
const GROUP_END = 0xc002;
const MAX_BLOCKS = 100_000;

type Triple = [number, number, number];

interface Entry {
  readonly code: string;
  readonly model: string;
  readonly values: Triple;
}

function readEntry(block: ByteReader): Entry {
  const code = block.utf16(block.uint16()).trim();
  const model = block.ascii(4).trim();
  const count = { LAB: 3, RGB: 3 }[model] ?? 0;
  const values = Array.from({ length: count }, () => block.float32()) as Triple;
  return { code, model, values };
}

function readEntries(bytes: Uint8Array): Entry[] {
  const reader = new ByteReader(bytes);
  reader.ascii(4);
  reader.uint32();
  const blocks = reader.uint32();
  if (blocks > MAX_BLOCKS) throw new CutOffError();
  const entries: Entry[] = [];
  for (let i = 0; i < blocks; i++) {
    const type = reader.uint16();
    // The end of a group has no content; some writers leave its length out at the end of the file.
    const content = type === GROUP_END && reader.left < 4 ? undefined : reader.part(reader.uint32());
    if (type === COLOUR && content !== undefined) entries.push(readEntry(content));
  }
  return entries;
}

/**
 * ASE stores L* as 0–1 beside a* and b* in full; some programs write 0–100. One value above 1 shows that the file is
 * of the second kind, since no palette is black throughout.
 */
function lightnessScale(entries: readonly Entry[]): 1 | 100 {
  return entries.some((entry) => entry.model === 'LAB' && entry.values[0] > 1.0001) ? 1 : 100;
}

export function readAse(bytes: Uint8Array): RawCatalogFile {
  let entries: Entry[];
  try {
    entries = readEntries(bytes);
  } catch (error) {
    if (!(error instanceof CutOffError)) throw error;
    return unreadable(
      catalogFilesTexts.fileThatEndsTooEarly,
      catalogFilesTexts.asePalette,
      catalogFilesTexts.exportItAgain,
    );
  }
  const scale = lightnessScale(entries);
  const rgb = new Map<IncomingRow, Triple>();
  const rows = entries.map(({ code, model, values: [first, second, third] }, index) => {
    const row = index + 1;
    if (model === 'LAB') {
      // float32 carries seven digits; more would be noise.
      return labRow(row, code, [first * scale, second, third].map((value) => Number(value.toPrecision(7))) as Triple);
    }
    if (model !== 'RGB') return refusedRow(row, code, model);
    const entry: IncomingRow = { row, patch: { code }, problems: [] };
    rgb.set(entry, [first, second, third]);
    return entry;
  });
  if (rows.length === 0)
    return unreadable(
      catalogFilesTexts.paletteWithoutColours,
      catalogFilesTexts.atLeastOne,
      catalogFilesTexts.chooseAnotherFile,
    );
  const problems: RawCatalogFile['problems'] =
    scale === 100
      ? []
      : [
          {
            path: '',
            found: catalogFilesTexts.lightnessUpTo100,
            expected: catalogFilesTexts.lightnessAsShare,
            fix: catalogFilesTexts.checkOneLightnessByEye,
            level: 'warning',
          },
        ];
  return { rows, problems, rgb };
}

/** Masstones as Lab D50, L* 0–1, in one group named for the catalog; the entry's name is the shade's code. */
export function writeAse(catalog: Pick<Catalog, 'name' | 'shades'>): Uint8Array {
  const swatches = swatchesOf(catalog);
  const out = new ByteWriter()
    .ascii('ASEF')
    .uint16(1)
    .uint16(0)
    .uint32(swatches.length + 2);
  out
    .uint16(GROUP_START)
    .uint32(2 + 2 * (catalog.name.length + 1))
    .uint16(catalog.name.length + 1)
    .utf16(catalog.name);
  for (const { code, lab } of swatches) {
    const [L, a, b] = lab65ToLab50(lab);
    const units = code.length + 1;
    out
      .uint16(COLOUR)
      .uint32(2 + 2 * units + 4 + 12 + 2)
      .uint16(units)
      .utf16(code);
    out
      .ascii('LAB ')
      .float32(L / 100)
      .float32(a)
      .float32(b)
      .uint16(0);
  }
  return out.uint16(GROUP_END).uint32(0).bytes();
}
