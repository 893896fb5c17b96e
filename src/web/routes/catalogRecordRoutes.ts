import { type Request, type Response, Router } from 'express';
import { mayDo } from '../../app/access.ts';
import { currentCatalogs, currentHeader } from '../../app/catalogs/currentCatalogs.ts';
import {
  countUsesOfLot,
  type LotFault,
  lotsOf,
  recallLot,
  recordLot,
  recordUse,
  removeLot,
} from '../../app/catalogs/stockLots.ts';
import { restoreVersion, versionChanges, versionsOf } from '../../app/catalogs/versionHistory.ts';
import type { Services } from '../../app/services.ts';
import { numberFromCell, textToCell } from '../../catalog/formats/csvCells.ts';
import { writeTable } from '../../catalog/formats/writeCsv.ts';
import { ERRORS, StippleError } from '../../errors.ts';
import { shownDay, shownTime } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import { ITEM_KINDS, type ItemKind } from '../../storage/catalogDraftsRepo.ts';
import { listOwnedCatalogs } from '../../storage/catalogsRepo.ts';
import { listMatches } from '../../storage/matchesRepo.ts';
import { actorFor } from '../actor.ts';
import { filterItems, needsFilter } from '../catalogFilter.ts';
import { catalogAudience, catalogFrame, catalogPath, diluentPath } from '../catalogPages.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { render } from '../render.ts';
import { changeLines, MOST_CHANGES } from './catalogEditRoutes.ts';

const LOT_FIELDS = ['lot', 'batchReference', 'expires', 'opened', 'quantityMl'] as const;
const MATCHES_OFFERED = 30;

const kindOf = (text: string): ItemKind => ITEM_KINDS.find((kind) => kind === text) ?? 'shade';

