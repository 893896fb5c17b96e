import type { Problem } from '../problem.ts';
import type { Measurement, Shade } from '../shade.ts';

/** What one row says about a measurement; a field that is not there says nothing. */
export type MeasurementPatch = {
  -readonly [Field in keyof Measurement]?: Measurement[Field] | null;
};

export interface LetDownPatch {
  partsDiluent: number;
  measurement: MeasurementPatch;
  /** Number of the table's columns that it stands in. */
  readonly step?: number;
}

/**
 * What one row says about a shade. Fields that are absent stay as they are in the catalog; null clears an optional
 * field. Values are unchecked until they are merged and validated.
 */
export type ShadePatch = {
  -readonly [Field in keyof Omit<Shade, 'masstone' | 'letDowns'>]?: Shade[Field] | null;
} & {
  masstone?: MeasurementPatch;
  letDowns?: LetDownPatch[];
};

export interface IncomingRow {
  /** Row of a table counting the header as 1, or position of the entry counting from 1. */
  readonly row: number;
  readonly patch: ShadePatch;
  /** Faults of this row alone; an error keeps it out. */
  readonly problems: readonly Problem[];
}

export type CatalogFormat = 'json' | 'csv' | 'cxf' | 'cgats' | 'ase' | 'aco' | 'gpl';

/** Conditions a file may leave out; they are asked, never assumed. */
export const CONDITIONS = ['illuminant', 'observer', 'geometry', 'substrate'] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface Question {
  readonly field: Condition | 'rgbSpace';
  readonly ask: string;
  /** Empty for free text. */
  readonly choices: readonly string[];
  /** How many rows need the answer. */
  readonly rows: number;
}

/** A person's answers to the questions of a file. */
export interface Answers {
  readonly illuminant?: Measurement['illuminant'];
  readonly observer?: Measurement['observer'];
  readonly geometry?: Measurement['geometry'];
  readonly substrate?: string;
  /** Device RGB without a profile: the answer names its space. */
  readonly rgbSpace?: 'sRGB';
  /** Fields of new shades that the file has no place for. */
  readonly shade?: Partial<Shade>;
  /** Columns of a table by header text; null leaves a column out. */
  readonly columns?: Readonly<Record<string, string | null>>;
  /** Cells of a table that a person corrected, by row (the header is row 1) and header text. */
  readonly cells?: readonly CellFix[];
}

export interface CellFix {
  readonly row: number;
  readonly column: string;
  readonly value: string;
}

/** Follows a long reading. */
export interface ReadHooks {
  /** Told how far the reading is, from 0 to 1. */
  watch?(share: number): void;
  /** Takes each row as soon as it is read, answers filled in; the file then keeps none. */
  take?(row: IncomingRow): void;
}

/** A column of a table. */
export interface FileColumn {
  readonly header: string;
  /** What it was taken for; null when it is left out. */
  readonly column: string | null;
  /** Its cell in the first row. */
  readonly example: string;
}

/** What a format's reader finds, before answers are filled in. */
export interface RawCatalogFile {
  readonly rows: readonly IncomingRow[];
  /** Faults of the file as a whole; with an error there are no rows. */
  readonly problems: readonly Problem[];
  /** Everything but the shades, where the format has a place for it. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Of a table. */
  readonly columns?: readonly FileColumn[];
  /** Rows of a table as they stand in the file, read again when asked for: keeping them all would double a large file. */
  readonly cellsOf?: (rows: ReadonlySet<number>) => ReadonlyMap<number, readonly string[]>;
  /** Rows whose colour is device RGB, values 0–1. */
  readonly rgb?: ReadonlyMap<IncomingRow, readonly [number, number, number]>;
  /** Rows whose colour is XYZ, Y = 1 for white; their Lab follows from the illuminant. */
  readonly xyz?: ReadonlyMap<IncomingRow, readonly [number, number, number]>;
}

export interface CatalogFile extends RawCatalogFile {
  /** Name of the file; the source of numbers that name none. */
  readonly name: string;
  readonly format: CatalogFormat | null;
  readonly questions: readonly Question[];
}

/** A file that could not be read at all. */
export function unreadable(found: string, expected: string, fix: string): RawCatalogFile {
  return { rows: [], problems: [{ path: '', found, expected, fix, level: 'error' }] };
}
