import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { type CatalogIlluminant, WHITE_2_DEGREE } from '../measurementToLab65.ts';
import type { Measurement } from '../shade.ts';
import { type IncomingRow, type MeasurementPatch, type RawCatalogFile, unreadable } from './catalogFile.ts';
import { CgatsError, type CgatsTable, readCgatsText } from './cgatsText.ts';
import { decodeText } from './decodeText.ts';
import { resampleSpectrum } from './resampleSpectrum.ts';

/** SPEC_400, SPECTRAL_NM400, NM400, R_400NM and their like. */
const SPECTRAL_FIELD = /^(?:SPEC(?:TRAL)?_?|R_?)?(?:NM_?)?(\d{3})(?:_?NM)?$/;
/** The name first; ArgyllCMS puts it into the location and numbers the samples in the id. */
const NAME_FIELDS = ['SAMPLE_NAME', 'SAMPLE_LOC', 'SAMPLE_ID', 'SAMPLEID'];
/** ArgyllCMS writes SPEC_nnn in percent unless SPECTRAL_NORM says otherwise. */
const PERCENT_FIELD = /^SPEC_\d{3}$/;
/** In other fields a reflectance above this is in percent. */
const HIGHEST_FRACTION = 2;

type Conditions = Pick<MeasurementPatch, 'illuminant' | 'observer' | 'geometry' | 'substrate' | 'instrument'>;

const GEOMETRIES: readonly [RegExp, Measurement['geometry']][] = [
  [/45.{0,3}\/\s*0|0.{0,3}\/\s*45/, '45/0'],
  [/SCI|di.{0,3}:\s*8|spec\w*\s*incl/i, 'd/8 SCI'],
  [/SCE|de.{0,3}:\s*8|spec\w*\s*excl/i, 'd/8 SCE'],
];

/** The illuminant whose white point a file gives in numbers, as spec2cie of ArgyllCMS does. */
function illuminantOfWhite(text: string | undefined): CatalogIlluminant | undefined {
  const white = text?.split(/\s+/).map(Number);
  const near = (xyz: readonly number[]) =>
    xyz.every((value, i) => Math.abs(value - (white?.[i] ?? Number.NaN)) < 0.002);
  const names = Object.keys(WHITE_2_DEGREE) as CatalogIlluminant[];
  return names.find((name) => near(WHITE_2_DEGREE[name]));
}

/** What the keywords say about the measurement, in the several spellings of the trade. */
function conditionsOf({ keywords }: CgatsTable): Conditions {
  const saidIn = (...names: string[]) => names.flatMap((name) => keywords.get(name) ?? []);
  const said = [...saidIn('WEIGHTING_FUNCTION'), ...saidIn('MEASUREMENT_SOURCE'), ...saidIn('COMPUTATIONAL_PARAMETER')];
  const illuminantText = [...saidIn('ILLUMINANT', 'ILLUMINATION_NAME'), ...said].join(' ');
  const illuminant =
    illuminantOfWhite(saidIn('ILLUMINANT_WHITE_POINT_XYZ')[0]) ??
    /\b(D65|D50|F11|F2)\b/.exec(illuminantText)?.[1] ??
    /(?:ILLUMINANT|Illumination)\W{0,3}(A|C)\b/i.exec(illuminantText)?.[1];
  const observerText = [...saidIn('OBSERVER', 'OBSERVER_ANGLE'), ...said].join(' ');
  const observer = /^(2|10)\b/.exec(observerText)?.[1] ?? /observer\D{0,12}(10|2)\b/i.exec(observerText)?.[1];
  const geometryText = saidIn('MEASUREMENT_GEOMETRY').join(' ');
  const geometry = GEOMETRIES.find(([pattern]) => pattern.test(geometryText))?.[1];
  const [substrate] = saidIn('SAMPLE_BACKING');
  const [instrument] = saidIn('INSTRUMENTATION');
  return {
    ...(illuminant !== undefined && { illuminant: illuminant as Measurement['illuminant'] }),
    ...(observer !== undefined && { observer: observer as Measurement['observer'] }),
    ...(geometry !== undefined && { geometry }),
    ...(substrate !== undefined && { substrate }),
    ...(instrument !== undefined && { instrument }),
  };
}

/**
 * spec2cie of ArgyllCMS, asked for D65, writes the Lab for D65 as D65LAB and beside it a plain LAB that sets the XYZ
 * of D65 against the white of D50: the named one is right, and failing that the XYZ.
 */
function labColumns({ fields, keywords }: CgatsTable): { columns: number[]; illuminant?: CatalogIlluminant } {
  const triple = (prefix: string) => ['L', 'A', 'B'].map((axis) => fields.indexOf(`${prefix}LAB_${axis}`));
  const named = (Object.keys(WHITE_2_DEGREE) as CatalogIlluminant[]).find((name) => !triple(name).includes(-1));
  if (named !== undefined) return { columns: triple(named), illuminant: named };
  const distrust = keywords.has('ILLUMINANT_WHITE_POINT_XYZ') && fields.includes('XYZ_X');
  return { columns: distrust || triple('').includes(-1) ? [] : triple('') };
}

