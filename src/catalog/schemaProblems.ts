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

function limit(issue: { origin: string }, bound: unknown, side: 'least' | 'most'): string {
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
      return `Bring ${field} within its limits.`;
    case 'invalid_value':
      return `Use one of the listed words for ${field}.`;
    case 'invalid_format':
      return `Rewrite ${field} in that form.`;
    default:
      return `Give ${field} as expected.`;
  }
}

/** zod's issues in the words of a catalog report. */
export function schemaProblems(root: unknown, issues: readonly Issue[]): Problem[] {
  return issues.map((issue) => {
    const value = valueAt(root, issue.path);
    return {
      path: formatPath(issue.path),
      found: describeValue(value),
      expected: expectedOf(issue),
      fix: fixOf(issue, issue.path.length > 0 ? formatPath(issue.path.slice(-2)) : 'the catalog', value),
      level: 'error',
    };
  });
}