/** What is kept of a catalog over time: its versions, lots in stock, and where lots went. */
export function catalogRecordRoutes(services: Services): Router {
  const router = Router();
  const today = () => services.now().toISOString().slice(0, 10);

  async function showVersions(req: Request, res: Response, problem: StippleError | null) {
    const id = String(req.params.id);
    const audience = catalogAudience(req);
    const header = await currentHeader(services, audience, id);
    const versions = await versionsOf(services, audience, id);
    const number = (name: string, otherwise: number) => {
      const asked = Number(req.query[name]);
      return versions.some(({ version }) => version === asked) ? asked : otherwise;
    };
    const newest = versions[0]!.version;
    const to = number('to', newest);
    const from = number('from', versions.find(({ version }) => version < to)?.version ?? to);
    const changes = from === to ? [] : changeLines(await versionChanges(services, audience, id, from, to));
    const shown = changes.slice(0, MOST_CHANGES);
    if (problem) res.status(ERRORS[problem.code].status);
    await render(req, res, 'catalogVersions', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.catalogForms.versions) : ENGLISH.catalogForms.versions,
      frame: await catalogFrame(services, req, header, 'versions'),
      problem: problem ? [{ text: problem.message, field: null }] : null,
      newest,
      from,
      to,
      changes: shown,
      moreChanges: changes.length - shown.length,
      versions: versions.map(({ version, note, author, publishedAt }, at) => ({
        version,
        note,
        author,
        time: shownTime(publishedAt),
        current: version === newest,
        href: at + 1 < versions.length ? `?from=${versions[at + 1]!.version}&to=${version}#changes` : null,
      })),
    });
  }

  router.get('/catalogs/:id/versions', (req, res) => showVersions(req, res, null));

  router.post('/catalogs/:id/versions/restore', async (req, res) => {
    const actor = actorFor(req, 'catalog:publish');
    try {
      await restoreVersion(services, actor, {
        catalogId: req.params.id,
        version: Number(textField(req, 'version')),
        after: Number(textField(req, 'after')),
        note: textField(req, 'note'),
      });
    } catch (error) {
      if (!(error instanceof StippleError) || !['SMP_CATALOG_CONFLICT', 'SMP_OPTION_INVALID'].includes(error.code)) {
        throw error;
      }
      return showVersions(req, res, error);
    }
    redirectAfterPost(res, `${catalogPath(req.params.id)}/versions`);
  });

  async function showLots(req: Request, res: Response, faults: readonly LotFault[]) {
    const actor = actorFor(req, 'catalog:read');
    const { catalog, items } = await lotsOf(services, actor, String(req.params.id));
    const frame = await catalogFrame(services, req, catalog, 'lots');
    const chosen = textField(req, 'item') || String(req.query.item ?? '');
    const filter = (textField(req, 'q') || String(req.query.q ?? '')).slice(0, 60);
    const { shown, found } = filterItems(items, filter, ({ kind, code }) => chosen === `${kind}/${code}`);
    if (faults.length > 0) res.status(422);
    const state = (expires: string) => (expires < today() ? 'expired' : ENGLISH.catalogForms.inDate);
    const treats = mayDo(actor, 'consultation:write');
    const { matches } = treats
      ? await listMatches(services.db, { organisationId: actor.organisationId }, { limit: MATCHES_OFFERED })
      : { matches: [] };
    await render(req, res, 'catalogLots', {
      title: faults.length > 0 ? ENGLISH.frame.errorTitle(ENGLISH.catalogForms.lots) : ENGLISH.catalogForms.lots,
      frame,
      problem: faults.length > 0 ? faults : null,
      mayKeep: mayDo(actor, 'catalog:edit'),
      filter,
      hasFilter: needsFilter(items.length, filter),
      found,
      count: items.length,
      items: shown.map(({ kind, code, name, sterile, published, stock }) => ({
        text: `${code} ${name}`,
        code,
        editHref: kind === 'diluent' && frame.mayEdit ? diluentPath(catalog.id, code) : null,
        kind:
          kind === 'diluent'
            ? sterile
              ? ENGLISH.catalogForms.sterileDiluent
              : ENGLISH.catalogForms.diluentNotSterile
            : 'shade',
        value: `${kind}/${code}`,
        selected: chosen === `${kind}/${code}`,
        published: published.map(
          ({ lot, expires, quantityMl }) =>
            `${lot}, ${state(expires)} (${expires})${quantityMl === undefined ? '' : `, ${quantityMl} ml`}`,
        ),
        stock: stock.map((lot) => ({
          id: lot.id,
          lot: lot.lot,
          text: `${lot.lot}, ${state(lot.expires)} (${lot.expires})${lot.quantityMl === null ? '' : `, ${lot.quantityMl} ml`}${lot.batchReference ? ENGLISH.records.batch(lot.batchReference) : ''}`,
        })),
      })),
      typed: Object.fromEntries(LOT_FIELDS.map((name) => [name, textField(req, name)])),
      matches: matches
        .filter(({ status }) => status === 'done')
        .map(({ id, alias, createdAt }) => ({
          id,
          text: `${alias ?? ENGLISH.catalogForms.withoutAlias}, ${shownDay(createdAt)}`,
        })),
    });
  }

  const itemOf = (req: Request): { kind: ItemKind; code: string } => {
    const [kind = '', ...code] = textField(req, 'item').split('/');
    return { kind: kindOf(kind), code: code.join('/') };
  };

  router.get('/catalogs/:id/lots', (req, res) => showLots(req, res, []));

  router.post('/catalogs/:id/lots', async (req, res) => {
    const quantity = textField(req, 'quantityMl').trim();
    const faults = await recordLot(services, actorFor(req, 'catalog:edit'), req.params.id, {
      ...itemOf(req),
      lot: textField(req, 'lot'),
      batchReference: textField(req, 'batchReference'),
      expires: textField(req, 'expires'),
      opened: textField(req, 'opened'),
      quantityMl: quantity === '' ? null : (numberFromCell(quantity) ?? Number.NaN),
    });
    if (faults.length > 0) return showLots(req, res, faults);
    const back = new URLSearchParams({ q: textField(req, 'q'), item: textField(req, 'item') });
    redirectAfterPost(res, `${catalogPath(req.params.id)}/lots?${back}`);
  });

  router.post('/catalogs/:id/lots/:lotId/remove', async (req, res) => {
    await removeLot(services, actorFor(req, 'catalog:edit'), req.params.lotId);
    redirectAfterPost(res, `${catalogPath(req.params.id)}/lots`);
  });

  router.post('/catalogs/:id/lots/uses', async (req, res) => {
    const use = {
      ...itemOf(req),
      catalogId: req.params.id,
      matchId: textField(req, 'match'),
      lot: textField(req, 'usedLot'),
    };
    try {
      await recordUse(services, actorFor(req, 'consultation:write'), use);
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_OPTION_INVALID') throw error;
      return showLots(req, res, [{ field: 'usedLot', text: error.message }]);
    }
    redirectAfterPost(res, `/catalogs/recall?lot=${encodeURIComponent(use.lot)}`);
  });

  router.get('/catalogs/recall', async (req, res) => {
    const actor = actorFor(req, 'catalog:read');
    const lot = String(req.query.lot ?? '').slice(0, 60);
    const isStudio = mayDo(actor, 'consultation:read');
    const uses = isStudio ? await recallLot(services, actorFor(req, 'consultation:read'), lot) : [];
    const owned = isStudio || lot === '' ? [] : await listOwnedCatalogs(services.db, actor.organisationId);
    const counted = await Promise.all(owned.map(({ id }) => countUsesOfLot(services, id, lot)));
    const names = new Map((await currentCatalogs(services, 'members')).map(({ id, name }) => [id, name]));
    await render(req, res, 'catalogRecall', {
      title: ENGLISH.catalogForms.recallALot,
      lot,
      isStudio,
      uses: uses.map(({ matchId, alias, matchedAt, catalogId, code, recordedByName }) => ({
        href: `/matches/${matchId}`,
        who: alias ?? ENGLISH.catalogForms.withoutAlias,
        day: shownDay(matchedAt),
        text: ENGLISH.catalogForms.ofRecordedBy(code, names.get(catalogId) ?? catalogId, recordedByName),
      })),
      csvHref: `/catalogs/recall.csv?lot=${encodeURIComponent(lot)}`,
      counts: owned.map(({ header }, at) =>
        ENGLISH.catalogForms.usedInMatchesOfStudios(String(header.name), counted[at]!.matches, counted[at]!.studios),
      ),
    });
  });

  router.get('/catalogs/recall.csv', async (req, res) => {
    const lot = String(req.query.lot ?? '').slice(0, 60);
    const uses = await recallLot(services, actorFor(req, 'consultation:read'), lot);
    const rows = uses.map((use) =>
      [
        use.alias ?? '',
        use.matchedAt.slice(0, 10),
        use.matchId,
        use.catalogId,
        use.kind,
        use.code,
        use.lot,
        use.recordedByName,
        use.recordedAt,
      ].map(textToCell),
    );
    const header = [
      ENGLISH.catalogForms.clientAlias,
      'date',
      'match',
      'catalog',
      'kind',
      'code',
      'lot',
      ENGLISH.catalogForms.recordedBy,
      ENGLISH.catalogForms.recordedAt,
    ];
    res
      .set('Cache-Control', 'private, no-store')
      .attachment('recall.csv')
      .type('text/csv')
      .send(writeTable([header, ...rows]));
  });

  return router;
}
