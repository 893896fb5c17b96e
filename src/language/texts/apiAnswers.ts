import type { Shown } from './shown.ts';

/** What the API answers where a request cannot be carried out. */
export const apiAnswersTexts = {
  expectedPhotoField: 'Expected a multipart field "photo" with the photo file.',
  exportAsOneOf: (exportFormats: Shown) => `Export as one of ${exportFormats}.`,
  mapTooLarge: (mostMapped: Shown) => `The map is worked out for catalogs of up to ${mostMapped} shades.`,
  expectedFileField: 'Expected a multipart field "file" with the catalog file.',
  changedMeanwhile: (code: Shown, by: Shown, at: Shown) =>
    `${code} was changed by ${by} at ${at}. Read it, and send your change again.`,
  found: (path: Shown, found: Shown, expected: Shown, fix: Shown) =>
    `${path}: found ${found}, expected ${expected}. ${fix}`,
  noSuchShade: (code: Shown) => `This catalog has no shade "${code}".`,
  noSuchDiluent: (code: Shown) => `This catalog has no diluent "${code}".`,
  noSuchEdit: (code: Shown, revision: Shown) =>
    `${code} has no unpublished edit with the revision ${revision}. Read it to see which it has.`,
  sayWhichLot: 'Say which lot: ?lot=B-1205.',
  sayWhichShade: 'Say which shade of which line: ?shade=demo-ash/DA-03&in=demo-ink.',
  noSuchCatalog: 'Your organisation has no catalog with this name.',
  expectedMask: 'Expected "WxH:" and runs that fill the grid, such as "4x3:2s.5h4a", for mask.',
  expectedBox: (name: Shown) => `Expected "x,y,width,height" in whole pixels for ${name}.`,
  optionNotUsable: (name: Shown, message: Shown) => `The option "${name}" is not usable: ${message}.`,
} as const;
