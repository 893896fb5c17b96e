import type { Request } from 'express';
import { type Contraindication, contraindicationSchema, FLAG_LEVELS } from '../app/consultations/contraindications.ts';
import type { StudioPolicy } from '../app/consultations/studioPolicy.ts';
import { LEVEL_WORDS } from '../app/consultations/vocabulary.ts';
import { ENGLISH } from '../language/english.ts';
import { textField } from './forms.ts';

export interface RuleFault {
  readonly field: string;
  readonly text: string;
}

interface FlagRow {
  readonly id: string;
  readonly text: string;
  readonly level: string;
  readonly origin: string;
  readonly remove: boolean;
}

/** Rows the form may have; the last is for a new flag. */
const MOST_ROWS = 61;
const LONGEST_DAYS = 36_500;
const PERIODS = {
  photoDays: ENGLISH.studio.photos,
  consultationDays: ENGLISH.studio.wholeConsultations,
} as const;
type Period = keyof typeof PERIODS;

/** The rows of the flags form as typed; empty new rows are left out. */
export function typedRows(req: Request): FlagRow[] | null {
  if (textField(req, 'rows') === '') return null;
  const count = Math.min(MOST_ROWS, Number(textField(req, 'rows')) || 0);
  return Array.from({ length: count }, (_, i) => ({
    id: textField(req, `id.${i}`),
    text: textField(req, `text.${i}`).trim(),
    level: textField(req, `level.${i}`),
    origin: textField(req, `origin.${i}`).trim(),
    remove: textField(req, `remove.${i}`) === 'yes',
  })).filter(({ id, text }) => id !== '' || text !== '');
}

function idFor(row: FlagRow, taken: ReadonlySet<string>): string {
  if (row.id !== '') return row.id;
  const base = row.text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 30);
  for (let i = 1; ; i++) {
    const id = `own-${base || 'flag'}${i === 1 ? '' : `-${i}`}`;
    if (!taken.has(id)) return id;
  }
}

/** The studio's list of flags as the form says, or what is wrong with it. */
export function readFlagRows(req: Request): { contraindications: Contraindication[] } | { faults: RuleFault[] } {
  const contraindications: Contraindication[] = [];
  const faults: RuleFault[] = [];
  const taken = new Set<string>();
  for (const [i, row] of (typedRows(req) ?? []).entries()) {
    if (row.remove) continue;
    const origin = row.origin || ENGLISH.studio.ruleOfThisStudio;
    const parsed = contraindicationSchema.safeParse({ ...row, origin, id: idFor(row, taken) });
    if (parsed.success && !taken.has(parsed.data.id)) {
      taken.add(parsed.data.id);
      contraindications.push(parsed.data);
    } else {
      faults.push({ field: `text-${i}`, text: ENGLISH.studio.rowNeedsWordsAtMost200(i + 1) });
    }
  }
  return faults.length > 0 ? { faults } : { contraindications };
}

export function typedPeriods(req: Request): Partial<Record<Period, string>> | null {
  const body = req.body as Record<string, unknown> | undefined;
  if (!body || !('photoDays' in body)) return null;
  return { photoDays: textField(req, 'photoDays'), consultationDays: textField(req, 'consultationDays') };
}

/** Retention periods in days; empty keeps for ever. */
export function readPeriods(req: Request): Record<Period, number | null> | { faults: RuleFault[] } {
  const faults: RuleFault[] = [];
  const read = (name: Period): number | null => {
    const text = textField(req, name).trim();
    if (text === '') return null;
    const days = Number(text);
    if (Number.isInteger(days) && days >= 1 && days <= LONGEST_DAYS) return days;
    faults.push({ field: name, text: ENGLISH.studio.writeWholeDaysFrom1(PERIODS[name], LONGEST_DAYS) });
    return null;
  };
  const periods = { photoDays: read('photoDays'), consultationDays: read('consultationDays') };
  return faults.length > 0 ? { faults } : periods;
}

/** What the rules page shows: stored, or as typed where a form was refused. */
export function rulesView(
  policy: StudioPolicy,
  rows: readonly FlagRow[] | null,
  periods: Partial<Record<Period, string>> | null,
) {
  const flags = rows ?? policy.contraindications.map((flag) => ({ ...flag, remove: false }));
  const fresh = { id: '', text: '', level: 'note', origin: '', remove: false };
  return {
    flags: [...flags, fresh].map((row, i) => ({
      ...row,
      isNew: row.id === '',
      number: i,
      levelWords: LEVEL_WORDS[row.level as keyof typeof LEVEL_WORDS] ?? '',
      levels: FLAG_LEVELS.map((value) => ({ value, text: LEVEL_WORDS[value], selected: value === row.level })),
    })),
    periods: (Object.keys(PERIODS) as Period[]).map((name) => ({
      name,
      text: PERIODS[name],
      value: periods?.[name] ?? String(policy[name] ?? ''),
    })),
  };
}
