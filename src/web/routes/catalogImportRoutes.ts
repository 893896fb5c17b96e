import { type Request, type RequestHandler, type Response, Router } from 'express';
import {
  answerQuestions,
  dropImport,
  type PendingImport,
  publishImport,
  rejectedRowsOf,
  startImport,
  viewImport,
} from '../../app/catalogs/importCatalog.ts';
import { ownCatalog, ownShades } from '../../app/catalogs/ownCatalog.ts';
import { hasSample } from '../../app/catalogs/sampleImport.ts';
import type { Services } from '../../app/services.ts';
import type { Problem } from '../../catalog/problem.ts';
import { ERRORS, StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { actorFor } from '../actor.ts';
import {
  COLUMN_CHOICES,
  DEFAULT_FIELDS,
  errorView,
  questionView,
  readAnswers,
  readFix,
  settledQuestions,
  spectrumText,
  wavelengthOf,
} from '../catalogImportForm.ts';
import { catalogFrame, catalogPath, valueText } from '../catalogPages.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { readSent } from '../readSent.ts';
import { received } from '../receive.ts';
import { render } from '../render.ts';

/** A check that is ready by then is shown at once instead of a waiting page. */
const PATIENCE_MS = 1500;

/** What the upload's complaints mean where the file is a catalog and not a photo. */
export function importFault(error: unknown): StippleError {
  if (!(error instanceof StippleError)) throw error;
  if (error.code === 'SMP_UPLOAD_TOO_LARGE') return new StippleError('SMP_IMPORT_TOO_LARGE');
  if (error.code === 'SMP_UPLOAD_EMPTY') {
    return new StippleError('SMP_UPLOAD_EMPTY', ENGLISH.catalogForms.theSelectedFileIsEmptyChoose);
  }
  if (error.code === 'SMP_UPLOAD_SEVERAL') {
    return new StippleError('SMP_UPLOAD_SEVERAL', ENGLISH.catalogForms.oneFileAtATimeCan);
  }
  return error;
}

/** Import: upload, what the file does not say, dry run, corrections, publication. */
export function catalogImportRoutes(services: Services, upload: RequestHandler): Router {
  const router = Router();
  const pathOf = (req: Request) => `${catalogPath(String(req.params.id))}/imports/${req.params.importId}`;
  const placeOf = (req: Request) => ({ catalogId: String(req.params.id), id: String(req.params.importId) });

  async function showUpload(req: Request, res: Response, problem: StippleError | null) {
    const actor = actorFor(req, 'catalog:edit');
    const { header } = await ownCatalog(services, actor, String(req.params.id));
    if (problem) res.status(ERRORS[problem.code].status);
    await render(req, res, 'catalogImport', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.catalogForms.import) : ENGLISH.catalogForms.import,
      frame: await catalogFrame(services, req, header, 'import'),
      problem: problem ? [{ text: problem.message, field: 'file' }] : null,
      hasSample: header.demonstration && hasSample(await ownShades(services, actor, header.id)),
    });
  }

  router.get('/catalogs/:id/import', (req, res) => showUpload(req, res, null));

  router.post('/catalogs/:id/import', async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    // Before anything is read: whose catalog it is.
    await ownCatalog(services, actor, req.params.id);
    try {
      await received(upload, req, res);
      if (!req.file) throw new StippleError('SMP_IMPORT_MISSING');
    } catch (error) {
      return showUpload(req, res, importFault(error));
    }
    const bytes = await readSent(req.file);
    const id = await startImport(services, actor, {
      catalogId: req.params.id,
      bytes,
      fileName: req.file.originalname,
    });
    redirectAfterPost(res, `${catalogPath(req.params.id)}/imports/${id}`);
  });

  function pageOf(pending: PendingImport) {
    const { check, answers } = pending;
    if (check === null) return null;
    const { counts } = check;
    const asked = new Set<string>(check.questions.map(({ field }) => field));
    const missing = check.missing.filter(({ field }) => !asked.has(field));
    const isEnterable = ({ field }: { field: string }) => DEFAULT_FIELDS.some(({ column }) => column === field);
    const isUnread = check.fileProblems.some(({ level }) => level === 'error');
    // The list of columns shows them, so they are not listed as faults of the file too.
    const unknown = check.columns.filter(
      ({ header, column }) => column === null && header.trim() !== '' && answers.columns?.[header] !== null,
    );
    const isUnknown = ({ level, column }: Problem) =>
      level === 'warning' && check.columns.some((entry) => entry.header === column && entry.column === null);
    const known = answers.shade as Record<string, unknown> | undefined;
    return {
      counts,
      questions: check.questions.map((question) => questionView(question, answers)),
      settled: settledQuestions(check.questions, answers),
      spectrum: spectrumText(check.columns),
      columns: check.columns.flatMap(({ header, column, example }, at) => {
        // Three dozen of them are told in one sentence.
        if (wavelengthOf(column) !== undefined) return [];
        return {
          id: `column.${at}`,
          header,
          example,
          choices: [
            { value: ENGLISH.catalogForms.leaveOut, text: ENGLISH.catalogForms.leaveOut },
            ...COLUMN_CHOICES,
          ].map(({ value, text }) => ({
            value,
            text,
            selected: value === (column ?? ENGLISH.catalogForms.leaveOut),
          })),
        };
      }),
      leftOut: check.columns.filter(({ column }) => column === null).length,
      unknownColumns: unknown.map(({ header }) => header),
      isUnread,
      defaults: DEFAULT_FIELDS.map(({ name, text, choices }) => {
        const given = known?.[name];
        const value = typeof given === 'boolean' ? (given ? 'yes' : 'no') : given === undefined ? '' : String(given);
        return { name, text, value, choices: choices.map((choice) => ({ value: choice, selected: choice === value })) };
      }),
      defaultsWanted: missing.some(isEnterable),
      missing: missing.map((entry) => ({ ...entry, isEnterable: isEnterable(entry) })),
      fileProblems: check.fileProblems
        .filter((problem) => !isUnknown(problem))
        .map((problem, at) => errorView(problem, pending, at)),
      errors: check.errors.map((problem, at) => errorView(problem, pending, at)),
      moreErrors: check.unlisted,
      added: check.added,
      changed: check.changed.map(({ row, code, fields }) => ({
        row,
        code,
        fields: fields.map(({ field, from, to }) => ({ field, from: valueText(from), to: valueText(to) })),
      })),
      warnings: check.warnings,
      corrected: answers.cells?.length ?? 0,
      publishable: counts.added + counts.changed,
    };
  }

  async function showCheck(req: Request, res: Response, pending: PendingImport, problem: StippleError | null) {
    const { header } = await ownCatalog(services, actorFor(req, 'catalog:edit'), pending.catalogId);
    if (problem) res.status(ERRORS[problem.code].status);
    await render(req, res, 'catalogCheck', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.catalogForms.checkImport) : ENGLISH.catalogForms.checkImport,
      ...(pending.state === 'reading' ? { script: 'workingPage' } : {}),
      frame: await catalogFrame(services, req, header, 'import'),
      problem: problem ? [{ text: problem.message, field: 'note' }] : null,
      here: pathOf(req),
      fileName: pending.fileName,
      state: pending.state,
      progressPercent: pending.progressPercent,
      isStale: pending.isStale,
      check: pageOf(pending),
      note: textField(req, 'note'),
      newer: req.query.newer === 'yes',
    });
  }

  router.get('/catalogs/:id/imports/:importId', async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    const pending = await viewImport(services, actor, { ...placeOf(req), patienceMs: PATIENCE_MS });
    await showCheck(req, res, pending, null);
  });

  router.get('/catalogs/:id/imports/:importId/step', async (req, res) => {
    const { state, progressPercent } = await viewImport(services, actorFor(req, 'catalog:edit'), placeOf(req));
    res.set('Cache-Control', 'no-store');
    res.json({
      done: state !== 'reading',
      text: ENGLISH.catalogForms.checkingTheRows(progressPercent),
      number: progressPercent,
    });
  });

  router.post('/catalogs/:id/imports/:importId/answers', async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    const pending = await viewImport(services, actor, placeOf(req));
    await answerQuestions(services, actor, {
      ...placeOf(req),
      answers: readAnswers(req, pending.check?.columns ?? []),
    });
    redirectAfterPost(res, pathOf(req));
  });

  router.post('/catalogs/:id/imports/:importId/fix', async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    const fix = readFix(req, await viewImport(services, actor, placeOf(req)));
    if (fix === null) throw new StippleError('SMP_OPTION_INVALID', ENGLISH.catalogForms.thatCellIsNot);
    await answerQuestions(services, actor, { ...placeOf(req), answers: fix });
    redirectAfterPost(res, pathOf(req));
  });

  router.post('/catalogs/:id/imports/:importId/again', async (req, res) => {
    await answerQuestions(services, actorFor(req, 'catalog:edit'), placeOf(req));
    redirectAfterPost(res, pathOf(req));
  });

  router.post('/catalogs/:id/imports/:importId/drop', async (req, res) => {
    await dropImport(services, actorFor(req, 'catalog:edit'), String(req.params.id), String(req.params.importId));
    redirectAfterPost(res, `${catalogPath(req.params.id)}/import`);
  });

  router.get('/catalogs/:id/imports/:importId/rejected.csv', async (req, res) => {
    const { catalogId, id } = placeOf(req);
    const text = await rejectedRowsOf(services, actorFor(req, 'catalog:edit'), catalogId, id);
    res.attachment('rejected-rows.csv').type('text/csv').send(text);
  });

  router.post('/catalogs/:id/imports/:importId/publish', async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    try {
      await publishImport(services, actor, { ...placeOf(req), note: textField(req, 'note') });
    } catch (error) {
      if (!(error instanceof StippleError)) throw error;
      const editor = actorFor(req, 'catalog:edit');
      if (error.code === 'SMP_CATALOG_CONFLICT') {
        // Somebody published meanwhile: the same file is checked against what is there now, and nothing is lost.
        await answerQuestions(services, editor, placeOf(req));
        return redirectAfterPost(res, `${pathOf(req)}?newer=yes`);
      }
      if (error.code !== 'SMP_OPTION_INVALID') throw error;
      return showCheck(req, res, await viewImport(services, editor, placeOf(req)), error);
    }
    redirectAfterPost(res, `${catalogPath(req.params.id)}/versions`);
  });

  return router;
}
