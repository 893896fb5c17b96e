import { type Request, type Response, Router } from 'express';
import { discontinuationOf, discontinueShade } from '../../app/catalogs/discontinueShade.ts';
import { discardDraft, openShade, type ShadeOutcome, saveShadeFields } from '../../app/catalogs/editShade.ts';
import { ownCatalog } from '../../app/catalogs/ownCatalog.ts';
import { countChanges, pendingPublication, publishDraft } from '../../app/catalogs/publishDraft.ts';
import type { Services } from '../../app/services.ts';
import type { VersionChanges } from '../../catalog/compareVersions.ts';
import { fieldChanges } from '../../catalog/fieldChanges.ts';
import type { Problem } from '../../catalog/problem.ts';
import { ERRORS, StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import type { ItemKind } from '../../storage/catalogDraftsRepo.ts';
import { actorFor } from '../actor.ts';
import { needsFilter } from '../catalogFilter.ts';
import { agoText, catalogFrame, catalogPath, diluentPath, seenOf, shadePath, valueText } from '../catalogPages.ts';
import { readShadeFields, shadeFormView, shadeProblems } from '../catalogShadeForm.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { render } from '../render.ts';

/** More changed shades than this are counted only; the API lists all. */
export const MOST_CHANGES = 200;

/** Lines of a diff as pages list them. */
export function changeLines({ header, added, removed, changed }: VersionChanges) {
  const line = ({ field, from, to }: { field: string; from: unknown; to: unknown }) =>
    `${field}: ${valueText(from)} → ${valueText(to)}`;
  return [
    ...(header.length > 0 ? [{ title: ENGLISH.common.catalog, lines: header.map(line) }] : []),
    ...added.map(({ code, name }) => ({ title: `${code} ${name}`, lines: ['new'] })),
    ...removed.map(({ code, name }) => ({
      title: `${code} ${name}`,
      lines: [ENGLISH.catalogForms.noLongerInTheCatalog],
    })),
    ...changed.map(({ shade, fields }) => ({ title: `${shade.code} ${shade.name}`, lines: fields.map(line) })),
  ];
}

/** Editing: the form of a shade, discontinuing one, and publishing what was edited. */
export function catalogEditRoutes(services: Services): Router {
  const router = Router();

  interface ShadeForm {
    readonly code: string | null;
    readonly sent: ReadonlyMap<string, string> | null;
    readonly problems: readonly Problem[];
    readonly conflict: Extract<ShadeOutcome, { kind: 'conflict' }> | null;
  }

  async function showShade(req: Request, res: Response, { code, sent, problems, conflict }: ShadeForm) {
    const actor = actorFor(req, 'catalog:edit');
    const open = await openShade(services, actor, String(req.params.id), code ?? '');
    if (code !== null && open.shade === undefined) throw new StippleError('SMP_NOT_FOUND');
    const { catalog, draft } = open;
    const seen = conflict?.seen ?? (sent ? seenOf(req) : open.seen);
    if (problems.length > 0) res.status(422);
    if (conflict) res.status(409);
    const heading = code === null ? ENGLISH.catalogForms.newShade : `${open.shade!.name} (${open.shade!.code})`;
    const path = code === null ? `${catalogPath(catalog.id)}/shades/new` : shadePath(catalog.id, code);
    await render(req, res, 'catalogShade', {
      title: problems.length > 0 || conflict ? ENGLISH.frame.errorTitle(heading) : heading,
      script: 'catalogShadePage',
      heading,
      frame: await catalogFrame(services, req, catalog, null),
      problem: problems.length > 0 ? shadeProblems(problems) : null,
      action: path,
      ...shadeFormView(open.shade, sent, problems),
      seen,
      memory: `${path} ${seen.version} ${seen.revision}`,
      draft:
        draft && ENGLISH.catalogForms.unpublishedEditBy(draft.updatedByName, agoText(draft.updatedAt, services.now())),
      draftRevision: draft?.revision ?? 0,
      conflict: conflict && {
        text: ENGLISH.catalogForms.changedByYourEntriesAreStill(conflict.by, agoText(conflict.at, services.now())),
        lines: fieldChanges(conflict.theirs, conflict.mine).map(({ field, from, to }) => ({
          field,
          theirs: valueText(from),
          mine: valueText(to),
        })),
      },
      discontinued: open.shade?.status === 'discontinued',
    });
  }

  async function save(req: Request, res: Response, code: string | null) {
    const sent = readShadeFields(req);
    const actor = actorFor(req, 'catalog:edit');
    const catalogId = String(req.params.id);
    const outcome = await saveShadeFields(services, actor, { catalogId, code, fields: sent, seen: seenOf(req) });
    if (outcome.kind === 'saved') return redirectAfterPost(res, `${catalogPath(catalogId)}/publish`);
    await showShade(req, res, {
      code,
      sent,
      problems: outcome.kind === 'invalid' ? outcome.problems : [],
      conflict: outcome.kind === 'conflict' ? outcome : null,
    });
  }

  router.get('/catalogs/:id/shades/new', (req, res) =>
    showShade(req, res, { code: null, sent: null, problems: [], conflict: null }),
  );
  router.post('/catalogs/:id/shades/new', (req, res) => save(req, res, null));
  router.get('/catalogs/:id/shades/:code', (req, res) =>
    showShade(req, res, { code: req.params.code, sent: null, problems: [], conflict: null }),
  );
  router.post('/catalogs/:id/shades/:code', (req, res) => save(req, res, req.params.code));

  router.post('/catalogs/:id/shades/:code/discard', async (req, res) => {
    const { id, code } = req.params;
    const place = { catalogId: id, kind: 'shade', code } as const;
    await discardDraft(services, actorFor(req, 'catalog:edit'), place, seenOf(req).revision);
    redirectAfterPost(res, `${catalogPath(id)}/publish`);
  });

  async function showDiscontinue(req: Request, res: Response, problems: readonly Problem[]) {
    const { id, code } = req.params as { id: string; code: string };
    const { open, shade, others, plans, seen } = await discontinuationOf(
      services,
      actorFor(req, 'catalog:edit'),
      id,
      code,
    );
    if (problems.length > 0) res.status(422);
    const chosen = textField(req, 'replacement') || (shade.replacement ?? '');
    await render(req, res, 'catalogDiscontinue', {
      title: `${problems.length > 0 ? ENGLISH.frame.errorTitle(ENGLISH.catalogForms.text) : ''}${ENGLISH.records.discontinue(shade.code)}`,
      heading: ENGLISH.catalogForms.discontinue(shade.name, shade.code),
      frame: await catalogFrame(services, req, open.catalog, null),
      problem:
        problems.length > 0
          ? shadeProblems(problems).map(({ text }, at) => ({ text, field: problems[at]!.column ?? null }))
          : null,
      action: `${shadePath(id, shade.code)}/discontinue`,
      seen,
      plans: plans === 0 ? ENGLISH.catalogForms.noMeasuredMatchRests : ENGLISH.catalogForms.measuredMatchesRest(plans),
      reason: textField(req, 'reason') || (shade.discontinuedReason ?? ''),
      on: textField(req, 'on') || shade.discontinuedOn || services.now().toISOString().slice(0, 10),
      // A choice of thousands helps nobody: there the code is typed.
      isTyped: needsFilter(others.length, ''),
      replacement: chosen,
      others: others.slice(0, needsFilter(others.length, '') ? 0 : undefined).map((other) => ({
        value: other.code,
        text: `${other.code} ${other.name}`,
        selected: other.code === chosen,
      })),
    });
  }

  router.get('/catalogs/:id/shades/:code/discontinue', (req, res) => showDiscontinue(req, res, []));

  router.post('/catalogs/:id/shades/:code/discontinue', async (req, res) => {
    const { id, code } = req.params;
    const outcome = await discontinueShade(services, actorFor(req, 'catalog:edit'), {
      catalogId: id,
      code,
      seen: seenOf(req),
      reason: textField(req, 'reason'),
      replacement: textField(req, 'replacement'),
      on: textField(req, 'on'),
    });
    if (outcome.kind === 'saved') return redirectAfterPost(res, `${catalogPath(id)}/publish`);
    if (outcome.kind === 'conflict') {
      throw new StippleError(
        'SMP_CATALOG_CONFLICT',
        ENGLISH.catalogForms.wasChangedByOpenItCompare(code, outcome.by, agoText(outcome.at, services.now())),
      );
    }
    await showDiscontinue(req, res, outcome.problems);
  });

  async function showPublish(req: Request, res: Response, problem: StippleError | null) {
    const actor = actorFor(req, 'catalog:edit');
    const pending = await pendingPublication(services, actor, String(req.params.id));
    const { catalog, changes, drafts, conflicts, problems } = pending;
    if (problem) res.status(ERRORS[problem.code].status);
    const lines = changeLines(changes);
    const itemPath = (kind: ItemKind, code: string) => (kind === 'shade' ? shadePath : diluentPath)(catalog.id, code);
    await render(req, res, 'catalogPublish', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.catalogForms.publish) : ENGLISH.catalogForms.publish,
      frame: await catalogFrame(services, req, catalog, 'publish'),
      problem: problem ? [{ text: problem.message, field: 'note' }] : null,
      after: catalog.version,
      next: catalog.version + 1,
      changes: lines.slice(0, MOST_CHANGES),
      moreChanges: Math.max(0, lines.length - MOST_CHANGES),
      count: countChanges(changes),
      conflicts: conflicts.map(({ kind, code }) => ({ code, href: itemPath(kind, code) })),
      problems: problems.map(({ path, found, expected, fix }) => ENGLISH.records.foundAt(path, found, expected, fix)),
      drafts: drafts.map(({ kind, item, revision, updatedByName, updatedAt }) => ({
        code: String(item.code),
        href: itemPath(kind, String(item.code)),
        revision,
        text: `${updatedByName}, ${agoText(updatedAt, services.now())}`,
      })),
      note: textField(req, 'note'),
    });
  }

  router.get('/catalogs/:id/publish', (req, res) => showPublish(req, res, null));

  router.post('/catalogs/:id/publish', async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    await ownCatalog(services, actor, req.params.id);
    try {
      await publishDraft(services, actor, {
        catalogId: req.params.id,
        after: Number(textField(req, 'after')),
        note: textField(req, 'note'),
      });
    } catch (error) {
      if (!(error instanceof StippleError) || ERRORS[error.code].status >= 500) throw error;
      return showPublish(req, res, error);
    }
    redirectAfterPost(res, `${catalogPath(req.params.id)}/versions`);
  });

  return router;
}
