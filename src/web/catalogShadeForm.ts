import type { Request } from 'express';
import { CONDITION_COLUMNS, CSV_COLUMNS, letDownColumns } from '../catalog/formats/csvColumns.ts';
import { cellWords } from '../catalog/formats/rowCells.ts';
import type { Problem } from '../catalog/problem.ts';
import { measurementSchema, type Shade } from '../catalog/shade.ts';
import { FORM_LET_DOWNS, shadeToFields } from '../catalog/shadeCells.ts';
import { ENGLISH } from '../language/english.ts';
import { textField } from './forms.ts';

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  form: ['concentrate', 'readyToUse'],
  dilutable: ['yes', 'no'],
  undertone: ['cool', 'neutral', 'warm'],
  opacity: ['transparent', 'semiOpaque', 'opaque'],
  illuminant: measurementSchema.shape.illuminant.options,
  observer: measurementSchema.shape.observer.options,
  geometry: measurementSchema.shape.geometry.options,
};
const LABELS: Readonly<Record<string, string>> = {
  code: ENGLISH.catalogForms.code,
  name: ENGLISH.catalogForms.name,
  line: ENGLISH.catalogForms.line,
  form: ENGLISH.catalogForms.form,
  dilutable: ENGLISH.catalogForms.mayBeDiluted,
  min_parts: ENGLISH.catalogForms.leastPartsOfDiluent,
  max_parts: ENGLISH.catalogForms.mostPartsOfDiluent,
  typical_parts: ENGLISH.catalogForms.everydayRatio,
  limits_source: ENGLISH.catalogForms.whereTheseLimitsComeFrom,
  diluents: ENGLISH.catalogForms.approvedSterileDiluents,
  undertone: ENGLISH.catalogForms.undertone,
  opacity: ENGLISH.catalogForms.opacity,
  masstone_L: 'L*',
  masstone_a: 'a*',
  masstone_b: 'b*',
  masstone_spectrum: ENGLISH.catalogForms.spectrum31Values,
  illuminant: ENGLISH.catalogForms.illuminant,
  observer: ENGLISH.catalogForms.observer,
  geometry: ENGLISH.catalogForms.geometry,
  substrate: ENGLISH.catalogForms.substrate,
  substrate_reflectance: ENGLISH.catalogForms.reflectanceOfTheSubstrate,
  film_um: ENGLISH.catalogForms.wetFilmInM,
  instrument: ENGLISH.catalogForms.instrument,
  source: ENGLISH.catalogForms.sourceOfTheNumbers,
  optics_neat_tau: ENGLISH.catalogForms.opticalDepthOfANeatDot,
  optics_shape: ENGLISH.catalogForms.absorptionShape,
  optics_scatter_ratio: ENGLISH.catalogForms.scatteringOverAbsorption,
  optics_source: ENGLISH.catalogForms.sourceOfTheseValues,
  ingredients: ENGLISH.catalogForms.ingredientsInDescendingOrder,
  regulatory: ENGLISH.catalogForms.labelStatements,
  do_not_mix_with: ENGLISH.catalogForms.neverMixedWith,
  notes: ENGLISH.catalogForms.notes,
};

const SECTIONS: readonly { readonly title: string; readonly columns: readonly string[]; readonly open: boolean }[] = [
  { title: ENGLISH.common.shade, columns: ['code', 'name', 'line', 'undertone', 'opacity', 'notes'], open: true },
  {
    title: ENGLISH.catalogForms.dilution,
    columns: ['form', 'dilutable', 'min_parts', 'max_parts', 'typical_parts', 'limits_source', 'diluents'],
    open: true,
  },
  {
    title: ENGLISH.catalogForms.colourInTheBottle,
    columns: ['masstone_L', 'masstone_a', 'masstone_b', 'masstone_spectrum', ...CONDITION_COLUMNS],
    open: true,
  },
  {
    title: ENGLISH.catalogForms.ingredientsAndLabel,
    columns: ['ingredients', 'regulatory', 'do_not_mix_with'],
    open: false,
  },
  {
    title: ENGLISH.catalogForms.opticsWhereKnown,
    columns: ['optics_neat_tau', 'optics_shape', 'optics_scatter_ratio', 'optics_source'],
    open: false,
  },
];
const LONG = new Set(['notes', 'ingredients', 'regulatory', 'masstone_spectrum', 'optics_shape']);
const STEP_FIELDS = ['parts', 'L', 'a', 'b', 'spectrum'] as const;
const STEP_LABELS = {
  parts: ENGLISH.catalogForms.partsOfDiluent,
  L: 'L*',
  a: 'a*',
  b: 'b*',
  spectrum: ENGLISH.catalogForms.spectrum,
} as const;

