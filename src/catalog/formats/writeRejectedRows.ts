import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import type { CatalogDiff } from '../diffCatalogs.ts';
import type { Problem } from '../problem.ts';
import type { CatalogFile } from './catalogFile.ts';
import { CLEAR, numberFromCell, textFromCell, textToCell } from './csvCells.ts';
import { writeTable } from './writeCsv.ts';

/** The cell as it was, made harmless: numbers and the clearing mark stay, anything else is text. */
function harmless(cell: string): string {
  const text = textFromCell(cell);
  return text.trim() === CLEAR || numberFromCell(text) !== undefined ? text : textToCell(text);
}

function sentence({ column, found, expected, fix }: Problem): string {
  return catalogFilesTexts.foundExpected(column, found, expected, fix);
}

/**
 * The rejected rows of a dry run as CSV: for a table its own rows with what is wrong in a last column, ready to be
 * mended and imported again; for other formats the list of faults.
 */
export function writeRejectedRows(file: CatalogFile, diff: Pick<CatalogDiff, 'rejected'>): string {
  if (file.columns !== undefined) {
    const headers = file.columns.map(({ header }) => harmless(header));
    const cellsOf = file.cellsOf?.(new Set(diff.rejected.map(({ row }) => row)));
    const rows = diff.rejected.map(({ row, problems }) => [
      ...headers.map((_, at) => harmless(cellsOf?.get(row)?.[at] ?? '')),
      textToCell(problems.map(sentence).join(' ')),
    ]);
    return writeTable([[...headers, 'problem'], ...rows]);
  }
  const faults = diff.rejected.flatMap(({ row, problems }) =>
    problems.map(({ path, found, expected, fix }) => [String(row), ...[path, found, expected, fix].map(textToCell)]),
  );
  return writeTable([['row', 'place', 'found', 'expected', 'fix'], ...faults]);
}
