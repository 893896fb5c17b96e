import type { z } from 'zod';
import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
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
  string: catalogProblemsTexts.text,
  number: catalogProblemsTexts.aNumber,
  int: catalogProblemsTexts.wholeNumber,
  boolean: catalogProblemsTexts.yesOrNo,
  array: catalogProblemsTexts.aList,
  object: catalogProblemsTexts.groupOfFields,
  tuple: catalogProblemsTexts.listOfFixedLength,
};

type NameOf = (path: readonly PropertyKey[]) => string;

const nearPath: NameOf = (path) => (path.length > 0 ? formatPath(path.slice(-2)) : catalogProblemsTexts.theCatalog);

/** Lists of numbers by wavelength: hundreds of faults of one are told as one. */
const BANDED: Readonly<Record<string, { readonly values: string; readonly range: string }>> = {
  spectrum: { values: catalogProblemsTexts.reflectances, range: catalogProblemsTexts.reflectancesFrom0To12 },
  shape: { values: catalogProblemsTexts.absorptions, range: catalogProblemsTexts.absorptionsOf0OrMore },
};
const BANDS = 31;
const HIGHEST_PERCENT = 130;

const bandedOf = (path: readonly PropertyKey[]) => BANDED[String(path.at(-1))];

function limit(issue: { origin: string; inclusive?: boolean | undefined }, bound: unknown, side: 'least' | 'most') {
  if (issue.origin === 'string' && side === 'least') return catalogProblemsTexts.text;
  const limit = String(bound);
  if (issue.inclusive === false) {
    return side === 'least' ? catalogProblemsTexts.moreThan(limit) : catalogProblemsTexts.lessThan(limit);
  }
  const many = { string: catalogProblemsTexts.characters, array: catalogProblemsTexts.entries }[issue.origin];
  const amount = many ? many(limit) : limit;
  return side === 'least' ? catalogProblemsTexts.atLeast(amount) : catalogProblemsTexts.atMost(amount);
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
      return issue.values.length === 1 ? String(issue.values[0]) : catalogProblemsTexts.oneOf(issue.values.join(', '));
    case 'invalid_format':
      return issue.format === 'date'
        ? catalogProblemsTexts.dateAsYyyymmdd
        : catalogProblemsTexts.smallLettersDigitsAndHyphens;
    default:
      return issue.message;
  }
}

function fixOf(issue: Issue, field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return catalogProblemsTexts.fillIn(field);
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return issue.origin === 'string'
        ? catalogProblemsTexts.shorten(field)
        : catalogProblemsTexts.bringWithinItsLimits(field);
    case 'invalid_value':
      return catalogProblemsTexts.useOneOfTheListedWords(field);
    case 'invalid_format':
      return catalogProblemsTexts.rewriteInThatForm(field);
    default:
      return catalogProblemsTexts.giveAsExpected(field);
  }
}

/** A list of the wrong length. Instruments often export 380–730 nm. */
function lengthProblem(path: readonly PropertyKey[], values: readonly unknown[], field: string): Problem {
  const cut = values.length === 36 ? catalogProblemsTexts.ifTheyStartAt380Nm : '';
  return {
    path: formatPath(path),
    found: catalogProblemsTexts.numbers(values.length),
    expected: catalogProblemsTexts.valuesInSteps(BANDS, bandedOf(path)!.values),
    fix: catalogProblemsTexts.giveForEachWavelength(field, cut),
    level: 'error',
  };
}

/** Every faulty number of one list. */
function bandProblem(path: readonly PropertyKey[], values: readonly unknown[], at: readonly number[], field: string) {
  const [first] = at as [number];
  const more = at.length > 1 ? catalogProblemsTexts.andMore(at.length - 1) : '';
  const isPercent =
    values.some((value) => Number(value) > 2) && values.every((value) => Number(value) <= HIGHEST_PERCENT);
  return {
    path: formatPath([...path, first]),
    found: catalogProblemsTexts.valueAtNm(describeValue(values[first]), 400 + 10 * first, more),
    expected: bandedOf(path)!.range,
    fix:
      isPercent && path.at(-1) === 'spectrum'
        ? catalogProblemsTexts.divideBy100(field)
        : catalogProblemsTexts.correct(field),
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
