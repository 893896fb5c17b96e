import type { Shown } from './shown.ts';

/** Records of the studio and catalogs in a few words, joined from their values. */
export const recordsTexts = {
  version: (version: Shown) => `version ${version}`,
  values: (count: Shown) => `${count} values`,
  since: (alias: Shown, createdAt: Shown) => `${alias}, since ${createdAt}`,
  session: (session: Shown) => `session ${session}`,
  sessionOfClient: (alias: Shown, session: Shown) => `${alias}, session ${session}`,
  comparedWith: (words: Shown, shade: Shown) => `${words} than ${shade}`,
  discontinue: (shade: Shown) => `Discontinue ${shade}`,
  foundAt: (place: Shown, found: Shown, expected: Shown, fix: Shown) =>
    `${place}: found ${found}, expected ${expected}. ${fix}`,
  pairOfShades: (one: Shown, other: Shown) => `${one} and ${other}`,
  foundWithoutAdvice: (place: Shown, found: Shown, expected: Shown) =>
    `${place}: found ${found}, expected ${expected}.`,
  missing: (missing: Shown) => `, missing ${missing}`,
  batch: (batchReference: Shown) => `, batch ${batchReference}`,
  labelOf: (region: Shown, recorded: Shown, asked: Shown) => `${region} label ${recorded} of ${asked}`,
  catalogSummary: (supplier: Shown, version: Shown, shades: Shown) =>
    `${supplier}, version ${version}, ${shades} shades`,
  shadesShown: (shown: Shown, shades: number) => `${shown} of ${shades} shade${shades === 1 ? '' : 's'}`,
  catalogVersion: (catalogId: Shown, version: Shown) => `${catalogId}, version ${version}`,
  shadeAndLot: (code: Shown, lot: Shown) => `${code}, lot ${lot}`,
  sessionOpened: (alias: Shown, session: Shown, createdAt: Shown) =>
    `${alias}, session ${session}, opened ${createdAt}.`,
  found: (found: Shown, expected: Shown, fix: Shown) => `found ${found}, expected ${expected}. ${fix}`,
} as const;
