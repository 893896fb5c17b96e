import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hashPassword } from '../../src/app/people/passwords.ts';
import { addPerson, sessionCookie, signInAs } from '../setup/accounts.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

const PASSWORD = 'grey heron over still water';
let server: TestServer;
let passwordHash: string;

beforeAll(async () => {
  [server, passwordHash] = await Promise.all([startTestServer(), hashPassword(PASSWORD)]);
});
afterAll(() => server?.stop());
beforeEach(async () => {
  await server.services.db.deleteFrom('rateLimits').execute();
});

const cookieOf = (response: Response) => response.headers.getSetCookie().join(' ');
const linkIn = (html: string, path: string) => new RegExp(`/${path}/[A-Za-z0-9_-]{43}`).exec(html)?.[0] ?? '';

async function signIn(signInName: string, password = PASSWORD, visitor = new Visitor(server.url)) {
  const response = await visitor.post('/sign-in', { name: signInName, password });
  return { visitor, response };
}

it('makes the first account behind the printed link, which works once', async () => {
  const path = new URL(server.setupUrl!).pathname;
  const visitor = new Visitor(server.url);
  const form = {
    kind: 'studio',
    organisationName: 'Studio Nord',
    displayName: 'Ada',
    signInName: 'Ada@Nord.example',
    password: PASSWORD,
  };
  const bad = await visitor.post(path, { ...form, password: 'ada nord 1234' });
  expect(bad.status).toBe(422);
  const html = await bad.text();
  expect(html).toContain('among the first that would be guessed');
  expect(html).toContain('value="Ada@Nord.example"');
  expect(html).not.toContain('ada nord 1234');
  expect((await visitor.post(path, form)).headers.get('location')).toBe('/');
  expect((await visitor.page('/account')).html).toContain('owner of Studio Nord');
  for (const again of [await visitor.page(path), await visitor.page(`/setup/${'A'.repeat(43)}`)]) {
    expect(again.status).toBe(404);
  }
  expect((await new Visitor(server.url).post(path, { ...form, signInName: 'mallory' })).status).toBe(404);
  const people = await server.services.db.selectFrom('people').select('passwordHash').execute();
  expect(people).toHaveLength(1);
  expect(people[0]?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
});

it('sends people who must sign in there and back, and nowhere else', async () => {
  const { signInName } = await addPerson(server, { passwordHash });
  const visitor = new Visitor(server.url);
  const asked = await visitor.page('/people?from=mail');
  expect(asked).toMatchObject({ status: 303, location: '/sign-in?next=%2Fpeople%3Ffrom%3Dmail' });
  expect((await visitor.page(asked.location!)).html).toContain('name="next" value="/people?from=mail"');
  const form = { name: signInName.toUpperCase(), password: PASSWORD };
  const back = await visitor.post('/sign-in', { ...form, next: '/people?from=mail' });
  expect(back.headers.get('location')).toBe('/people?from=mail');
  for (const next of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
  ]) {
    const response = await new Visitor(server.url).post('/sign-in', { ...form, next });
    expect([next, response.headers.get('location')]).toEqual([next, '/']);
  }
});

