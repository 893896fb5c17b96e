import { randomBytes } from 'node:crypto';
import type { Scope } from '../../src/app/access.ts';
import { TOKEN_PREFIX } from '../../src/app/people/findActor.ts';
import { createSecret } from '../../src/app/people/secret.ts';
import { StippleError } from '../../src/errors.ts';
import { createApiToken } from '../../src/storage/apiTokensRepo.ts';
import { createPerson } from '../../src/storage/peopleRepo.ts';
import { type Account, addPerson, NO_PASSWORD, sessionCookie } from '../setup/accounts.ts';
import { startTestServer, type TestServer, Visitor } from '../setup/visitor.ts';

/** Everybody who asks: people with a session, tokens with a header, and who has neither. */
export const WHO = [
  'signedOut',
  'closedAccount',
  'studioOwner',
  'studioTechnician',
  'otherStudioOwner',
  'supplierOwner',
  'supplierEditor',
  'publisher',
  'otherSupplierOwner',
  'token:match',
  'token:catalog:read',
  'token:catalog:write',
  'token:closedAccount',
] as const;
export type Who = (typeof WHO)[number];

export interface World {
  readonly server: TestServer;
  /** Accounts of everybody who has one; tokens speak for the studio's owner. */
  readonly accounts: Readonly<Record<Exclude<Who, 'signedOut' | `token:${string}`>, Account>>;
  /** Path of a measured match of the studio: `/matches/…`. */
  readonly match: string;
  /** Ids of a client of the studio and of a consultation with them. */
  readonly client: string;
  readonly consultation: string;
  /** Somebody of the studio to whom anything may be done. */
  makeColleague(): Promise<string>;
}

/** Somebody who asks, and headers to add to each request. */
export interface Asker {
  readonly visitor: Visitor;
  readonly headers: Readonly<Record<string, string>>;
}

/** Somebody whose password takes no time to be found wrong. */
export const KNOWN_NAME = 'known-name';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

export async function createWorld(): Promise<World> {
  const server = await startTestServer();
  const { db, now } = server.services;
  const studioOwner = await addPerson(server);
  const supplierOwner = await addPerson(server, { kind: 'supplier' });
  const studio = { organisationId: studioOwner.organisationId };
  const supplier = { kind: 'supplier', organisationId: supplierOwner.organisationId } as const;
  const accounts = {
    studioOwner,
    supplierOwner,
    studioTechnician: await addPerson(server, { ...studio, role: 'technician' }),
    otherStudioOwner: await addPerson(server),
    supplierEditor: await addPerson(server, { ...supplier, role: 'supplierEditor' }),
    publisher: await addPerson(server, { ...supplier, role: 'publisher' }),
    otherSupplierOwner: await addPerson(server, { kind: 'supplier' }),
    closedAccount: await addPerson(server, studio),
  };
  const closed = accounts.closedAccount.personId;
  await db.updateTable('people').set({ disabledAt: now().toISOString() }).where('id', '=', closed).execute();
  const visitor = new Visitor(server.url, { stipple: await sessionCookie(server, studioOwner.personId) });
  const demo = await visitor.post('/demo', { key: 'shared' });
  const result = await visitor.settle(demo.headers.get('location') ?? '/');
  const opened = await visitor.post('/consultations', { alias: 'Zoë' });
  const { id: client } = await db.selectFrom('clients').select('id').executeTakeFirstOrThrow();
  const known = { ...studio, signInName: KNOWN_NAME, displayName: 'Kim', role: 'technician' } as const;
  await createPerson(db, { ...known, passwordHash: NO_PASSWORD }, now());
  // Who may have photos worked on is decided before any is; that the work is done is shown by other tests.
  server.services.pool.run = async () => {
    throw new StippleError('SMP_OPTION_INVALID');
  };
  return {
    server,
    accounts,
    client,
    consultation: (opened.headers.get('location') ?? '').split('/')[2] ?? '',
    match: result.split('/').slice(0, 3).join('/'),
    async makeColleague() {
      const signInName = `colleague-${randomBytes(6).toString('hex')}`;
      const person = {
        ...studio,
        signInName,
        displayName: 'Kim',
        role: 'technician',
        passwordHash: NO_PASSWORD,
      } as const;
      return String(await createPerson(db, person, now()));
    },
  };
}

/** Routes that end what somebody is signed in by: whoever asks them starts anew. */
const ENDS_SIGN_IN = /\/(sign-out|sign-in|account|people)/;
const kept = new WeakMap<World, Map<Who, Asker>>();

/** Somebody's browser or token, the one they had before unless the route may have ended it. */
export async function askAs(world: World, who: Who, route: string): Promise<Asker> {
  const known = kept.get(world) ?? new Map<Who, Asker>();
  kept.set(world, known);
  const asker = known.get(who) ?? (await newAsker(world, who));
  if (!ENDS_SIGN_IN.test(route)) known.set(who, asker);
  else known.delete(who);
  // A visitor who has stored something is not the same as one who has not.
  const isVisitor = who === 'signedOut' || who.startsWith('token:');
  return isVisitor ? { visitor: new Visitor(world.server.url), headers: asker.headers } : asker;
}

async function newAsker(world: World, who: Who): Promise<Asker> {
  const { server, accounts } = world;
  if (who === 'signedOut') return { visitor: new Visitor(server.url), headers: {} };
  if (who.startsWith('token:')) {
    const closed = who === 'token:closedAccount';
    const { personId } = closed ? accounts.closedAccount : accounts.studioOwner;
    const scope = closed ? 'match' : (who.slice('token:'.length) as Scope);
    const { secret, hash } = createSecret();
    const now = server.services.now();
    const token = {
      personId,
      name: who,
      tokenHash: hash,
      scopes: [scope],
      expiresAt: new Date(now.getTime() + YEAR_MS),
    };
    await createApiToken(server.services.db, token, now);
    return { visitor: new Visitor(server.url), headers: { authorization: `Bearer ${TOKEN_PREFIX}${secret}` } };
  }
  const { personId } = accounts[who as keyof World['accounts']];
  return { visitor: new Visitor(server.url, { stipple: await sessionCookie(server, personId) }), headers: {} };
}