interface SpectralColumns {
  readonly columns: readonly number[];
  readonly startNm: number;
  readonly stepNm: number;
  readonly scale: number;
}

function spectralColumns(table: CgatsTable): SpectralColumns | undefined {
  const found = table.fields
    .flatMap((field, column) => {
      const nm = SPECTRAL_FIELD.exec(field)?.[1];
      return nm === undefined ? [] : [{ column, nm: Number(nm) }];
    })
    .sort((one, other) => one.nm - other.nm);
  const [first, second] = found;
  if (first === undefined || second === undefined) return undefined;
  const stepNm = second.nm - first.nm;
  if (found.some(({ nm }, index) => nm !== first.nm + index * stepNm)) return undefined;
  const columns = found.map(({ column }) => column);
  const norm = Number(table.keywords.get('SPECTRAL_NORM')?.[0] ?? Number.NaN);
  let highest = 0;
  for (const row of table.rows) for (const column of columns) highest = Math.max(highest, Number(row[column]) || 0);
  const percent = highest > HIGHEST_FRACTION || PERCENT_FIELD.test(table.fields[first.column]!);
  const scale = norm > 0 ? 1 / norm : percent ? 0.01 : 1;
  return { columns, startNm: first.nm, stepNm, scale };
}

function readTable(
  table: CgatsTable,
  firstRow: number,
  xyz: Map<IncomingRow, [number, number, number]>,
): IncomingRow[] {
  const conditions = conditionsOf(table);
  const column = (name: string) => table.fields.indexOf(name);
  const nameColumns = NAME_FIELDS.map(column).filter((at) => at !== -1);
  const lab = labColumns(table);
  const tristimulus = ['XYZ_X', 'XYZ_Y', 'XYZ_Z'].map(column);
  const spectral = spectralColumns(table);
  return table.rows.map((cells, index) => {
    const row = firstRow + index;
    const numbers = (columns: readonly number[]) => columns.map((at) => Number(cells[at]));
    const code = nameColumns.map((at) => cells[at]!.trim()).find((name) => name !== '');
    const masstone: MeasurementPatch = {
      ...conditions,
      ...(lab.illuminant !== undefined && { illuminant: lab.illuminant }),
    };
    const values = [...lab.columns, ...(spectral?.columns ?? [])];
    const entry: IncomingRow = { row, patch: { ...(code !== undefined && { code }), masstone }, problems: [] };
    const bad = values.find((at) => !Number.isFinite(Number(cells[at])) || cells[at]!.trim() === '');
    if (bad !== undefined) {
      const found = `"${cells[bad]}" in ${table.fields[bad]}`;
      const problem = { path: 'masstone', row, column: table.fields[bad]!, found, expected: catalogFilesTexts.aNumber };
      return { ...entry, problems: [{ ...problem, fix: catalogFilesTexts.measureTheSampleAgain, level: 'error' }] };
    }
    if (lab.columns.length > 0) masstone.lab = numbers(lab.columns) as [number, number, number];
    if (spectral !== undefined) {
      const { columns, startNm, stepNm, scale } = spectral;
      const full = resampleSpectrum(
        numbers(columns).map((value) => value * scale),
        startNm,
        stepNm,
      );
      if (full !== undefined) masstone.spectrum = full.map((value) => Number(value.toPrecision(12)));
    }
    if (masstone.lab === undefined && masstone.spectrum === undefined && !tristimulus.includes(-1)) {
      xyz.set(entry, numbers(tristimulus).map((value) => value / 100) as [number, number, number]);
    }
    return entry;
  });
}

/** CGATS.17 and .ti3: Lab, XYZ or spectra of every sample, with the conditions its keywords state. */
export function readCgats(bytes: Uint8Array): RawCatalogFile {
  let tables: CgatsTable[];
  try {
    tables = readCgatsText(decodeText(bytes).text);
  } catch (error) {
    if (!(error instanceof CgatsError)) throw error;
    return unreadable(error.message, catalogFilesTexts.cgats17Table, catalogFilesTexts.exportTheMeasurementsAgain);
  }
  const xyz = new Map<IncomingRow, [number, number, number]>();
  const rows: IncomingRow[] = [];
  for (const table of tables) for (const row of readTable(table, rows.length + 1, xyz)) rows.push(row);
  const colourless =
    rows.length === 0 || rows.every((row) => !xyz.has(row) && !hasReading(row) && row.problems.length === 0);
  if (colourless)
    return unreadable(
      catalogFilesTexts.samplesWithoutLab,
      catalogFilesTexts.oneOfThem,
      catalogFilesTexts.exportTheColoursToo,
    );
  return { rows, problems: [], xyz };
}

function hasReading({ patch }: IncomingRow): boolean {
  return patch.masstone?.lab !== undefined || patch.masstone?.spectrum !== undefined;
}
