import { createHash, randomBytes } from 'node:crypto';
import type { OrganisationKind, Role } from '../../src/app/access.ts';
import type { Services } from '../../src/app/services.ts';
import type { RunningServer } from '../../src/startServer.ts';
import { createBrowserSession, rotateBrowserSession } from '../../src/storage/browserSessionsRepo.ts';
import { createOrganisation } from '../../src/storage/organisationsRepo.ts';
import { createPerson } from '../../src/storage/peopleRepo.ts';
import { Visitor } from './visitor.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The hash of 256 random bits nobody knows, at costs that take no time. */
export const NO_PASSWORD =
  '$argon2id$v=19$m=64,t=1,p=1$6ay7KLlrMATZje8YGKtnjQ$H8CrC2tqk/PqiIvRslORwxhLnzKPJXYh923v/rlh1ow';

export interface Account {
  readonly personId: string;
  readonly organisationId: string;
  readonly signInName: string;
}

export interface NewAccount {
  readonly kind?: OrganisationKind;
  readonly role?: Role;
  /** Somebody of an organisation that is there already; a new one is made otherwise. */
  readonly organisationId?: string;
  readonly displayName?: string;
  /** argon2id text; nobody can sign in with a password when left out. */
  readonly passwordHash?: string;
}

/** A server, or the database it will use. */
interface Place {
  readonly services: Pick<Services, 'db' | 'now'>;
}

/** Makes a person, and their organisation unless it is given. */
export async function addPerson({ services }: Place, account: NewAccount = {}): Promise<Account> {
  const { kind = 'studio', role = 'owner', displayName = 'Ada', passwordHash = NO_PASSWORD } = account;
  const now = services.now();
  const organisation = { name: kind === 'studio' ? 'Studio Nord' : 'Meridian Pigments', kind };
  const organisationId = account.organisationId ?? (await createOrganisation(services.db, organisation, now));
  const signInName = `${role}-${randomBytes(6).toString('hex')}`;
  const person = { organisationId, signInName, displayName, role, passwordHash };
  return { personId: String(await createPerson(services.db, person, now)), organisationId, signInName };
}

/** The cookie of a browser in which a person is signed in, made without a password. */
export async function sessionCookie({ services }: Place, personId: string): Promise<string> {
  const now = services.now();
  const token = `${now.getTime().toString(36)}.${randomBytes(32).toString('base64url')}`;
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const ends = new Date(now.getTime() + DAY_MS);
  const row = { tokenHash, idleExpiresAt: ends, expiresAt: ends };
  const session = await createBrowserSession(services.db, row, now);
  const signIn = { personId, signedInAt: now, signInExpiresAt: ends };
  await rotateBrowserSession(services.db, String(session?.id), { ...row, signIn });
  return token;
}

/** Somebody new who is signed in: a studio's owner unless told otherwise. */
export async function signInAs(
  server: RunningServer,
  account: NewAccount = {},
): Promise<Visitor & { account: Account }> {
  const made = await addPerson(server, account);
  const visitor = new Visitor(server.url, { stipple: await sessionCookie(server, made.personId) });
  return Object.assign(visitor, { account: made });
}