it('answers an unknown name, a wrong password and a closed account with the same page', async () => {
  const known = await addPerson(server, { passwordHash });
  const closed = await addPerson(server, { passwordHash });
  await server.services.db.updateTable('people').set({ disabledAt: 'now' }).where('id', '=', closed.personId).execute();
  const answers = [
    await signIn('nobody', PASSWORD),
    await signIn(known.signInName, 'not the right password'),
    await signIn(closed.signInName, PASSWORD),
  ];
  const pages = await Promise.all(
    answers.map(async ({ response }) => [response.status, await response.text()] as const),
  );
  const neutral = pages.map(([status, html]) => [status, html.replace(/name="name"[^>]*value="[^"]*"/, '')]);
  expect(neutral[0]?.[0]).toBe(422);
  expect(neutral[1]).toEqual(neutral[0]);
  expect(neutral[2]).toEqual(neutral[0]);
  for (const { visitor } of answers) expect((await visitor.page('/account')).status).toBe(303);
});

it('stops guessing a name after ten failures, from wherever they come, and not the work of others', async () => {
  const { signInName } = await addPerson(server, { passwordHash });
  const other = await addPerson(server, { passwordHash });
  for (let i = 0; i < 10; i++) expect((await signIn(signInName, `wrong guess ${i}`)).response.status).toBe(422);
  const { response } = await signIn(signInName.toUpperCase(), PASSWORD);
  expect(response.status).toBe(429);
  expect(await response.text()).toContain('Wait 15 minutes');
  expect((await signIn(other.signInName)).response.status).toBe(303);
});

it('signs in under a new token, so that a planted one is worth nothing', async () => {
  const { signInName } = await addPerson(server, { passwordHash });
  const planted = await new Visitor(server.url).fetch('/sign-in');
  const token = /stipple=([^;]+)/.exec(cookieOf(planted))![1]!;
  const victim = new Visitor(server.url, { stipple: token });
  await victim.post('/settings', { cup: '2', densityPerCm2: '100', diameterMm: '0.3' });
  const { response } = await signIn(signInName, PASSWORD, victim);
  expect(cookieOf(response)).toMatch(/stipple=(?!;)[^;]+; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax/);
  expect(cookieOf(response)).not.toContain(token);
  expect((await victim.page('/account')).status).toBe(200);
  expect((await new Visitor(server.url, { stipple: token }).page('/account')).status).toBe(303);

  const signedIn = /stipple=([^;]+)/.exec(cookieOf(response))![1]!;
  await victim.post('/sign-out', {});
  expect((await victim.page('/account')).status).toBe(303);
  expect((await new Visitor(server.url, { stipple: signedIn }).page('/account')).status).toBe(303);
});

it('signs out everywhere, or one other browser', async () => {
  const owner = await signInAs(server);
  const open = async () => new Visitor(server.url, { stipple: await sessionCookie(server, owner.account.personId) });
  const [second, third] = [await open(), await open()];
  const html = (await owner.page('/account')).html;
  expect(html.match(/\/account\/sign-ins\/\w+\/end/g)).toHaveLength(2);
  await owner.post(/\/account\/sign-ins\/\w+\/end/.exec(html)![0], {});
  const open2 = [await second.page('/account'), await third.page('/account')].map(({ status }) => status);
  expect(open2.sort()).toEqual([200, 303]);
  await owner.post('/sign-out-everywhere', {});
  for (const each of [owner, second, third]) expect((await each.page('/account')).status).toBe(303);
});

it('changes a password only for who knows the old one, and signs other browsers out', async () => {
  const { signInName, personId } = await addPerson(server, { passwordHash });
  const { visitor } = await signIn(signInName);
  const other = new Visitor(server.url, { stipple: await sessionCookie(server, personId) });
  const fresh = 'copper kettle on a cold stove';
  const wrong = await visitor.post('/account/password', { current: 'not it at all', password: fresh });
  expect(wrong.status).toBe(422);
  expect((await other.page('/account')).status).toBe(200);
  expect((await visitor.post('/account/password', { current: PASSWORD, password: fresh })).status).toBe(303);
  expect((await visitor.page('/account')).status).toBe(200);
  expect((await other.page('/account')).status).toBe(303);
  expect((await signIn(signInName, PASSWORD)).response.status).toBe(422);
  expect((await signIn(signInName, fresh)).response.status).toBe(303);
});

it('invites by a link shown once, for one person and one role', async () => {
  const owner = await signInAs(server);
  expect((await owner.post('/people/invitations', { role: 'publisher', invitee: 'Ben' })).status).toBe(422);
  const made = await owner.post('/people/invitations', { role: 'technician', invitee: 'Ben <b>' });
  expect(made.headers.get('location')).toBe('/people');
  const page = (await owner.page('/people')).html;
  const link = linkIn(page, 'invitations');
  expect(page).toContain('Ben &lt;b&gt;');
  expect((await owner.page('/people')).html).not.toContain(link);
  const rows = await server.services.db.selectFrom('accountLinks').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(link.split('/').at(-1));

  const form = { displayName: 'Ben', signInName: owner.account.signInName, password: PASSWORD };
  const ben = new Visitor(server.url);
  const taken = await ben.post(link, form);
  expect(taken.status).toBe(422);
  expect(await taken.text()).toContain('This sign-in name is taken');
  expect((await ben.post(link, { ...form, signInName: 'ben-technician' })).status).toBe(303);
  expect((await ben.page('/account')).html).toContain('technician of Studio Nord');
  const people = await ben.page('/people');
  expect(people.status).toBe(403);
  expect(people.html).toMatch(/Who can help: <strong>Ada/);
  expect((await new Visitor(server.url).post(link, { ...form, signInName: 'mallory' })).status).toBe(404);

  await owner.post('/people/invitations', { role: 'technician', invitee: 'Carla' });
  const second = (await owner.page('/people')).html;
  await owner.post(/\/people\/invitations\/\w+\/withdraw/.exec(second)![0], {});
  expect((await new Visitor(server.url).page(linkIn(second, 'invitations'))).status).toBe(404);
});

it('closes an account at once with its sign-ins and tokens, and opens it again', async () => {
  const owner = await signInAs(server);
  const { organisationId } = owner.account;
  const technician = await signInAs(server, { organisationId, role: 'technician' });
  await technician.post('/account/tokens', { tokenName: 'till', scope: 'match', days: '30' });
  const token = /stipple_[A-Za-z0-9_-]{43}/.exec((await technician.page('/account')).html)![0];
  const ask = () =>
    new Visitor(server.url).fetch('/api/v1/catalogs', { headers: { authorization: `Bearer ${token}` } });
  expect((await ask()).status).not.toBe(401);
  const person = `/people/${technician.account.personId}`;
  await owner.post(`${person}/disable`, {});
  expect((await technician.page('/account')).status).toBe(303);
  expect((await ask()).status).toBe(401);
  await owner.post(`${person}/enable`, {});
  expect((await technician.page('/account')).status).toBe(303);
  expect((await ask()).status).toBe(401);
  await owner.post(`${person}/role`, { role: 'owner' });
  const again = new Visitor(server.url, { stipple: await sessionCookie(server, technician.account.personId) });
  expect((await again.page('/people')).status).toBe(200);
});

it('keeps one owner', async () => {
  const owner = await signInAs(server);
  const me = `/people/${owner.account.personId}`;
  for (const [path, form] of [
    [`${me}/disable`, {}],
    [`${me}/role`, { role: 'technician' }],
  ] as const) {
    const answer = await owner.post(path, form);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('is the only owner');
  }
  const second = await addPerson(server, { organisationId: owner.account.organisationId });
  await Promise.all([owner.post(`${me}/disable`, {}), owner.post(`/people/${second.personId}/disable`, {})]);
  const open = await server.services.db
    .selectFrom('people')
    .select('id')
    .where('organisationId', '=', owner.account.organisationId)
    .where('disabledAt', 'is', null)
    .execute();
  expect(open).toHaveLength(1);
});

it('sets a new password behind an owner’s link', async () => {
  const owner = await signInAs(server);
  const { organisationId } = owner.account;
  const ben = await addPerson(server, { organisationId, role: 'technician', passwordHash });
  await owner.post(`/people/${ben.personId}/reset`, {});
  const link = linkIn((await owner.page('/people')).html, 'reset');
  const visitor = new Visitor(server.url);
  expect((await visitor.post(link, { password: 'too short' })).status).toBe(422);
  const fresh = 'seven slow barges downstream';
  expect((await visitor.post(link, { password: fresh })).status).toBe(303);
  expect((await visitor.page(link)).status).toBe(404);
  expect((await signIn(ben.signInName, PASSWORD)).response.status).toBe(422);
  expect((await signIn(ben.signInName, fresh)).response.status).toBe(303);
});

it('makes tokens that do no more than was ticked, nor more than their maker, and revokes them', async () => {
  const technician = await signInAs(server, { role: 'technician' });
  const wide = { tokenName: 'all', scope: 'catalog:write', days: '30' };
  expect((await technician.post('/account/tokens', wide)).status).toBe(422);
  await technician.post('/account/tokens', { ...wide, scope: 'catalog:read' });
  const page = (await technician.page('/account')).html;
  const token = /stipple_[A-Za-z0-9_-]{43}/.exec(page)![0];
  expect((await technician.page('/account')).html).not.toContain(token);
  const headers = { authorization: `Bearer ${token}` };
  const visitor = new Visitor(server.url);
  const list = await visitor.fetch('/api/v1/catalogs', { headers });
  expect([list.status, cookieOf(list)]).toEqual([200, '']);
  const refused = await visitor.fetch('/api/v1/matches/none', { headers });
  expect([refused.status, refused.headers.get('content-type')]).toEqual([
    403,
    'application/problem+json; charset=utf-8',
  ]);
  expect((await visitor.fetch('/account', { headers })).status).toBe(303);
  await technician.post(/\/account\/tokens\/\w+\/revoke/.exec(page)![0], {});
  const revoked = await visitor.fetch('/api/v1/catalogs', { headers });
  expect([revoked.status, revoked.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
});

it('moves a visitor’s try-outs into the studio only when asked', async () => {
  const { signInName, organisationId, personId } = await addPerson(server, { passwordHash });
  const visitor = new Visitor(server.url);
  const demo = await visitor.post('/demo', { key: 'try-out' });
  const result = await visitor.settle(demo.headers.get('location')!);
  await signIn(signInName, PASSWORD, visitor);
  expect((await visitor.page(result)).status).toBe(404);
  await visitor.post('/sign-out', {});
  expect((await visitor.page(result)).status).toBe(200);
  expect((await visitor.page('/sign-in')).html).toContain('Move this browser’s try-out');
  await visitor.post('/sign-in', { name: signInName, password: PASSWORD, adopt: 'yes' });
  expect((await visitor.page(result)).status).toBe(200);
  await visitor.post('/sign-out', {});
  const gone = await visitor.page(result);
  expect(gone.status).toBe(404);
  expect(gone.html).toContain(`/sign-in?next=${encodeURIComponent(result)}`);
  const colleague = new Visitor(server.url, { stipple: await sessionCookie(server, personId) });
  expect((await colleague.page('/')).html).toContain(result.split('/')[2]!);
  const other = await signInAs(server);
  expect(other.account.organisationId).not.toBe(organisationId);
  expect((await other.page(result)).status).toBe(404);
  const supplier = await signInAs(server, { kind: 'supplier' });
  expect((await supplier.page(result)).status).toBe(403);
  expect((await supplier.page('/')).location).toBe('/catalogs');
});

it('leaves a trace of ids alone', async () => {
  const events = await server.services.db.selectFrom('auditEvents').selectAll().execute();
  const actions = new Set(events.map(({ action }) => action));
  for (const action of [
    'organisation.setUp',
    'person.join',
    'person.disable',
    'person.role',
    'token.create',
    'match.adopt',
  ]) {
    expect(actions).toContain(action);
  }
  expect(JSON.stringify(events)).not.toMatch(/Ada|Ben|Nord|example/);
});
