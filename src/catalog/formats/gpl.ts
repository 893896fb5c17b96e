import { linearToSrgb8 } from '../../colour/srgb.ts';
import { lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { describeValue } from '../problem.ts';
import type { Catalog } from '../shade.ts';
import { type IncomingRow, type RawCatalogFile, unreadable } from './catalogFile.ts';
import { decodeText } from './decodeText.ts';
import { swatchesOf } from './swatches.ts';

const MAX_COLOURS = 50_000;
/** A longer line holds no name. */
const MAX_LINE = 500;

/** GIMP palette: a header, then lines of red, green, blue 0–255 and a name. Which RGB it is the file does not say. */
export function readGpl(bytes: Uint8Array): RawCatalogFile {
  const rgb = new Map<IncomingRow, [number, number, number]>();
  const rows: IncomingRow[] = [];
  const lines = decodeText(bytes).text.split(/\r\n|\n|\r/);
  for (const [index, whole] of lines.entries()) {
    const line = whole.slice(0, MAX_LINE).trim();
    if (index === 0 || /^(#|$)/.test(line) || /^(Name|Columns|Channels):/i.test(line)) continue;
    const row = index + 1;
    const found = /^(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(.*))?$/.exec(line);
    const values = found?.slice(1, 4).map(Number) ?? [256];
    if (found === null || values.some((value) => value > 255)) {
      const problem = {
        path: '',
        row,
        found: describeValue(line),
        expected: catalogFilesTexts.threeNumbers0255AndAName,
      };
      rows.push({ row, patch: {}, problems: [{ ...problem, fix: catalogFilesTexts.correctTheLine, level: 'error' }] });
      continue;
    }
    const entry: IncomingRow = {
      row,
      patch: { code: found[4] || catalogFilesTexts.colour(rows.length + 1) },
      problems: [],
    };
    rgb.set(entry, values.map((value) => value / 255) as [number, number, number]);
    rows.push(entry);
    if (rows.length > MAX_COLOURS)
      return unreadable(
        catalogFilesTexts.moreColours,
        catalogFilesTexts.atMost(MAX_COLOURS),
        catalogFilesTexts.splitTheFile,
      );
  }
  if (rows.length === 0)
    return unreadable(
      catalogFilesTexts.paletteWithoutColours,
      catalogFilesTexts.atLeastOne,
      catalogFilesTexts.chooseAnotherFile,
    );
  return { rows, problems: [], rgb };
}

/** Masstones in 8-bit sRGB, clipped to its gamut: for showing, not for measuring. */
export function writeGpl(catalog: Pick<Catalog, 'name' | 'shades'>): string {
  const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
  const colours = swatchesOf(catalog).map(({ code, lab }) => {
    const rgb = lab65ToLinearSrgb(lab).map((value) => String(linearToSrgb8(value)).padStart(3));
    return `${rgb.join(' ')}\t${oneLine(code)}`;
  });
  return `${['GIMP Palette', `Name: ${oneLine(catalog.name)}`, '# sRGB, masstones', ...colours].join('\n')}\n`;
}
