import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { catalogProblemsTexts } from '../../language/texts/catalogProblems.ts';
import type { Problem } from '../problem.ts';
import type { Shade } from '../shade.ts';
import type { LetDownPatch, MeasurementPatch, ShadePatch } from './catalogFile.ts';
import { numbersFromCell } from './csvCells.ts';
import { MOST_LET_DOWNS } from './csvColumns.ts';
import { readCodes, readIngredients, readLots, readRegulatory } from './csvLists.ts';
import { type CellReader, RowCells } from './rowCells.ts';

/** Puts a value that the row gives; what it does not give stays absent. */
function put<Target extends object, Field extends keyof Target>(target: Target, field: Field, value: unknown): void {
  if (value !== undefined) target[field] = value as Target[Field];
}

const TEXT_CONDITIONS = ['illuminant', 'observer', 'geometry', 'substrate', 'instrument', 'source'] as const;

/** Names of the columns of a measurement, put together once and not for every row. */
function measurementColumns(reading: string, condition: string) {
  return {
    lab: [`${reading}L`, `${reading}a`, `${reading}b`],
    spectrum: `${reading}spectrum`,
    substrateReflectance: `${condition}substrate_reflectance`,
    filmUm: `${condition}film_um`,
    texts: TEXT_CONDITIONS.map((field) => ({ field, column: `${condition}${field}` })),
  };
}
type MeasurementColumns = ReturnType<typeof measurementColumns>;

const MASSTONE = measurementColumns('masstone_', '');
const LET_DOWNS = Array.from({ length: MOST_LET_DOWNS }, (_, at) => {
  const prefix = `letdown${at + 1}_`;
  return { parts: `${prefix}parts`, columns: measurementColumns(prefix, prefix) };
});

function readMeasurement(cells: RowCells, columns: MeasurementColumns): MeasurementPatch {
  const patch: MeasurementPatch = {};
  const faults = cells.problems.length;
  const lab = columns.lab.map((column) => cells.number(column));
  if (lab.every((value) => value === null)) patch.lab = null;
  else if (lab.every((value) => typeof value === 'number')) patch.lab = lab as [number, number, number];
  else if (lab.some((value) => typeof value === 'number') && cells.problems.length === faults) {
    const missing = lab.findIndex((value) => typeof value !== 'number');
    cells.fault(
      columns.lab[missing]!,
      catalogProblemsTexts.nothing,
      catalogFilesTexts.allOfL,
      catalogFilesTexts.fillInTheThreeNumbersTogether,
    );
  }
  put(patch, 'spectrum', cells.numbers(columns.spectrum));
  put(patch, 'substrateReflectance', cells.number(columns.substrateReflectance));
  put(patch, 'filmUm', cells.number(columns.filmUm));
  for (const { field, column } of columns.texts) put(patch, field, cells.text(column));
  if (typeof patch.observer === 'string' && patch.observer.length > 2) {
    patch.observer = (patch.observer as string).replace(/\s*(°|deg(ree)?s?)$/i, '') as '2';
  }
  return patch;
}

/** Conditions of the row hold for its let-downs too. */
function inherited(row: MeasurementPatch): MeasurementPatch {
  const { lab: _lab, spectrum: _spectrum, ...conditions } = row;
  return conditions;
}

function readLetDowns(cells: RowCells, row: MeasurementPatch, count: number): LetDownPatch[] | undefined {
  const steps: LetDownPatch[] = [];
  for (let at = 0; at < count; at++) {
    const { parts, columns } = LET_DOWNS[at]!;
    const faults = cells.problems.length;
    const partsDiluent = cells.number(parts);
    const isUnread = cells.problems.length > faults;
    const own = readMeasurement(cells, columns);
    if (typeof partsDiluent === 'number') {
      steps.push({ partsDiluent, measurement: { ...inherited(row), ...own }, step: at + 1 });
    } else if (Object.keys(own).length > 0 && !isUnread) {
      cells.fault(
        parts,
        catalogProblemsTexts.nothing,
        catalogFilesTexts.partsOfDiluent,
        catalogFilesTexts.fillInTheDilution,
      );
    }
  }
  return steps.length > 0 ? steps : undefined;
}

function readOptics(cells: RowCells): Shade['optics'] | null | undefined {
  const neatTau = cells.number('optics_neat_tau');
  const shape = cells.read('optics_shape', catalogFilesTexts.carbonOr31Numbers, (cell) =>
    cell.trim() === 'carbon' ? ('carbon' as const) : numbersFromCell(cell),
  );
  const scatterRatio = cells.number('optics_scatter_ratio');
  const source = cells.text('optics_source');
  if (neatTau === null) return null;
  const given = [neatTau, shape, scatterRatio, source].filter((value) => value !== undefined);
  if (given.length === 0) return undefined;
  return { neatTau, shape, scatterRatio, source } as Shade['optics'];
}

/** @param letDowns highest number of a let-down column in the table */
export function csvRowToPatch(
  cell: CellReader,
  row: number,
  letDowns: number,
): { patch: ShadePatch; problems: Problem[] } {
  const cells = new RowCells(cell, row);
  const patch: ShadePatch = {};
  put(patch, 'code', cells.text('code'));
  put(patch, 'name', cells.text('name'));
  put(patch, 'line', cells.text('line'));
  put(patch, 'form', cells.text('form'));
  put(patch, 'dilutable', cells.yesNo('dilutable'));
  put(patch, 'minParts', cells.number('min_parts'));
  put(patch, 'maxParts', cells.number('max_parts'));
  put(patch, 'typicalParts', cells.number('typical_parts'));
  put(patch, 'limitsSource', cells.text('limits_source'));
  put(patch, 'diluents', readCodes(cells, 'diluents'));
  put(patch, 'undertone', cells.text('undertone'));
  put(patch, 'opacity', cells.text('opacity'));
  const masstone = readMeasurement(cells, MASSTONE);
  if (Object.keys(masstone).length > 0) patch.masstone = masstone;
  put(patch, 'letDowns', readLetDowns(cells, masstone, letDowns));
  put(patch, 'optics', readOptics(cells));
  put(patch, 'ingredients', readIngredients(cells));
  put(patch, 'lots', readLots(cells));
  put(patch, 'regulatory', readRegulatory(cells));
  put(patch, 'status', cells.text('status'));
  put(patch, 'replacement', cells.text('replacement'));
  put(patch, 'discontinuedReason', cells.text('discontinued_reason'));
  put(patch, 'discontinuedOn', cells.text('discontinued_on'));
  put(patch, 'doNotMixWith', readCodes(cells, 'do_not_mix_with'));
  put(patch, 'notes', cells.text('notes'));
  return { patch, problems: cells.problems };
}
