import { accountsTexts } from './texts/accounts.ts';
import { catalogFormsTexts } from './texts/catalogForms.ts';
import { catalogsTexts } from './texts/catalogs.ts';
import { catalogToolsTexts } from './texts/catalogTools.ts';
import { colourCardTexts } from './texts/colourCard.ts';
import { commonTexts } from './texts/common.ts';
import { confidenceTexts } from './texts/confidence.ts';
import { closenessTexts, differenceTexts } from './texts/difference.ts';
import { frameTexts } from './texts/frame.ts';
import { hairColoursTexts } from './texts/hairColours.ts';
import { matchingTexts } from './texts/matching.ts';
import { patchNamesTexts } from './texts/patchNames.ts';
import { photoTexts } from './texts/photo.ts';
import { photoChecksTexts } from './texts/photoChecks.ts';
import { photoFilesTexts } from './texts/photoFiles.ts';
import { previewTexts } from './texts/preview.ts';
import { previewWordsTexts } from './texts/previewWords.ts';
import { reportTexts } from './texts/report.ts';
import { resultTexts } from './texts/result.ts';
import { scriptsTexts } from './texts/scripts.ts';
import { startTexts } from './texts/start.ts';
import { studioTexts } from './texts/studio.ts';

/**
 * All words in English, by area. Views say `it.t.area.key` and modules of the web layer `ENGLISH.area.key`; layers below
 * import their own area from `texts/`, so that browser modules carry only what they say. A sentence with values is a
 * function of them; tests find words anywhere else. The client page speaks several languages: `clientTexts.ts`. Browser
 * modules of pages hold no words: pages bring them along, `scriptWords.ts`.
 */
export const ENGLISH = {
  accounts: accountsTexts,
  catalogForms: catalogFormsTexts,
  catalogTools: catalogToolsTexts,
  catalogs: catalogsTexts,
  closeness: closenessTexts,
  colourCard: colourCardTexts,
  common: commonTexts,
  confidence: confidenceTexts,
  difference: differenceTexts,
  frame: frameTexts,
  hairColours: hairColoursTexts,
  matching: matchingTexts,
  patchNames: patchNamesTexts,
  photo: photoTexts,
  photoChecks: photoChecksTexts,
  photoFiles: photoFilesTexts,
  preview: previewTexts,
  previewWords: previewWordsTexts,
  report: reportTexts,
  result: resultTexts,
  scripts: scriptsTexts,
  start: startTexts,
  studio: studioTexts,
} as const;
