import { lotStatus } from './lotStatus.ts';
import { errorAt, type Problem, warningAt } from './problem.ts';
import { regulatoryCompleteness } from './regulatoryCompleteness.ts';
import type { Catalog, Shade } from './shade.ts';

/** What the rules between shades look at. */
export type LinkedShade = Pick<
  Shade,
  'code' | 'status' | 'replacement' | 'discontinuedReason' | 'diluents' | 'doNotMixWith'
>;
export interface LinkedCatalog {
  readonly diluents: Catalog['diluents'];
  readonly shades: readonly LinkedShade[];
}

/** Codes are compared without regard to case: DA-01 and da-01 would be one bottle to a person. */
export function codeKey(code: string): string {
  return code.toLowerCase();
}

function repeated(list: 'shades' | 'diluents', codes: readonly string[]): Problem[] {
  const seen = new Map<string, number>();
  return codes.flatMap((code, at) => {
    const first = seen.get(codeKey(code));
    if (first === undefined) {
      seen.set(codeKey(code), at);
      return [];
    }
    return [
      errorAt(
        [list, at, 'code'],
        `"${code}" again`,
        'each code once',
        `Rename or remove it; ${list}[${first}] has it.`,
      ),
    ];
  });
}

function dilutionProblems(shade: Shade, at: number): Problem[] {
  const problems: Problem[] = [];
  const range = `${shade.minParts} to ${shade.maxParts}`;
  if (shade.minParts > shade.maxParts) {
    problems.push(
      errorAt(['shades', at, 'minParts'], range, 'the smaller number first', 'Exchange minParts and maxParts.'),
    );
  } else if (
    shade.typicalParts !== undefined &&
    (shade.typicalParts < shade.minParts || shade.typicalParts > shade.maxParts)
  ) {
    problems.push(
      errorAt(
        ['shades', at, 'typicalParts'],
        String(shade.typicalParts),
        range,
        'Bring typicalParts within the limits.',
      ),
    );
  }
  if (!shade.dilutable) {
    if (shade.minParts !== 0 || shade.maxParts !== 0) {
      problems.push(
        errorAt(['shades', at, 'maxParts'], range, '0 to 0 for a shade that must not be diluted', 'Set both to 0.'),
      );
    }
    if (shade.form === 'concentrate') {
      problems.push(
        errorAt(
          ['shades', at, 'form'],
          'a concentrate that must not be diluted',
          'readyToUse',
          'Correct form or dilutable.',
        ),
      );
    }
  } else if (shade.form === 'readyToUse') {
    problems.push(
      warningAt(['shades', at, 'dilutable'], 'true for a ready-to-use shade', 'false', 'Check what the maker allows.'),
    );
  }
  if (shade.dilutable && shade.maxParts > 0 && shade.diluents.length === 0) {
    problems.push(
      warningAt(['shades', at, 'diluents'], 'none', 'at least one approved sterile diluent', 'Name the diluent.'),
    );
  }
  return problems;
}

type KnownDiluents = ReadonlyMap<string, Catalog['diluents'][number]>;

function diluentProblems(known: KnownDiluents, shade: LinkedShade, at: number): Problem[] {
  return shade.diluents.flatMap((code, index) => {
    const path = ['shades', at, 'diluents', index];
    const diluent = known.get(codeKey(code));
    if (diluent === undefined) {
      return [errorAt(path, `"${code}"`, 'a diluent of this catalog', 'Add the diluent or correct its code.')];
    }
    if (!diluent.sterile) {
      return [errorAt(path, `"${code}", not sterile`, 'a sterile diluent', 'Approve sterile diluents only.')];
    }
    return [];
  });
}

