import { accountsTexts } from './texts/accounts.ts';
import { accuracyTexts } from './texts/accuracy.ts';
import { apiAnswersTexts } from './texts/apiAnswers.ts';
import { catalogChangesTexts } from './texts/catalogChanges.ts';
import { catalogColumnsTexts } from './texts/catalogColumns.ts';
import { catalogFilesTexts } from './texts/catalogFiles.ts';
import { catalogFormsTexts } from './texts/catalogForms.ts';
import { catalogProblemsTexts } from './texts/catalogProblems.ts';
import { catalogsTexts } from './texts/catalogs.ts';
import { catalogToolsTexts } from './texts/catalogTools.ts';
import { colourCardTexts } from './texts/colourCard.ts';
import { commandHelpTexts } from './texts/commandHelp.ts';
import { commandLineTexts } from './texts/commandLine.ts';
import { commonTexts } from './texts/common.ts';
import { confidenceTexts } from './texts/confidence.ts';
import { consultationsTexts } from './texts/consultations.ts';
import { closenessTexts, differenceTexts } from './texts/difference.ts';
import { errorsTexts } from './texts/errors.ts';
import { frameTexts } from './texts/frame.ts';
import { hairColoursTexts } from './texts/hairColours.ts';
import { learningTexts } from './texts/learning.ts';
import { matchingTexts } from './texts/matching.ts';
import { measuringTexts } from './texts/measuring.ts';
import { opticsInputTexts, pigmentInputTexts } from './texts/opticsInput.ts';
import { patchNamesTexts } from './texts/patchNames.ts';
import { peopleTexts } from './texts/people.ts';
import { photoTexts } from './texts/photo.ts';
import { photoChecksTexts } from './texts/photoChecks.ts';
import { photoFilesTexts } from './texts/photoFiles.ts';
import { previewTexts } from './texts/preview.ts';
import { previewRequestsTexts } from './texts/previewRequests.ts';
import { previewScaleTexts, previewWordsTexts } from './texts/previewWords.ts';
import { recordsTexts } from './texts/records.ts';
import { reportTexts } from './texts/report.ts';
import { resultTexts } from './texts/result.ts';
import { resultWordsTexts } from './texts/resultWords.ts';
import { scriptsTexts } from './texts/scripts.ts';
import { serverTexts } from './texts/server.ts';
import { sharesTexts } from './texts/shares.ts';
import { skinTonesTexts } from './texts/skinTones.ts';
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
  accuracy: accuracyTexts,
  apiAnswers: apiAnswersTexts,
  catalogChanges: catalogChangesTexts,
  catalogColumns: catalogColumnsTexts,
  catalogFiles: catalogFilesTexts,
  catalogForms: catalogFormsTexts,
  catalogProblems: catalogProblemsTexts,
  catalogTools: catalogToolsTexts,
  catalogs: catalogsTexts,
  closeness: closenessTexts,
  colourCard: colourCardTexts,
  commandHelp: commandHelpTexts,
  commandLine: commandLineTexts,
  common: commonTexts,
  confidence: confidenceTexts,
  consultations: consultationsTexts,
  difference: differenceTexts,
  errors: errorsTexts,
  frame: frameTexts,
  hairColours: hairColoursTexts,
  learning: learningTexts,
  matching: matchingTexts,
  measuring: measuringTexts,
  opticsInput: opticsInputTexts,
  patchNames: patchNamesTexts,
  people: peopleTexts,
  photo: photoTexts,
  photoChecks: photoChecksTexts,
  photoFiles: photoFilesTexts,
  pigmentInput: pigmentInputTexts,
  preview: previewTexts,
  previewRequests: previewRequestsTexts,
  previewScale: previewScaleTexts,
  previewWords: previewWordsTexts,
  records: recordsTexts,
  report: reportTexts,
  result: resultTexts,
  resultWords: resultWordsTexts,
  scripts: scriptsTexts,
  server: serverTexts,
  shares: sharesTexts,
  skinTones: skinTonesTexts,
  start: startTexts,
  studio: studioTexts,
} as const;
