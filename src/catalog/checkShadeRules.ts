import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
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
        catalogProblemsTexts.eachCodeOnce,
        catalogProblemsTexts.renameOrRemove(list, first),
      ),
    ];
  });
}

function dilutionProblems(shade: Shade, at: number): Problem[] {
  const problems: Problem[] = [];
  const range = `${shade.minParts} to ${shade.maxParts}`;
  if (shade.minParts > shade.maxParts) {
    problems.push(
      errorAt(
        ['shades', at, 'minParts'],
        range,
        catalogProblemsTexts.smallerNumberFirst,
        catalogProblemsTexts.exchangeMinpartsAndMaxparts,
      ),
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
        catalogProblemsTexts.bringTypicalpartsWithinTheLimits,
      ),
    );
  }
  if (!shade.dilutable) {
    if (shade.minParts !== 0 || shade.maxParts !== 0) {
      problems.push(
        errorAt(['shades', at, 'maxParts'], range, catalogProblemsTexts.zeroToZero, catalogProblemsTexts.setBothTo0),
      );
    }
    if (shade.form === 'concentrate') {
      problems.push(
        errorAt(
          ['shades', at, 'form'],
          catalogProblemsTexts.concentrateThatMust,
          'readyToUse',
          catalogProblemsTexts.correctFormOrDilutable,
        ),
      );
    }
  } else if (shade.form === 'readyToUse') {
    problems.push(
      warningAt(
        ['shades', at, 'dilutable'],
        catalogProblemsTexts.trueForAReadytouseShade,
        'false',
        catalogProblemsTexts.checkWhatTheMakerAllows,
      ),
    );
  }
  if (shade.dilutable && shade.maxParts > 0 && shade.diluents.length === 0) {
    problems.push(
      warningAt(
        ['shades', at, 'diluents'],
        'none',
        catalogProblemsTexts.atLeastOneApprovedSterileDiluent,
        catalogProblemsTexts.nameTheDiluent,
      ),
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
      return [
        errorAt(
          path,
          `"${code}"`,
          catalogProblemsTexts.diluentOfThisCatalog,
          catalogProblemsTexts.addTheDiluentOrCorrect,
        ),
      ];
    }
    if (!diluent.sterile) {
      return [
        errorAt(
          path,
          catalogProblemsTexts.notSterile(code),
          catalogProblemsTexts.sterileDiluent,
          catalogProblemsTexts.approveSterileDiluentsOnly,
        ),
      ];
    }
    return [];
  });
}

function successorProblems(shade: LinkedShade, at: number, byCode: ReadonlyMap<string, LinkedShade>): Problem[] {
  const path = ['shades', at, 'replacement'];
  const named = shade.replacement;
  if (named === undefined) {
    if (shade.status === 'active') return [];
    const both =
      shade.discontinuedReason === undefined
        ? catalogProblemsTexts.replacementOrAReason
        : catalogProblemsTexts.aReplacement;
    return [
      warningAt(path, catalogProblemsTexts.nothing, both, catalogProblemsTexts.nameTheShadeThatTakes(shade.code)),
    ];
  }
  if (shade.status === 'active') {
    return [
      warningAt(
        path,
        catalogProblemsTexts.forAnActiveShade(named),
        catalogProblemsTexts.nothing,
        catalogProblemsTexts.removeItOrDiscontinueTheShade,
      ),
    ];
  }
  const successor = byCode.get(codeKey(named));
  if (successor === undefined)
    return [errorAt(path, `"${named}"`, catalogProblemsTexts.codeOfThisCatalog, catalogProblemsTexts.correctTheCode)];
  if (successor.status === 'active') return [];
  return [
    errorAt(
      path,
      `"${named}", discontinued`,
      catalogProblemsTexts.activeShade,
      catalogProblemsTexts.nameAShadeThatIsStill,
    ),
  ];
}

function lotProblems(shade: Shade, at: number, today: string | undefined): Problem[] {
  const path = ['shades', at, 'lots'];
  const problems = shade.lots.flatMap((lot, index) =>
    lot.opened !== undefined && lot.opened > lot.expires
      ? [
          errorAt(
            [...path, index, 'opened'],
            catalogProblemsTexts.lotOpened(lot.lot, lot.opened),
            catalogProblemsTexts.dayUpToItsExpiry(lot.expires),
            catalogProblemsTexts.correctOneOfTheTwoDays,
          ),
        ]
      : [],
  );
  const names = shade.lots.map((lot) => lot.lot);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    problems.push(
      errorAt(
        path,
        catalogProblemsTexts.lotTwice(twice),
        catalogProblemsTexts.eachLotOnce,
        catalogProblemsTexts.removeOneOfTheTwo,
      ),
    );
  }
  if (shade.status === 'discontinued') return problems;
  if (shade.lots.length === 0) {
    problems.push(
      warningAt(
        path,
        catalogProblemsTexts.none,
        catalogProblemsTexts.lotWithItsExpiry,
        catalogProblemsTexts.recordTheLot,
      ),
    );
  } else if (today !== undefined && lotStatus(shade, today) === 'expired') {
    const last = shade.lots
      .map((lot) => lot.expires)
      .sort()
      .at(-1);
    problems.push(
      warningAt(
        path,
        catalogProblemsTexts.expired(last!),
        catalogProblemsTexts.lotThatIsInDate,
        catalogProblemsTexts.recordANewLot,
      ),
    );
  }
  return problems;
}

function labelProblems(shade: Shade, at: number): Problem[] {
  const path = ['shades', at, 'regulatory'];
  if (shade.regulatory.length === 0) {
    return [
      warningAt(
        path,
        catalogProblemsTexts.nothing,
        catalogProblemsTexts.labelStatementsOfARegion,
        catalogProblemsTexts.recordThemFromTheLabel,
      ),
    ];
  }
  return regulatoryCompleteness(shade)
    .filter((record) => record.missing.length > 0)
    .map((record) =>
      warningAt(
        path,
        catalogProblemsTexts.without(record.region, record.missing.join(', ')),
        catalogProblemsTexts.everyStatement,
        catalogProblemsTexts.recordItFromTheLabel,
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
          warningAt(
            ['shades', at, 'doNotMixWith', index],
            `"${code}"`,
            catalogProblemsTexts.codeOfThisCatalog,
            catalogProblemsTexts.correctTheCode,
          ),
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
