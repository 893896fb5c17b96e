import { type Request, type Response, Router } from 'express';
import { mayDo } from '../../app/access.ts';
import { copyCatalog, createCatalog } from '../../app/catalogs/createCatalog.ts';
import { currentCatalog, currentCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { ownShades } from '../../app/catalogs/ownCatalog.ts';
import { hasSample, sampleImport } from '../../app/catalogs/sampleImport.ts';
import type { Services } from '../../app/services.ts';
import { EXPORT_FORMATS, writeCatalogAs } from '../../catalog/formats/writeCatalogAs.ts';
import { csvTemplate } from '../../catalog/formats/writeCsv.ts';
import { lotStatus } from '../../catalog/lotStatus.ts';
import { regulatoryCompleteness } from '../../catalog/regulatoryCompleteness.ts';
import { type Catalog, REGIONS, type Shade } from '../../catalog/shade.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { listOwnedCatalogs } from '../../storage/catalogsRepo.ts';
import { actorFor } from '../actor.ts';
import { hasText } from '../catalogFilter.ts';
import { bottleHex, catalogAudience, catalogFrame, catalogPath, shadePath, tintView } from '../catalogPages.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { render } from '../render.ts';

const FILTERS = {
  undertone: { text: ENGLISH.catalogForms.undertone, choices: ['cool', 'neutral', 'warm'] },
  depth: { text: ENGLISH.catalogForms.depth, choices: ['dark', 'medium', 'light'] },
  status: { text: ENGLISH.catalogForms.status, choices: ['active', 'discontinued', ENGLISH.catalogForms.expiredLot] },
  /** What is on record of the label; whether it suffices is for the law of the place. */
  region: {
    text: ENGLISH.catalogForms.labelData,
    choices: REGIONS.flatMap((region) => [region, `${region}, complete`]),
  },
} as const;
type FilterName = keyof typeof FILTERS;

/** A shade list is shown in pages of so many. */
const PAGE = 60;
const LOT_WORDS = {
  ok: '',
  expired: ENGLISH.catalogForms.expiredLot2,
  none: ENGLISH.catalogForms.noLotRecorded,
} as const;

/** Whether the label data of a region are recorded, and complete where that is asked for. */
function hasLabel(shade: Shade, asked: string): boolean {
  if (asked === '') return true;
  const [region, complete] = asked.split(', ');
  return regulatoryCompleteness(shade).some(
    (record) => record.region === region && (complete === undefined || record.missing.length === 0),
  );
}

/** Thirds of a catalog by the everyday ratio: what is thinned most is lightest. */
function depthsOf(shades: readonly Shade[]): ReadonlyMap<Shade, string> {
  const strength = (shade: Shade) => shade.typicalParts ?? (shade.minParts + shade.maxParts) / 2;
  const lightness = (shade: Shade) => (shade.masstone.lab?.[0] ?? 0) + strength(shade) / 1000;
  const ordered = [...shades].sort((one, other) => lightness(one) - lightness(other));
  return new Map(ordered.map((shade, at) => [shade, FILTERS.depth.choices[Math.floor((3 * at) / ordered.length)]!]));
}

function shadeCard(catalog: Catalog, shade: Shade, depth: string, today: string) {
  const incomplete = regulatoryCompleteness(shade).filter(({ missing }) => missing.length > 0);
  const lots = shade.status === 'discontinued' ? '' : LOT_WORDS[lotStatus(shade, today)];
  return {
    code: shade.code,
    name: shade.name,
    href: shadePath(catalog.id, shade.code),
    hex: bottleHex(shade),
    tint: tintView(shade),
    facts: `${shade.undertone}, ${depth}, ${shade.dilutable ? `${shade.minParts}:1 to ${shade.maxParts}:1` : ENGLISH.catalogForms.usedAsBottled}`,
    notes: [
      shade.status === 'discontinued'
        ? ENGLISH.catalogForms.discontinued(
            shade.discontinuedOn ? ` ${shade.discontinuedOn}` : '',
            shade.replacement ? ENGLISH.catalogForms.replacedBy(shade.replacement) : '',
          )
        : '',
      lots,
      shade.regulatory.length === 0
        ? ENGLISH.catalogForms.noLabelData
        : incomplete.map(({ region, recorded, asked }) => ENGLISH.records.labelOf(region, recorded, asked)).join(', '),
    ].filter(Boolean),
  };
}

/** Catalogs: list, one catalog with its shades, copies, new ones and files out. */
export function catalogRoutes(services: Services): Router {
  const router = Router();
  const today = () => services.now().toISOString().slice(0, 10);

  async function showList(req: Request, res: Response, problem: string | null) {
    const catalogs = await currentCatalogs(services, catalogAudience(req));
    const { actor } = req;
    const owned = actor ? await listOwnedCatalogs(services.db, actor.organisationId) : [];
    const mayEdit = actor !== null && mayDo(actor, 'catalog:edit');
    if (problem) res.status(422);
    const view = ({ id, name, supplier, version, demonstration, shades }: Catalog) => ({
      href: catalogPath(id),
      name,
      text: ENGLISH.records.catalogSummary(supplier, version, shades.length),
      demonstration,
    });
    const isOwned = ({ id }: Catalog) => owned.some((entry) => entry.id === id);
    await render(req, res, 'catalogs', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.common.catalogs) : ENGLISH.common.catalogs,
      problem: problem ? [{ text: problem, field: 'name' }] : null,
      own: [
        ...catalogs.filter(isOwned).map(view),
        ...owned
          .filter(({ id }) => !catalogs.some((catalog) => catalog.id === id))
          .map(({ id, header }) => ({
            href: `${catalogPath(id)}/import`,
            name: String(header.name),
            text: ENGLISH.catalogForms.emptyImportAFileOrAdd,
            demonstration: false,
          })),
      ],
      others: catalogs.filter((catalog) => !isOwned(catalog)).map(view),
      signedIn: actor !== null,
      mayEdit,
      values: { name: textField(req, 'name'), supplier: textField(req, 'supplier') || (actor?.organisationName ?? '') },
    });
  }

  router.get('/catalogs', (req, res) => showList(req, res, null));

  router.post('/catalogs', async (req, res) => {
    const actor = actorFor(req, 'catalog:edit');
    const entry = {
      name: textField(req, 'name'),
      supplier: textField(req, 'supplier'),
      provenance: ENGLISH.catalogForms.enteredBy(actor.organisationName),
    };
    try {
      redirectAfterPost(res, `${catalogPath(await createCatalog(services, actor, entry))}/import`);
    } catch (error) {
      if (!(error instanceof StippleError) || error.code !== 'SMP_OPTION_INVALID') throw error;
      await showList(req, res, error.message);
    }
  });

  router.get('/catalogs/template.csv', (_req, res) => {
    res.attachment('stipple-template.csv').type('text/csv').send(csvTemplate());
  });

  router.post('/catalogs/:id/copy', async (req, res) => {
    const { id } = await copyCatalog(services, actorFor(req, 'catalog:publish'), req.params.id);
    redirectAfterPost(res, catalogPath(id));
  });

  /** The current version; for its owner also a catalog that has none yet. */
  async function catalogFor(req: Request): Promise<Catalog> {
    const id = String(req.params.id);
    try {
      return await currentCatalog(services, catalogAudience(req), id);
    } catch (error) {
      if (!(error instanceof StippleError) || !req.actor || !mayDo(req.actor, 'catalog:edit')) throw error;
      return await ownShades(services, actorFor(req, 'catalog:edit'), id);
    }
  }

  router.get('/catalogs/:id', async (req, res) => {
    const catalog = await catalogFor(req);
    const depths = depthsOf(catalog.shades);
    const chosen = (name: FilterName) => String(req.query[name] ?? '');
    const text = String(req.query.q ?? '').slice(0, 60);
    const shown = catalog.shades.filter((shade) => {
      const status = chosen('status');
      const fits =
        status === '' || (status === 'expired lot' ? lotStatus(shade, today()) === 'expired' : shade.status === status);
      const undertone = chosen('undertone');
      const depth = chosen('depth');
      return (
        fits &&
        hasText(shade, text) &&
        hasLabel(shade, chosen('region')) &&
        (undertone === '' || shade.undertone === undertone) &&
        (depth === '' || depths.get(shade) === depth)
      );
    });
    const from = Math.max(0, Math.floor(Number(req.query.from) || 0));
    const pageQuery = (at: number) =>
      `?${new URLSearchParams({ q: text, ...Object.fromEntries(Object.keys(FILTERS).map((name) => [name, chosen(name as FilterName)])), from: String(at) })}`;
    await render(req, res, 'catalog', {
      title: catalog.name,
      frame: await catalogFrame(services, req, catalog, 'shades'),
      catalogId: catalog.id,
      provenance: catalog.provenance,
      supplier: catalog.supplier,
      text,
      filters: Object.entries(FILTERS).map(([name, { text, choices }]) => ({
        name,
        text,
        choices: choices.map((value) => ({ value, selected: chosen(name as FilterName) === value })),
      })),
      shades: shown.slice(from, from + PAGE).map((shade) => shadeCard(catalog, shade, depths.get(shade)!, today())),
      summary: ENGLISH.records.shadesShown(shown.length, catalog.shades.length),
      earlier: from > 0 ? pageQuery(Math.max(0, from - PAGE)) : null,
      later: from + PAGE < shown.length ? pageQuery(from + PAGE) : null,
      formats: EXPORT_FORMATS.map((ending) => ending.slice(1)),
    });
  });

  router.get('/catalogs/:id/export.:format', async (req, res) => {
    const catalog = await currentCatalog(services, catalogAudience(req), req.params.id);
    const file = `${catalog.id}-v${catalog.version}.${req.params.format}`;
    if (!EXPORT_FORMATS.includes(`.${req.params.format}`)) throw new StippleError('SMP_NOT_FOUND');
    const written = writeCatalogAs(catalog, file, today());
    res.attachment(file).send(typeof written === 'string' ? written : Buffer.from(written));
  });

  router.get('/catalogs/:id/sample.csv', async (req, res) => {
    const catalog = await currentCatalog(services, catalogAudience(req), req.params.id);
    if (!hasSample(catalog)) throw new StippleError('SMP_NOT_FOUND');
    res.attachment(`${catalog.id}-sample.csv`).type('text/csv').send(sampleImport(catalog));
  });

  return router;
}
