import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRoutes } from './listRoutes.ts';
import { ROUTES, type RouteRow } from './routeTable.ts';
import { askAs, createWorld, WHO, type Who, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.server.stop());

const isApi = (row: RouteRow) => / \/api\//.test(row.route);
const isToken = (who: Who) => who.startsWith('token:');
const LIKE_VISITORS: readonly Who[] = ['signedOut', 'closedAccount'];

/** On pages tokens do not count; one of them shows that. */
const askers = (row: RouteRow) => WHO.filter((who) => !isToken(who) || isApi(row) || who === 'token:match');

type Answer = 'got through' | 'sign in' | 'forbidden' | 'not found' | string;

function expected(row: RouteRow, who: Who): Answer {
  if (row.always) return row.always;
  if (who === 'token:closedAccount') return 'sign in';
  if (LIKE_VISITORS.includes(who) || (isToken(who) && !isApi(row))) {
    if (!row.allowed.includes(isToken(who) ? 'signedOut' : who))
      return row.visitor === 'notFound' ? 'not found' : 'sign in';
  } else if (!row.allowed.includes(who)) return 'forbidden';
  if (!row.route.includes(':')) return 'got through';
  if (!row.params) return 'not found';
  return row.shared || belongs(row, who) ? 'got through' : 'not found';
}

function belongs({ of = 'studio' }: RouteRow, who: Who): boolean {
  const { accounts } = world;
  const account = isToken(who) ? accounts.studioOwner : accounts[who as keyof World['accounts']];
  return account?.organisationId === accounts[`${of}Owner`].organisationId;
}

async function ask(row: RouteRow, who: Who): Promise<Answer> {
  // Tries of one PIN are counted by its link, whoever makes them.
  if (row.route.endsWith('/pin')) await world.server.services.db.deleteFrom('rateLimits').execute();
  const { visitor, headers } = await askAs(world, who, row.route);
  const [method = '', pattern = ''] = row.route.split(' ');
  const params = (await row.params?.(world)) ?? {};
  const path = pattern.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? '01ARZ3NDEKTSV4RRFFQ69G5FAV'),
  );
  const type: Record<string, string> = row.json ? { 'content-type': 'application/json' } : {};
  const sent = row.json ? JSON.stringify(row.json) : new URLSearchParams(row.form ?? {});
  const response = await visitor.fetch(`${path}${row.query ?? ''}`, {
    method,
    headers: { ...headers, ...type },
    ...(method === 'GET' ? {} : { body: sent }),
  });
  await response.arrayBuffer();
  const { status } = response;
  if (status === 401 || (status === 303 && response.headers.get('location')?.startsWith('/sign-in'))) {
    // Signing out leads there, too.
    return row.route === 'POST /sign-out-everywhere' && row.allowed.includes(who) ? 'got through' : 'sign in';
  }
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not found';
  // A page's form is answered by another page, so that loading it again repeats nothing; 204 answers a script.
  if (method === 'POST' && !isApi(row) && status < 400 && status !== 303 && status !== 204) return `status ${status}`;
  return status < 400 || status === 409 || status === 422 ? 'got through' : `status ${status}`;
}

it('has a row for every route, and no row without one', () => {
  expect(ROUTES.map(({ route }) => route).sort()).toEqual(listRoutes(world.server.app));
});

describe.each(ROUTES.map((row) => [row.route, row] as const))('%s', (_, row) => {
  it('answers everybody as the table says', async () => {
    await world.server.services.db.deleteFrom('rateLimits').execute();
    const answers: Partial<Record<Who, Answer>> = {};
    for (const who of askers(row)) answers[who] = await ask(row, who);
    expect(answers).toEqual(Object.fromEntries(askers(row).map((who) => [who, expected(row, who)])));
  });
});
