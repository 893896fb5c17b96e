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
import { startTexts } from './texts/start.ts';
import { studioTexts } from './texts/studio.ts';

/**
 * All words of the pages in English, by area: views say `it.t.area.key`, and a sentence with values is a function of them.
 * What is worked out of values has its words in one typed place each, which belong to this catalogue: errors in
 * `errors.ts`, reasons and recipes in `matching` and `app/resultWords.ts`, the report in `app/report/reportModel.ts`.
 * The client page speaks several languages: `clientTexts.ts`.
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
  start: startTexts,
  studio: studioTexts,
} as const;