function successorProblems(shade: LinkedShade, at: number, byCode: ReadonlyMap<string, LinkedShade>): Problem[] {
  const path = ['shades', at, 'replacement'];
  const named = shade.replacement;
  if (named === undefined) {
    if (shade.status === 'active') return [];
    const both = shade.discontinuedReason === undefined ? 'a replacement or a reason' : 'a replacement';
    return [warningAt(path, 'nothing', both, `Name the shade that takes the place of ${shade.code}.`)];
  }
  if (shade.status === 'active') {
    return [warningAt(path, `"${named}" for an active shade`, 'nothing', 'Remove it, or discontinue the shade.')];
  }
  const successor = byCode.get(codeKey(named));
  if (successor === undefined) return [errorAt(path, `"${named}"`, 'a code of this catalog', 'Correct the code.')];
  if (successor.status === 'active') return [];
  return [errorAt(path, `"${named}", discontinued`, 'an active shade', 'Name a shade that is still made.')];
}

function lotProblems(shade: Shade, at: number, today: string | undefined): Problem[] {
  const path = ['shades', at, 'lots'];
  const problems = shade.lots.flatMap((lot, index) =>
    lot.opened !== undefined && lot.opened > lot.expires
      ? [
          errorAt(
            [...path, index, 'opened'],
            `lot ${lot.lot} opened on ${lot.opened}`,
            `a day up to its expiry, ${lot.expires}`,
            'Correct one of the two days.',
          ),
        ]
      : [],
  );
  const names = shade.lots.map((lot) => lot.lot);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    problems.push(errorAt(path, `lot ${twice} twice`, 'each lot once', 'Remove one of the two.'));
  }
  if (shade.status === 'discontinued') return problems;
  if (shade.lots.length === 0) {
    problems.push(
      warningAt(path, 'none', 'a lot with its expiry', 'Record the lot; stock without one is not suggested.'),
    );
  } else if (today !== undefined && lotStatus(shade, today) === 'expired') {
    const last = shade.lots
      .map((lot) => lot.expires)
      .sort()
      .at(-1);
    problems.push(
      warningAt(path, `expired ${last}`, 'a lot that is in date', 'Record a new lot; expired stock is blocked.'),
    );
  }
  return problems;
}

function labelProblems(shade: Shade, at: number): Problem[] {
  const path = ['shades', at, 'regulatory'];
  if (shade.regulatory.length === 0) {
    return [warningAt(path, 'nothing', 'the label statements of a region', 'Record them from the label.')];
  }
  return regulatoryCompleteness(shade)
    .filter((record) => record.missing.length > 0)
    .map((record) =>
      warningAt(
        path,
        `${record.region} without ${record.missing.join(', ')}`,
        'every statement',
        'Record it from the label.',
      ),
    );
}

/** Rules across the fields of one shade. `today` is an ISO date; without it no lot is called expired. */
export function checkOwnRules(shade: Shade, at: number, today: string | undefined): Problem[] {
  return [...dilutionProblems(shade, at), ...lotProblems(shade, at, today), ...labelProblems(shade, at)];
}

/** Rules between shades and diluents. */
export function checkLinks(catalog: LinkedCatalog): Problem[] {
  const byCode = new Map(catalog.shades.map((shade) => [codeKey(shade.code), shade]));
  const diluents = new Map(catalog.diluents.map((diluent) => [codeKey(diluent.code), diluent]));
  const problems = [
    ...repeated(
      'shades',
      catalog.shades.map((shade) => shade.code),
    ),
    ...repeated(
      'diluents',
      catalog.diluents.map((diluent) => diluent.code),
    ),
  ];
  catalog.shades.forEach((shade, at) => {
    problems.push(...diluentProblems(diluents, shade, at), ...successorProblems(shade, at, byCode));
    for (const [index, code] of shade.doNotMixWith.entries()) {
      if (!byCode.has(codeKey(code))) {
        problems.push(
          warningAt(['shades', at, 'doNotMixWith', index], `"${code}"`, 'a code of this catalog', 'Correct the code.'),
        );
      }
    }
  });
  return problems;
}

/** Rules across fields and shades. `today` is an ISO date; without it no lot is called expired. */
export function checkShadeRules(catalog: Catalog, today: string | undefined): Problem[] {
  return [...catalog.shades.flatMap((shade, at) => checkOwnRules(shade, at, today)), ...checkLinks(catalog)];
}
