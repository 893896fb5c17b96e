import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { catalogProblemsTexts } from '../../language/texts/catalogProblems.ts';
import { describeValue, type Problem } from '../problem.ts';
import { numberFromCell } from './csvCells.ts';
import { wavelengthOfColumn } from './csvColumns.ts';
import { resampleSpectrum } from './resampleSpectrum.ts';

/** Columns of a table that together hold a reflectance spectrum a row. */
export interface WavelengthColumns {
  /** Places of the columns, shortest wavelength first. */
  readonly places: readonly number[];
  readonly startNm: number;
  readonly stepNm: number;
  /** What makes reflectances 0–1 of the table's numbers. */
  readonly scale: number;
}

/** A reflectance above this is in percent. */
const HIGHEST_FRACTION = 2;

/** The columns by wavelength of a table, where they are evenly spaced and reach from 400 to 700 nm; else undefined. */
export function findWavelengths(columns: readonly (string | null)[]): WavelengthColumns | undefined {
  const found = columns
    .flatMap((column, place) => {
      const nm = column === null ? undefined : wavelengthOfColumn(column);
      return nm === undefined ? [] : [{ nm, place }];
    })
    .sort((one, other) => one.nm - other.nm);
  const [first, second] = found;
  if (first === undefined || second === undefined) return undefined;
  const stepNm = second.nm - first.nm;
  const isEven = found.every(({ nm }, at) => nm === first.nm + at * stepNm);
  const flat = found.map(() => 1);
  if (!isEven || resampleSpectrum(flat, first.nm, stepNm) === undefined) return undefined;
  return { places: found.map(({ place }) => place), startNm: first.nm, stepNm, scale: 1 };
}

/** 1/100 where a row shows that the numbers are percentages; a dark row alone has none above 2 either way. */
export function scaleOf(cells: readonly string[], { places }: WavelengthColumns): number {
  return places.some((place) => (numberFromCell(cells[place] ?? '') ?? 0) > HIGHEST_FRACTION) ? 0.01 : 1;
}

/** The spectrum of a row at 400–700 nm; undefined where the row has none, or with what is wrong with it. */
export function readWavelengths(
  cells: readonly string[],
  headers: readonly string[],
  row: number,
  { places, startNm, stepNm, scale }: WavelengthColumns,
): { readonly spectrum?: number[]; readonly problem?: Problem } {
  const texts = places.map((place) => (cells[place] ?? '').trim());
  if (texts.every((text) => text === '')) return {};
  const values = texts.map((text) => numberFromCell(text));
  const bad = values.indexOf(undefined);
  if (bad !== -1) {
    const column = headers[places[bad]!]!;
    const found = texts[bad] === '' ? catalogProblemsTexts.nothing : describeValue(texts[bad]);
    const fix = catalogFilesTexts.giveAReflectanceAtEveryWavelength;
    return { problem: { path: '', row, column, found, expected: catalogFilesTexts.aNumber, fix, level: 'error' } };
  }
  const full = resampleSpectrum(values as number[], startNm, stepNm)!;
  return { spectrum: full.map((value) => Number((value * scale).toPrecision(12))) };
}
