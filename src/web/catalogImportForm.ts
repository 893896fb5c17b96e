import type { Request } from 'express';
import type { PendingImport } from '../app/catalogs/importCatalog.ts';
import { type Answers, CONDITIONS, type Question } from '../catalog/formats/catalogFile.ts';
import { numberFromCell } from '../catalog/formats/csvCells.ts';
import { CSV_COLUMNS, letDownColumns, wavelengthOfColumn } from '../catalog/formats/csvColumns.ts';
import { questionOf } from '../catalog/formats/fillAnswers.ts';
import type { Problem } from '../catalog/problem.ts';
import { measurementSchema, type Shade, shadeSchema } from '../catalog/shade.ts';
import { ENGLISH } from '../language/english.ts';
import { textField } from './forms.ts';

/** Fields of new shades that palette files have no place for, as the form asks for them. */
export const DEFAULT_FIELDS = [
  { name: 'line', column: 'line', text: ENGLISH.catalogForms.line, choices: [] },
  { name: 'form', column: 'form', text: ENGLISH.catalogForms.form, choices: ['concentrate', 'readyToUse'] },
  { name: 'dilutable', column: 'dilutable', text: ENGLISH.catalogForms.mayBeDiluted, choices: ['yes', 'no'] },
  { name: 'minParts', column: 'min_parts', text: ENGLISH.catalogForms.leastPartsOfDiluent, choices: [] },
  { name: 'maxParts', column: 'max_parts', text: ENGLISH.catalogForms.mostPartsOfDiluent, choices: [] },
  { name: 'limitsSource', column: 'limits_source', text: ENGLISH.catalogForms.whereTheseLimitsComeFrom, choices: [] },
  {
    name: 'undertone',
    column: 'undertone',
    text: ENGLISH.catalogForms.undertone,
    choices: ['cool', 'neutral', 'warm'],
  },
  {
    name: 'opacity',
    column: 'opacity',
    text: ENGLISH.catalogForms.opacity,
    choices: ['transparent', 'semiOpaque', 'opaque'],
  },
] as const;

/** Every column a header can be taken for. */
export const COLUMN_CHOICES: readonly { readonly value: string; readonly text: string }[] = [
  ...CSV_COLUMNS.map(({ name, about }) => ({ value: name, text: `${name}: ${about}` })),
  ...Array.from({ length: 8 }, (_, at) => letDownColumns(at + 1).slice(0, 5))
    .flat()
    .map((name) => ({ value: name, text: name })),
];

/** Wavelength (nm) of a column of reflectances; undefined for any other. */
export const wavelengthOf = (column: string | null) => (column === null ? undefined : wavelengthOfColumn(column));

/** The columns that hold a spectrum together, in one sentence; null without them. */
export function spectrumText(columns: readonly { readonly column: string | null }[]): string | null {
  const found = columns.flatMap(({ column }) => wavelengthOf(column) ?? []);
  if (found.length === 0) return null;
  return ENGLISH.catalogForms.reflectances(found.length, Math.min(...found), Math.max(...found));
}

function readDefaults(req: Request): Partial<Shade> {
  const given: Record<string, unknown> = {};
  for (const { name } of DEFAULT_FIELDS) {
    const text = textField(req, `new.${name}`).trim();
    if (text === '') continue;
    if (name === 'minParts' || name === 'maxParts') given[name] = numberFromCell(text);
    else given[name] = name === 'dilutable' ? text === 'yes' : text;
  }
  const known = shadeSchema.partial().safeParse(given);
  return known.success ? Object.fromEntries(Object.entries(known.data).filter(([name]) => name in given)) : {};
}

/** The answers of a form (or of an API call) to what a file does not say; anything unusable counts as not answered. */
export function readAnswers(req: Request, columns: readonly { readonly header: string }[]): Answers {
  const answers: Record<string, unknown> = {};
  for (const field of CONDITIONS) {
    const value = textField(req, field).trim();
    if (value !== '' && measurementSchema.shape[field].safeParse(value).success) answers[field] = value;
  }
  if (textField(req, 'rgbSpace') === 'sRGB') answers.rgbSpace = 'sRGB';
  const shade = readDefaults(req);
  if (Object.keys(shade).length > 0) answers.shade = shade;
  const chosen = columns.flatMap(({ header }, at): [string, string | null][] => {
    const value = textField(req, `column.${at}`);
    if (value === 'leave out') return [[header, null]];
    return COLUMN_CHOICES.some((choice) => choice.value === value) ? [[header, value]] : [];
  });
  if (chosen.length > 0) answers.columns = Object.fromEntries(chosen);
  return answers as Answers;
}

/** A correction of one cell, or null when the form does not name one of the file's columns. */
export function readFix(req: Request, pending: PendingImport): Answers | null {
  const row = Number(textField(req, 'row'));
  const column = textField(req, 'column');
  const value = textField(req, 'value').slice(0, 2000);
  const known = pending.check?.columns.some(({ header }) => header === column) ?? false;
  if (!known || !Number.isInteger(row) || row < 2) return null;
  const others = (pending.answers.cells ?? []).filter((fix) => fix.row !== row || fix.column !== column);
  return { cells: [...others, { row, column, value }] };
}

/** What stands in a faulty cell, to be corrected; nothing where a fault lies between cells. */
function cellText({ cell, found }: Problem): string {
  if (cell !== undefined) return cell;
  const quoted = /^"(.*)"( again)?$/.exec(found);
  return quoted ? quoted[1]! : numberFromCell(found) === undefined ? '' : found;
}

export function errorView(problem: Problem, pending: PendingImport, at: number) {
  const { row, column, path, found, expected, fix } = problem;
  const header = pending.check?.columns.find((entry) => entry.column === column)?.header;
  return {
    id: `fix-${at}`,
    place:
      [row === undefined ? '' : ENGLISH.catalogForms.row(row), column ?? path].filter(Boolean).join(', ') ||
      ENGLISH.catalogForms.file,
    row,
    found,
    expected,
    fix,
    header: row !== undefined && header !== undefined ? header : null,
    value: cellText(problem),
  };
}

export function questionView(
  { field, ask, choices, rows }: Omit<Question, 'rows'> & { rows?: number },
  answers: Answers,
) {
  const given = (answers as Record<string, unknown>)[field];
  return {
    field,
    ask,
    rows,
    value: typeof given === 'string' ? given : '',
    choices: choices.map((value) => ({ value, selected: value === given })),
  };
}

/** What was answered earlier, so that a wrong answer can be put right. */
export function settledQuestions(open: readonly Question[], answers: Answers) {
  return [...CONDITIONS, 'rgbSpace' as const]
    .filter((field) => answers[field] !== undefined && !open.some((question) => question.field === field))
    .map((field) => questionView(questionOf(field), answers));
}
