import { createOwnedCatalog } from '../../src/storage/catalogsRepo.ts';
import { publishNextVersion } from '../../src/storage/catalogVersionsRepo.ts';
import { SHARE_PICTURES } from '../../src/storage/sharesRepo.ts';
import { KNOWN_NAME, type Who, type World } from './world.ts';

/**
 * Who may use each route. `routes.test.ts` lists the routes of the running server and asks each of them as everybody, so a
 * route without a row here fails the test, and so does a row without a route. To add one:
 *
 *   { route: 'GET /things/:id', allowed: STUDIO, params: ({ thing }) => ({ id: thing }) },
 *
 * - `route`: the method and the path as Express knows it.
 * - `allowed`: who gets through; use a group below. Everybody else who is signed in must get 403. Visitors, closed accounts
 *   and tokens on pages (where they do not count) must be sent to sign in, or get what `visitor` says.
 * - `params`: values for the path's `:names`, of a record of the studio (`of: 'supplier'` for one of the supplier). It is
 *   asked before every request, so it may make a fresh record for a request that uses it up. People of another organisation
 *   must get 404. Without `params`, ids of no record are sent and whoever is allowed must get 404.
 * - `shared: true`: the record is open to other organisations, too.
 * - `always`: what everybody gets, whoever they are.
 * - `json`: the body of an API write. Whether it is good must not be told to who may not write: give one that passes.
 * - `form`: fields of the POST. Prefer ones that change nothing: 422 counts as "got through".
 * - `query`: what stands after the path.
 */
export interface RouteRow {
  readonly route: string;
  readonly allowed: readonly Who[];
  readonly visitor?: 'signIn' | 'notFound';
  readonly params?: (world: World) => Record<string, string> | Promise<Record<string, string>>;
  readonly of?: 'studio' | 'supplier';
  readonly shared?: true;
  readonly always?: 'not found';
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>>;
  readonly query?: string;
}

const VISITORS: readonly Who[] = ['signedOut', 'closedAccount'];
const STUDIO: readonly Who[] = ['studioOwner', 'studioTechnician', 'otherStudioOwner'];
const STUDIO_OWNERS: readonly Who[] = ['studioOwner', 'otherStudioOwner'];
const SUPPLIER_OWNERS: readonly Who[] = ['supplierOwner', 'otherSupplierOwner'];
const SUPPLIER: readonly Who[] = [...SUPPLIER_OWNERS, 'supplierEditor', 'publisher'];
const OWNERS: readonly Who[] = [...STUDIO_OWNERS, ...SUPPLIER_OWNERS];
const PEOPLE: readonly Who[] = [...STUDIO, ...SUPPLIER];
/** Catalogs are changed by owners of both kinds and the supplier's staff. */
const CATALOG_EDITORS: readonly Who[] = [...STUDIO_OWNERS, ...SUPPLIER];
const PUBLISHERS: readonly Who[] = [...OWNERS, 'publisher'];
const EVERYBODY: readonly Who[] = [...VISITORS, ...PEOPLE];
const MATCHERS: readonly Who[] = [...VISITORS, ...STUDIO];
const READ_TOKENS: readonly Who[] = ['token:catalog:read'];
const WRITE_TOKENS: readonly Who[] = ['token:catalog:write'];

const consultation = ({ consultation }: World) => ({ id: consultation });
const ofConsultation = { allowed: STUDIO, params: consultation } as const;
/** Records of a share are made by the tests of shares; here its absence is asked for. */
const ofShare = { allowed: STUDIO } as const;
const client = ({ client }: World) => ({ id: client });
/** A browser that has stored nothing has no settings to change; one with a session, though closed to its account, has. */
const ofSettings = { allowed: [...STUDIO, 'closedAccount'], visitor: 'notFound' } as const;
const match = ({ match }: World) => ({ id: match.split('/')[2]! });
const colleague = async (world: World) => ({ id: await world.makeColleague() });
/** A visitor who has stored nothing gets 404 for somebody's match: that it exists is nobody's business. */
const ofMatch = { allowed: STUDIO, visitor: 'notFound', params: match } as const;

