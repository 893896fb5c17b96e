import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';

/** One fault of a catalog, said so that a person can mend it. An error keeps the catalog from being used. */
export interface Problem {
  /** Place inside the catalog, for example `shades[3].masstone.lab[0]`; empty for the whole file. */
  readonly path: string;
  /** Row of the file, counting the header as row 1. */
  readonly row?: number;
  readonly column?: string;
  /** The whole cell of a table, where `found` tells a part of it. */
  readonly cell?: string;
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
  readonly level: 'error' | 'warning';
}

type Segment = string | number;

/** `['shades', 3, 'code']` -> `shades[3].code`. */
export function formatPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') return `${path}[${segment}]`;
    return path === '' ? String(segment) : `${path}.${String(segment)}`;
  }, '');
}

export function errorAt(path: readonly Segment[], found: string, expected: string, fix: string): Problem {
  return { path: formatPath(path), found, expected, fix, level: 'error' };
}

export function warningAt(path: readonly Segment[], found: string, expected: string, fix: string): Problem {
  return { path: formatPath(path), found, expected, fix, level: 'warning' };
}

/** A value as a person would read it in a message: short, never multi-line. */
export function describeValue(value: unknown): string {
  if (value === undefined) return catalogProblemsTexts.nothing;
  if (typeof value === 'number') return String(value);
  const written = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const line = written
    .slice(0, 200)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