const stepColumns = (n: number): string[] => letDownColumns(n).slice(0, STEP_FIELDS.length);
const STEPS = Array.from({ length: FORM_LET_DOWNS }, (_, at) => at + 1);
const COLUMNS = [...SECTIONS.flatMap(({ columns }) => columns), ...STEPS.flatMap(stepColumns)];

/** What the form sent, by column; a field that is not in the form is not there. */
export function readShadeFields(req: Request): ReadonlyMap<string, string> {
  const body = (req.body ?? {}) as Record<string, unknown>;
  return new Map(COLUMNS.filter((column) => column in body).map((column) => [column, textField(req, column)]));
}

/** Advice about a cell of a table, for somebody with a form: it has fields with names, no columns. */
function adviceFor(fix: string, column: string): string {
  const name = LABELS[column];
  const here = fix.replace(cellWords(column), 'it');
  return name === undefined ? here : here.replace(` ${column}`, ` “${name}”`);
}

/** The form's fields with their values: those sent, else those of the shade. */
export function shadeFormView(
  shade: Shade | undefined,
  sent: ReadonlyMap<string, string> | null,
  problems: readonly Problem[],
) {
  const stored = shade === undefined ? new Map<string, string>() : shadeToFields(shade);
  const faults = new Map(problems.map((problem) => [problem.column ?? problem.path, problem]));
  const field = (column: string, text: string) => {
    const value = sent?.get(column) ?? stored.get(column) ?? '';
    const fault = faults.get(column);
    const choices = CHOICES[column];
    return {
      name: column,
      text,
      hint: LONG.has(column) ? (CSV_COLUMNS.find(({ name }) => name === column)?.about ?? '') : '',
      value,
      long: LONG.has(column),
      choices: choices ? choices.map((choice) => ({ value: choice, selected: choice === value })) : null,
      fault: fault
        ? ENGLISH.catalogForms.foundExpected(fault.found, fault.expected, adviceFor(fault.fix, column))
        : null,
    };
  };
  const sections = SECTIONS.map(({ title, columns, open }) => {
    const fields = columns.map((column) => field(column, LABELS[column] ?? column));
    return { title, fields, open: open || fields.some(({ fault }) => fault !== null) };
  });
  const filled = STEPS.filter((n) => stepColumns(n).some((column) => sent?.get(column) || stored.get(column)));
  const steps = STEPS.slice(0, Math.min(FORM_LET_DOWNS, (filled.at(-1) ?? 0) + 1)).map((n) => ({
    title: ENGLISH.catalogForms.step(n),
    fields: STEP_FIELDS.map((name) => field(`letdown${n}_${name}`, STEP_LABELS[name])),
  }));
  return { sections, steps };
}

/** Faults for the summary, each with the field it is in where the form has it. */
export function shadeProblems(problems: readonly Problem[]) {
  return problems.map(({ column, path, found, expected, fix }) => {
    const place = column ?? path;
    const name = LABELS[place] ?? place;
    return {
      text: `${name ? `${name}: ` : ''}${ENGLISH.records.found(found, expected, adviceFor(fix, place))}`,
      field: COLUMNS.includes(place) ? place : null,
    };
  });
}
