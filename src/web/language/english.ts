import { reportTexts } from '../../app/report/reportTexts.ts';
import { accountsTexts } from './texts/accounts.ts';
import { catalogFormsTexts } from './texts/catalogForms.ts';
import { catalogsTexts } from './texts/catalogs.ts';
import { catalogToolsTexts } from './texts/catalogTools.ts';
import { commonTexts } from './texts/common.ts';
import { frameTexts } from './texts/frame.ts';
import { photoTexts } from './texts/photo.ts';
import { previewTexts } from './texts/preview.ts';
import { resultTexts } from './texts/result.ts';
import { scriptsTexts } from './texts/scripts.ts';
import { startTexts } from './texts/start.ts';
import { studioTexts } from './texts/studio.ts';

/**
 * All words of the pages in English, by area: views say `it.t.area.key`, modules of this layer `ENGLISH.area.key`, and a
 * sentence with values is a function of them; tests find words anywhere else in views and in this layer. What is worked
 * out below it has its words in few places, which belong to this catalogue: errors in `errors.ts` and where they are
 * thrown, reasons, recipes and flags in `matching`, the photo's checks in `photo/quality`, results and report in
 * `app/report`, what is said with pictures in `preview`. The client page speaks several languages: `clientTexts.ts`. Browser
 * modules hold no words: pages bring them along, `scriptWords.ts`.
 */
export const ENGLISH = {
  accounts: accountsTexts,
  catalogTools: catalogToolsTexts,
  catalogForms: catalogFormsTexts,
  catalogs: catalogsTexts,
  common: commonTexts,
  frame: frameTexts,
  photo: photoTexts,
  preview: previewTexts,
  report: reportTexts,
  result: resultTexts,
  scripts: scriptsTexts,
  start: startTexts,
  studio: studioTexts,
} as const;
