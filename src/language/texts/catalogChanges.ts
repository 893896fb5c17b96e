import type { Shown } from './shown.ts';

/** Changing catalogs: edits, imports, versions, stock and test cards. */
export const catalogChangesTexts = {
  takesItsPlace: (replacement: Shown) => ` ${replacement} takes its place.`,
  isNoLongerMade: (code: Shown, instead: Shown) => `${code} is no longer made.${instead}`,
  manyCatalogsAreCalled: (name: Shown) => `Many catalogs are called "${name}". Choose another name.`,
  fillInField: (field: Shown) => `Fill in ${field}; it must not be too long.`,
  copyOfVersion: (source: Shown, version: Shown) => `Copy of ${source}, version ${version}`,
  catalogHasNoVersion: (id: Shown, version: Shown) => `The catalog ${id} has no version ${version}.`,
  sayWhyItIsNoLonger: 'Say why it is no longer made.',
  dayUpToToday: 'a day up to today',
  giveDay: 'Give the day as YYYY-MM-DD.',
  codeNotInUse: 'a code not in use',
  chooseOtherDiluentCode: 'Choose another code, or open that diluent.',
  yesOrNo: 'yes or no',
  sayWhetherTheBottleIsSterile: 'Say whether the bottle is sterile.',
  onlyASterileDiluentMay: 'Only a sterile diluent may be approved: take it off these shades first.',
  approvedByShades: (named: Shown, more: Shown) => `no, though ${named}${more} approve it`,
  chooseOtherShadeCode: 'Choose another code, or open that shade.',
  enteredBy: (displayName: Shown) => `entered by ${displayName}`,
  fileOfThisImport: 'The file of this import is no longer stored. Send it again.',
  thisImportWasPublished: 'This import was published, taken back or has expired.',
  thisFileChangesNothing: 'This file changes nothing, so there is nothing to publish.',
  yourOrganisationHasNoCatalog: 'Your organisation has no catalog with this name.',
  publishedByOther: (named: Shown) =>
    `${named}: published by somebody else after your edit was begun. Open it, compare, and save it again.`,
  nothingHasChangedSinceTheLast: 'Nothing has changed since the last version.',
  notPublished: (path: Shown, found: Shown, expected: Shown, fix: Shown) =>
    `Not published: ${path}, found ${found}, expected ${expected}. ${fix}`,
  sayWhatChanges: 'Say in a few words what this version changes (at most 500 characters).',
  ofEach: (advice: string) => advice.replace(/ of .*\.$/, ' of each.'),
  settlesInTheBottle: 'Settles in the bottle: shake well before use.',
  thereIsNoShade: (code: Shown) => `There is no shade ${code} in this catalog.`,
  chooseAShadeOrADiluent: 'Choose a shade or a diluent.',
  chooseTheShadeOrDiluent: 'Choose the shade or diluent.',
  giveTheLotNumber: 'Give the lot number from the bottle, at most 60 characters.',
  batchReferenceHasAtMost: 'The batch reference has at most 60 characters.',
  giveExpiryDay: 'Give the expiry day as YYYY-MM-DD.',
  giveTheDayOfOpening: 'Give the day of opening as YYYY-MM-DD, or leave it empty.',
  giveTheQuantityInMl: 'Give the quantity in ml as a number, or leave it empty.',
  checkThisField: 'Check this field.',
  catalogHasNo: (catalog: Shown, kind: Shown, lot: Shown) => `${catalog} has no ${kind} "${lot}".`,
  bottleCannotBeOpenedAfter: 'A bottle cannot be opened after its expiry day. Correct one of the days.',
  lotChangedMeanwhile: (lot: Shown, item: Shown) =>
    `Lot ${lot} of ${item} was recorded or changed by somebody else meanwhile. Look at it and send yours again.`,
  inTheBottle: 'In the bottle',
  onePartIn: (parts: Shown) => `1 part in ${parts}`,
  placeInCatalog: (place: Shown, text: Shown) => `No. ${place} of the catalog (${text})`,
  fictionalValues: 'fictional values, ',
  testCardHeader: (day: Shown) =>
    `Test card of ${day}: expected L* a* b* for the 2° observer, under D65 and D50. Write what you measure on the line.`,
  printWithoutColourManagementChanges:
    'Print without colour management changes. Measure the greys first: they tell whether the print can be trusted.',
  liesOutsideSrgb: (leftOut: Shown) =>
    `* lies outside sRGB: the print shows another colour; measure the paint. ${leftOut}`,
  testCardTitle: (catalog: Shown, version: Shown) => `${catalog}, version ${version}: test card`,
  firstOfShades: (shown: Shown, readable: Shown) => `The first ${shown} of ${readable} shades.`,
  leftOutLabFor10Without: (unreadable: Shown) => `${unreadable} left out: Lab for 10° without a spectrum.`,
  thisIsTheCurrentVersionAlready: 'This is the current version already.',
  bundledWithStipple: 'Bundled with Stipple',
  aReason: 'a reason',
  andMore: (count: Shown) => ` and ${count} more`,
  extra: (line: Shown) => `${line} extra`,
  again: (name: Shown) => `${name} again`,
  versionPage: (notice: Shown, version: Shown, page: Shown, pages: Shown) =>
    `${notice}version ${version}, page ${page} of ${pages}`,
  versionRestored: (version: Shown) => `Version ${version} restored`,

  hasVersionNow: (catalog: Shown, now: Shown, used: Shown) =>
    `${catalog} has version ${now} now; this result was made with version ${used}.`,
} as const;
