import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { describeValue, type Problem } from '../problem.ts';
import { booleanFromCell, CLEAR, listFromCell, numberFromCell, numbersFromCell, textFromCell } from './csvCells.ts';

/** The cell of a column, or undefined when the column is absent or the cell empty. */
export type CellReader = (column: string) => string | undefined;

/** How advice speaks of a cell. */
export const cellWords = (column: string): string => catalogFilesTexts.cellIn(column);

/** As much of a cell is shown where it can be corrected. */
const MOST_SHOWN = 2000;

/** Reads the cells of a row one by one and collects what could not be read. */
export class RowCells {
  readonly problems: Problem[] = [];
  readonly #cell: CellReader;
  readonly #row: number;

  constructor(cell: CellReader, row: number) {
    this.#cell = cell;
    this.#row = row;
  }

  fault(column: string, found: string, expected: string, fix: string): undefined {
    const cell = this.#cell(column)?.slice(0, MOST_SHOWN);
    const whole = cell !== undefined && { cell };
    this.problems.push({ path: '', row: this.#row, column, ...whole, found, expected, fix, level: 'error' });
  }

  /** Undefined without a value, null for "-", else what `convert` makes of the cell. */
  read<T>(column: string, expected: string, convert: (cell: string) => T | undefined): T | null | undefined {
    const cell = this.#cell(column);
    if (cell === undefined) return undefined;
    if (cell === CLEAR || cell.trim() === CLEAR) return null;
    const value = convert(cell);
    if (value === undefined)
      return this.fault(column, describeValue(cell), expected, catalogFilesTexts.correct(cellWords(column)));
    return value;
  }

  text(column: string): string | null | undefined {
    return this.read(column, 'text', toText);
  }

  number(column: string): number | null | undefined {
    return this.read(column, catalogFilesTexts.numberSuchAs125, numberFromCell);
  }

  numbers(column: string): number[] | null | undefined {
    return this.read(column, catalogFilesTexts.numbersSeparatedBySpaces, numbersFromCell);
  }

  yesNo(column: string): boolean | null | undefined {
    return this.read(column, catalogFilesTexts.yesOrNo, booleanFromCell);
  }

  list(column: string): string[][] | null | undefined {
    return this.read(column, catalogFilesTexts.entriesSeparated, toList);
  }
}

const toText = (cell: string): string => textFromCell(cell).trim();
const toList = (cell: string): string[][] => listFromCell(textFromCell(cell));