/** A published catalog of the supplier's. */
async function supplierCatalog({ server, accounts }: World): Promise<{ id: string }> {
  const { db, catalogs, now } = server.services;
  const id = 'of-supplier';
  const { organisationId } = accounts.supplierOwner;
  if (await createOwnedCatalog(db, { id, organisationId, header: {}, createdByName: 'Ada' }, now())) {
    const ash = catalogs.find((catalog) => catalog.id === 'demo-ash');
    const catalogJson = JSON.stringify({ ...ash, id });
    await publishNextVersion(db, { catalogId: id, after: 0, catalogJson, note: 'first', author: 'Ada' }, now());
  }
  return { id };
}
const ofDemoLine = { allowed: EVERYBODY, params: () => ({ id: 'demo-ash' }), shared: true } as const;
const ofCatalog = { allowed: CATALOG_EDITORS, of: 'supplier', params: supplierCatalog } as const;
const ofShade = {
  ...ofCatalog,
  params: async (world: World) => ({ ...(await supplierCatalog(world)), code: 'DA-01' }),
} as const;

const ofDiluent = {
  ...ofCatalog,
  params: async (world: World) => ({ ...(await supplierCatalog(world)), code: 'DD-01' }),
} as const;

export const ROUTES: readonly RouteRow[] = [
  { route: 'GET /healthz', allowed: EVERYBODY },
  { route: 'GET /readyz', allowed: EVERYBODY },
  // Behind a token of the operator's own; nobody's account opens it.
  { route: 'GET /metrics', allowed: [], always: 'not found' },
  { route: 'POST /theme', allowed: EVERYBODY },

  { route: 'GET /setup/:token', allowed: EVERYBODY },
  { route: 'POST /setup/:token', allowed: EVERYBODY },
  { route: 'GET /invitations/:token', allowed: EVERYBODY },
  { route: 'POST /invitations/:token', allowed: EVERYBODY },
  { route: 'GET /reset/:token', allowed: EVERYBODY },
  { route: 'POST /reset/:token', allowed: EVERYBODY },
  { route: 'GET /sign-in', allowed: EVERYBODY },
  { route: 'POST /sign-in', allowed: EVERYBODY, form: { name: KNOWN_NAME, password: 'nothing that fits' } },
  { route: 'POST /sign-out', allowed: EVERYBODY },
  { route: 'POST /sign-out-everywhere', allowed: PEOPLE },
  { route: 'GET /account', allowed: PEOPLE },
  { route: 'POST /account/password', allowed: PEOPLE },
  { route: 'POST /account/sign-ins/:id/end', allowed: PEOPLE, params: () => ({ id: 'none' }), shared: true },
  { route: 'POST /account/tokens', allowed: PEOPLE },
  { route: 'POST /account/tokens/:id/revoke', allowed: PEOPLE },

  { route: 'GET /people', allowed: OWNERS },
  { route: 'POST /people/invitations', allowed: OWNERS },
  { route: 'POST /people/invitations/:id/withdraw', allowed: OWNERS },
  { route: 'POST /people/:id/disable', allowed: OWNERS, params: colleague },
  { route: 'POST /people/:id/enable', allowed: OWNERS, params: colleague },
  { route: 'POST /people/:id/role', allowed: OWNERS, params: colleague, form: { role: 'owner' } },
  { route: 'POST /people/:id/reset', allowed: OWNERS, params: colleague },

  { route: 'GET /', allowed: EVERYBODY },
  { route: 'GET /how-stipple-decides', allowed: EVERYBODY },
  { route: 'POST /matches', allowed: MATCHERS },
  { route: 'POST /demo', allowed: MATCHERS, form: { key: 'shared' } },
  // People are sent on to the consultations, which ask again.
  { route: 'GET /history', allowed: EVERYBODY },
  { route: 'GET /matches/:id', ...ofMatch },
  { route: 'GET /matches/:id/step', ...ofMatch },
  { route: 'GET /matches/:id/photo', ...ofMatch },
  { route: 'GET /matches/:id/result', ...ofMatch },
  { route: 'GET /matches/:id/result.json', ...ofMatch },
  { route: 'GET /matches/:id/display.jpg', ...ofMatch },
  { route: 'GET /matches/:id/calibrate', ...ofMatch },
  { route: 'GET /matches/:id/regions', ...ofMatch },
  { route: 'GET /matches/:id/what-if', ...ofMatch },
  { route: 'GET /matches/:id/preview.jpg', ...ofMatch },
  { route: 'GET /matches/:id/preview', ...ofMatch },
  { route: 'GET /matches/:id/preview.json', ...ofMatch },
  { route: 'GET /matches/:id/pool', ...ofMatch },
  { route: 'POST /matches/:id/pool', ...ofMatch },
  { route: 'POST /matches/:id/pool/alone', allowed: STUDIO, visitor: 'notFound' },
  { route: 'GET /matches/:id/report', ...ofMatch },
  { route: 'GET /matches/:id/report.pdf', ...ofMatch },
  { route: 'POST /matches/:id/choice', ...ofMatch },
  { route: 'POST /matches/:id/settings', ...ofMatch, form: { cup: 'none' } },
  { route: 'POST /matches/:id/regions', ...ofMatch, form: { mask: 'none' } },
  { route: 'POST /matches/:id/calibrate', ...ofMatch, form: { kind: 'none' } },
  { route: 'POST /matches/:id/retry', allowed: STUDIO, visitor: 'notFound' },
  { route: 'POST /matches/:id/erase', allowed: STUDIO, visitor: 'notFound' },

  { route: 'GET /settings', allowed: MATCHERS },
  { route: 'POST /settings', allowed: MATCHERS },
  { route: 'GET /settings/card', allowed: MATCHERS },
  { route: 'POST /settings/card', allowed: MATCHERS },
  { route: 'POST /settings/card/remove', allowed: MATCHERS },
  { route: 'POST /settings/cases', ...ofSettings },
  { route: 'POST /settings/cases/:id/remove', ...ofSettings, params: () => ({ id: 'none' }), shared: true },
  { route: 'POST /settings/calibration', ...ofSettings },

  { route: 'GET /clients', allowed: STUDIO },
  { route: 'GET /clients/:id', allowed: STUDIO, params: client },
  { route: 'POST /clients/:id', allowed: STUDIO, params: client },
  { route: 'GET /clients/:id/data', allowed: STUDIO, params: client },
  { route: 'GET /clients/:id/data.json', allowed: STUDIO, params: client },
  { route: 'GET /clients/:id/erase', allowed: STUDIO, params: client },
  { route: 'POST /clients/:id/erase', allowed: STUDIO },
  { route: 'GET /studio/rules', allowed: STUDIO },
  { route: 'POST /studio/flags', allowed: STUDIO_OWNERS, form: { rows: '1', 'text.0': 'Sunburn', 'level.0': 'wait' } },
  { route: 'POST /studio/retention', allowed: STUDIO_OWNERS, form: { photoDays: '400' } },
  { route: 'GET /learning', allowed: STUDIO },
  { route: 'POST /learning', allowed: STUDIO, form: { learn: 'yes' } },
  { route: 'POST /learning/shades', allowed: STUDIO, form: { key: 'demo-ash/DA-03', learn: 'yes' } },
  { route: 'POST /follow-ups/:id', allowed: STUDIO },
  { route: 'POST /follow-ups/:id/remove', allowed: STUDIO },
  { route: 'GET /consultations/:id/follow-ups/new', ...ofConsultation },
  { route: 'POST /consultations/:id/follow-ups', ...ofConsultation },
  { route: 'GET /consultations', allowed: STUDIO },
  { route: 'POST /consultations', allowed: STUDIO },
  { route: 'GET /consultations/new', allowed: STUDIO },
  { route: 'GET /consultations/export.csv', allowed: STUDIO },
  { route: 'GET /consultations/export.json', allowed: STUDIO },
  { route: 'GET /consultations/:id', ...ofConsultation },
  { route: 'POST /consultations/:id', ...ofConsultation },
  { route: 'POST /consultations/:id/flags', ...ofConsultation },
  { route: 'POST /consultations/:id/lots', ...ofConsultation },
  { route: 'POST /consultations/:id/repeat', ...ofConsultation },
  { route: 'GET /consultations/:id/erase', ...ofConsultation },
  { route: 'POST /consultations/:id/erase', allowed: STUDIO },

  { route: 'GET /consultations/:id/share', ...ofConsultation },
  { route: 'POST /consultations/:id/share', ...ofConsultation },
  { route: 'GET /consultations/:id/share/:share', ...ofShare },
  { route: 'POST /consultations/:id/share/:share/revoke', ...ofShare },
  ...SHARE_PICTURES.map((kind) => ({ route: `GET /consultations/:id/share/:share/${kind}.jpg`, ...ofShare })),
  // Whoever holds the link may open it; this one was never made.
  { route: 'GET /s/:token', allowed: EVERYBODY },
  { route: 'GET /s/:token/summary.pdf', allowed: EVERYBODY },
  { route: 'POST /s/:token/opened', allowed: EVERYBODY },
  { route: 'POST /s/:token/pin', allowed: EVERYBODY },
  { route: 'POST /s/:token/answer', allowed: EVERYBODY },
  ...SHARE_PICTURES.map((kind) => ({ route: `GET /s/:token/${kind}.jpg`, allowed: EVERYBODY })),

  { route: 'GET /catalogs', allowed: EVERYBODY },
  { route: 'POST /catalogs', allowed: CATALOG_EDITORS },
  { route: 'GET /catalogs/template.csv', allowed: EVERYBODY },
  { route: 'GET /catalogs/compare', allowed: EVERYBODY },
  { route: 'GET /catalogs/equivalent', allowed: EVERYBODY },
  { route: 'GET /catalogs/recall', allowed: PEOPLE },
  { route: 'GET /catalogs/recall.csv', allowed: STUDIO },
  { route: 'GET /catalogs/:id', ...ofDemoLine },
  // Its service map takes seconds to draw, so it is asked for no catalog.
  { route: 'GET /catalogs/:id/health', allowed: EVERYBODY },
  { route: 'GET /catalogs/:id/versions', ...ofDemoLine },
  { route: 'GET /catalogs/:id/sample.csv', ...ofDemoLine },
  { route: 'GET /catalogs/:id/card.pdf', ...ofDemoLine },
  { route: 'GET /catalogs/:id/export.:format', ...ofDemoLine, params: () => ({ id: 'demo-ash', format: 'csv' }) },
  { route: 'POST /catalogs/:id/copy', allowed: PUBLISHERS },
  { route: 'GET /catalogs/:id/lots', ...ofDemoLine, allowed: PEOPLE },
  { route: 'POST /catalogs/:id/lots', ...ofDemoLine, allowed: CATALOG_EDITORS },
  { route: 'POST /catalogs/:id/lots/:lotId/remove', allowed: CATALOG_EDITORS },
  { route: 'POST /catalogs/:id/lots/uses', allowed: STUDIO },
  {
    route: 'POST /catalogs/:id/versions/restore',
    ...ofCatalog,
    allowed: PUBLISHERS,
    form: { version: '1', after: '1' },
  },
  { route: 'GET /catalogs/:id/publish', ...ofCatalog },
  { route: 'POST /catalogs/:id/publish', ...ofCatalog, allowed: PUBLISHERS, form: { after: '1' } },
  { route: 'GET /catalogs/:id/shades/new', ...ofCatalog },
  { route: 'POST /catalogs/:id/shades/new', ...ofCatalog },
  { route: 'GET /catalogs/:id/shades/:code', ...ofShade },
  { route: 'POST /catalogs/:id/shades/:code', ...ofShade, form: { version: '1', min_parts: 'many' } },
  { route: 'POST /catalogs/:id/shades/:code/discard', ...ofShade },
  { route: 'GET /catalogs/:id/shades/:code/discontinue', ...ofShade },
  { route: 'POST /catalogs/:id/shades/:code/discontinue', ...ofShade },
  { route: 'GET /catalogs/:id/diluents/new', ...ofCatalog },
  { route: 'POST /catalogs/:id/diluents/new', ...ofCatalog },
  { route: 'GET /catalogs/:id/diluents/:code', ...ofDiluent },
  { route: 'POST /catalogs/:id/diluents/:code', ...ofDiluent, form: { version: '1', name: '' } },
  { route: 'POST /catalogs/:id/diluents/:code/discard', ...ofDiluent },
  { route: 'GET /catalogs/:id/import', ...ofCatalog },
  { route: 'POST /catalogs/:id/import', ...ofCatalog },
  { route: 'GET /catalogs/:id/imports/:importId', allowed: CATALOG_EDITORS },
  { route: 'GET /catalogs/:id/imports/:importId/step', allowed: CATALOG_EDITORS },
  { route: 'GET /catalogs/:id/imports/:importId/rejected.csv', allowed: CATALOG_EDITORS },
  { route: 'POST /catalogs/:id/imports/:importId/answers', allowed: CATALOG_EDITORS },
  { route: 'POST /catalogs/:id/imports/:importId/fix', allowed: CATALOG_EDITORS },
  { route: 'POST /catalogs/:id/imports/:importId/again', allowed: CATALOG_EDITORS },
  { route: 'POST /catalogs/:id/imports/:importId/drop', allowed: CATALOG_EDITORS },
  { route: 'POST /catalogs/:id/imports/:importId/publish', allowed: PUBLISHERS },

  { route: 'GET /api/v1/catalogs/:id/health', ...ofDemoLine, allowed: [...EVERYBODY, ...READ_TOKENS] },
  { route: 'GET /api/v1/catalogs/:id/versions', ...ofDemoLine, allowed: [...EVERYBODY, ...READ_TOKENS] },
  {
    route: 'GET /api/v1/catalogs/:id/versions/:version',
    ...ofDemoLine,
    allowed: [...EVERYBODY, ...READ_TOKENS],
    params: () => ({ id: 'demo-ash', version: '1' }),
  },
  {
    route: 'GET /api/v1/catalogs/:id/changes',
    ...ofDemoLine,
    allowed: [...EVERYBODY, ...READ_TOKENS],
    query: '?from=1&to=1',
  },
  ...['GET /api/v1/catalogs/:id/card.pdf', 'GET /api/v1/catalogs/:id/service-map'].map((route) => {
    return { route, ...ofDemoLine, allowed: [...EVERYBODY, ...READ_TOKENS] };
  }),
  {
    route: 'GET /api/v1/catalogs/:id/export.:format',
    ...ofDemoLine,
    allowed: [...EVERYBODY, ...READ_TOKENS],
    params: () => ({ id: 'demo-ash', format: 'csv' }),
  },
  { route: 'GET /api/v1/catalogs/compare', allowed: [...EVERYBODY, ...READ_TOKENS] },
  { route: 'GET /api/v1/catalogs/equivalent', allowed: [...EVERYBODY, ...READ_TOKENS] },
  { route: 'GET /api/v1/catalogs/recall', allowed: [...STUDIO, 'token:match'], query: '?lot=A-1' },
  {
    route: 'GET /api/v1/catalogs/:id/recall',
    ...ofCatalog,
    allowed: [...PEOPLE, ...READ_TOKENS],
    query: '?lot=A-1',
  },
  { route: 'POST /api/v1/catalogs', allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS], json: {} },
  { route: 'POST /api/v1/catalogs/:id/copy', allowed: [...PUBLISHERS, ...WRITE_TOKENS] },
  { route: 'GET /api/v1/catalogs/:id/drafts', ...ofCatalog, allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS] },
  { route: 'GET /api/v1/catalogs/:id/lots', ...ofDemoLine, allowed: [...PEOPLE, ...READ_TOKENS] },
  { route: 'POST /api/v1/catalogs/:id/lots', ...ofDemoLine, allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS] },
  { route: 'DELETE /api/v1/catalogs/:id/lots/:lotId', allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS] },
  {
    route: 'POST /api/v1/catalogs/:id/lots/uses',
    allowed: [...STUDIO, 'token:match'],
    json: { match: 'none', kind: 'shade', code: 'DA-01', lot: 'A-1' },
  },
  { route: 'POST /api/v1/catalogs/:id/versions', ...ofCatalog, allowed: [...PUBLISHERS, ...WRITE_TOKENS] },
  { route: 'POST /api/v1/catalogs/:id/restore', ...ofCatalog, allowed: [...PUBLISHERS, ...WRITE_TOKENS] },
  ...['GET', 'PUT'].flatMap((method) => [
    {
      route: `${method} /api/v1/catalogs/:id/shades/:code`,
      ...ofShade,
      allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS],
    },
    {
      route: `${method} /api/v1/catalogs/:id/diluents/:code`,
      ...ofDiluent,
      allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS],
    },
  ]),
  {
    route: 'POST /api/v1/catalogs/:id/shades/:code/discontinue',
    ...ofShade,
    allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS],
  },
  {
    route: 'DELETE /api/v1/catalogs/:id/shades/:code/draft',
    ...ofShade,
    allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS],
  },
  {
    route: 'DELETE /api/v1/catalogs/:id/diluents/:code/draft',
    ...ofDiluent,
    allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS],
  },
  { route: 'POST /api/v1/catalogs/:id/imports', ...ofCatalog, allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS] },
  { route: 'GET /api/v1/catalogs/:id/imports/:importId', allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS] },
  { route: 'DELETE /api/v1/catalogs/:id/imports/:importId', allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS] },
  { route: 'POST /api/v1/catalogs/:id/imports/:importId/answers', allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS] },
  { route: 'GET /api/v1/catalogs/:id/imports/:importId/rejected.csv', allowed: [...CATALOG_EDITORS, ...WRITE_TOKENS] },
  { route: 'POST /api/v1/catalogs/:id/imports/:importId/publish', allowed: [...PUBLISHERS, ...WRITE_TOKENS] },

  { route: 'POST /api/v1/matches', allowed: [...MATCHERS, 'token:match'] },
  { route: 'GET /api/v1/matches/:id', ...ofMatch, allowed: [...STUDIO, 'token:match'] },
  { route: 'POST /api/v1/matches/:id/pool', ...ofMatch, allowed: [...STUDIO, 'token:match'] },
  { route: 'GET /api/v1/catalogs', allowed: [...EVERYBODY, ...READ_TOKENS] },
  { route: 'GET /api/v1/catalogs/:id', ...ofDemoLine, allowed: [...EVERYBODY, ...READ_TOKENS] },
  {
    route: 'GET /api/openapi.json',
    allowed: [...EVERYBODY, 'token:match', 'token:catalog:read', 'token:catalog:write'],
  },
];
