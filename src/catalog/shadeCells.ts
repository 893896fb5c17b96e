import { codeKey } from './checkShadeRules.ts';
import { CLEAR, textFromCell, textToCell } from './formats/csvCells.ts';
import { columnOfPath } from './formats/csvColumns.ts';
import { csvRowToPatch } from './formats/csvRowToPatch.ts';
import { cellsOf } from './formats/writeCsv.ts';
import { mergeShade } from './mergeShade.ts';
import type { Problem } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { type Shade, shadeSchema } from './shade.ts';

/** Steps of a ladder that a form has room for. */
export const FORM_LET_DOWNS = 8;

/** A shade as the texts of a form: a table's columns, as a person writes them. */
export function shadeToFields(shade: Shade): ReadonlyMap<string, string> {
  return new Map([...cellsOf(shade)].map(([column, cell]) => [column, textFromCell(cell)]));
}

/**
 * The shade that a form describes. An emptied field clears what was there, and a step of the ladder without its dilution
 * is taken out; columns that the form does not have stay as they are.
 * @returns the shade, or what keeps the fields from being one, each problem with its column
 */
export function fieldsToShade(
  old: Shade | undefined,
  fields: ReadonlyMap<string, string>,
  source: string,
): { readonly shade: Shade; readonly problems: readonly [] } | { readonly problems: readonly Problem[] } {
  const before = old === undefined ? new Map<string, string>() : shadeToFields(old);
  const read = (column: string) => {
    const text = fields.get(column);
    if (text === undefined) return undefined;
    if (text.trim() !== '') return textToCell(text);
    const isStep = column.startsWith('letdown');
    return !isStep && (before.get(column) ?? '') !== '' ? CLEAR : undefined;
  };
  const { patch, problems } = csvRowToPatch(read, 1, FORM_LET_DOWNS);
  const faults = problems.filter(({ level }) => level === 'error');
  if (faults.length > 0) return { problems: faults };
  const merged = mergeShade(old, patch, source);
  if (fields.has('letdown1_parts')) {
    const named = new Set((patch.letDowns ?? []).map(({ partsDiluent }) => partsDiluent));
    merged.letDowns = (merged.letDowns as Shade['letDowns']).filter(({ partsDiluent }) => named.has(partsDiluent));
  }
  const parsed = shadeSchema.safeParse(merged);
  if (parsed.success) return { shade: parsed.data, problems: [] };
  return {
    problems: schemaProblems(merged, parsed.error.issues).map((problem) => {
      const column = columnOfPath(problem.path);
      return column === undefined ? problem : { ...problem, column };
    }),
  };
}

/** Whether two texts name the same shade. */
export function isSameCode(one: string, other: string): boolean {
  return codeKey(one.trim()) === codeKey(other.trim());
}
