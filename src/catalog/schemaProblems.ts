import type { z } from 'zod';
import { describeValue, formatPath, type Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

const THINGS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of fields',
  tuple: 'a list of fixed length',
};

type NameOf = (path: readonly PropertyKey[]) => string;

const nearPath: NameOf = (path) => (path.length > 0 ? formatPath(path.slice(-2)) : 'the catalog');

/** Lists of numbers by wavelength: hundreds of faults of one are told as one. */
const BANDED: Readonly<Record<string, { readonly values: string; readonly range: string }>> = {
  spectrum: { values: 'reflectances', range: 'reflectances from 0 to 1.2' },
  shape: { values: 'absorptions', range: 'absorptions of 0 or more' },
};
const BANDS = 31;
const HIGHEST_PERCENT = 130;

const bandedOf = (path: readonly PropertyKey[]) => BANDED[String(path.at(-1))];

function limit(issue: { origin: string; inclusive?: boolean | undefined }, bound: unknown, side: 'least' | 'most') {
  if (issue.origin === 'string' && side === 'least') return 'text';
  if (issue.inclusive === false) return `${side === 'least' ? 'more' : 'less'} than ${String(bound)}`;
  const unit = { string: ' characters', array: ' entries' }[issue.origin] ?? '';
  return `at ${side} ${String(bound)}${unit}`;
}

function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return THINGS[issue.expected] ?? issue.expected;
    case 'too_small':
      return limit(issue, issue.minimum, 'least');
    case 'too_big':
      return limit(issue, issue.maximum, 'most');
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`;
    case 'invalid_format':
      return issue.format === 'date' ? 'a date as YYYY-MM-DD' : 'small letters, digits and hyphens';
    default:
      return issue.message;
  }
}

function fixOf(issue: Issue, field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return `Fill in ${field}.`;
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return issue.origin === 'string' ? `Shorten ${field}.` : `Bring ${field} within its limits.`;
    case 'invalid_value':
      return `Use one of the listed words for ${field}.`;
    case 'invalid_format':
      return `Rewrite ${field} in that form.`;
    default:
      return `Give ${field} as expected.`;
  }
}

/** A list of the wrong length. Instruments often export 380–730 nm. */
function lengthProblem(path: readonly PropertyKey[], values: readonly unknown[], field: string): Problem {
  const cut = values.length === 36 ? ' If they start at 380 nm, leave out the first two and the last three.' : '';
  return {
    path: formatPath(path),
    found: `${values.length} numbers`,
    expected: `${BANDS} ${bandedOf(path)!.values}, at 400–700 nm in steps of 10 nm`,
    fix: `Give ${field} for each of these wavelengths.${cut}`,
    level: 'error',
  };
}

/** Every faulty number of one list. */
function bandProblem(path: readonly PropertyKey[], values: readonly unknown[], at: readonly number[], field: string) {
  const [first] = at as [number];
  const more = at.length > 1 ? ` and ${at.length - 1} more` : '';
  const isPercent =
    values.some((value) => Number(value) > 2) && values.every((value) => Number(value) <= HIGHEST_PERCENT);
  return {
    path: formatPath([...path, first]),
    found: `${describeValue(values[first])} at ${400 + 10 * first} nm${more}`,
    expected: bandedOf(path)!.range,
    fix: isPercent && path.at(-1) === 'spectrum' ? `Divide the percentages of ${field} by 100.` : `Correct ${field}.`,
    level: 'error',
  } satisfies Problem;
}

/**
 * zod's issues in the words of a catalog report.
 * @param nameOf what the advice calls a place
 */
export function schemaProblems(root: unknown, issues: readonly Issue[], nameOf: NameOf = nearPath): Problem[] {
  const told = new Set<string>();
  return issues.flatMap((issue) => {
    const { path } = issue;
    const list = path.slice(0, -1);
    if (typeof path.at(-1) === 'number' && bandedOf(list)) {
      const key = formatPath(list);
      if (told.has(key)) return [];
      told.add(key);
      const all = issues.filter((other) => formatPath(other.path.slice(0, -1)) === key);
      const places = [...new Set(all.map((other) => Number(other.path.at(-1))))];
      return [bandProblem(list, valueAt(root, list) as unknown[], places, nameOf(list))];
    }
    const value = valueAt(root, path);
    if (bandedOf(path) && Array.isArray(value) && /^too_/.test(issue.code)) {
      return [lengthProblem(path, value, nameOf(path))];
    }
    return [
      {
        path: formatPath(path),
        found: describeValue(value),
        expected: expectedOf(issue),
        fix: fixOf(issue, nameOf(path), value),
        level: 'error' as const,
      },
    ];
  });
}
