import { createHash } from 'node:crypto';
import { createBrowserSession } from '../../src/storage/browserSessionsRepo.ts';
import type { NewMatch } from '../../src/storage/matchesRepo.ts';
import { createOrganisation } from '../../src/storage/organisationsRepo.ts';
import { createPerson, type NewPerson } from '../../src/storage/peopleRepo.ts';
import type { Database } from '../../src/storage/tables.ts';

/** Shared pieces of the contract tests. Times are fixed: the repositories never read the clock. */
export const NOON = new Date('2026-03-01T12:00:00.000Z');
const DAY_MS = 24 * 60 * 60 * 1000;

export function later(ms: number): Date {
  return new Date(NOON.getTime() + ms);
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

let sessions = 0;
/** Makes a session that expires a day after NOON and returns it as an owner. `name` tells processes apart. */
export async function createOwner(db: Database, name = ''): Promise<{ browserSessionId: string }> {
  sessions += 1;
  const session = await createBrowserSession(
    db,
    { tokenHash: hashOf(`${name} token ${sessions}`), idleExpiresAt: later(DAY_MS), expiresAt: later(DAY_MS) },
    NOON,
  );
  if (session === null) throw new Error('Expected a new session.');
  return { browserSessionId: session.id };
}

/** Makes a studio and returns it as an owner. */
export async function createStudio(db: Database): Promise<{ organisationId: string }> {
  return { organisationId: await createOrganisation(db, { name: 'Studio Nord', kind: 'studio' }, NOON) };
}

let people = 0;
/** Makes somebody of an organisation who cannot sign in with any password. */
export async function createStaff(
  db: Database,
  organisationId: string,
  change: Partial<NewPerson> = {},
): Promise<string> {
  people += 1;
  const person = { signInName: `person-${people}`, displayName: 'Ada', role: 'owner', passwordHash: '-' } as const;
  return String(await createPerson(db, { ...person, organisationId, ...change }, NOON));
}

export function newMatch(change: Partial<NewMatch> = {}): NewMatch {
  return {
    idempotencyKey: null,
    status: 'photo',
    alias: null,
    options: { cupMl: 1.5 },
    inputSha256: hashOf('photo'),
    ...change,
  };
}

/** Opens what each engine's suite gives and runs the same tests on it. */
export interface ContractDatabase {
  readonly db: Database;
  /** A second connection to the same data, as another server would have. */
  openAnother(): Promise<Database>;
}
