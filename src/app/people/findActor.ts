import { findApiToken } from '../../storage/apiTokensRepo.ts';
import { findPerson } from '../../storage/peopleRepo.ts';
import type { Database } from '../../storage/tables.ts';
import { type Actor, SCOPES } from '../access.ts';
import { hashSecret } from './secret.ts';

/** Before the secret of every API token, so that one that leaked is recognised by people and by scanners. */
export const TOKEN_PREFIX = 'stipple_';

/** The signed-in person as an actor; null when the account is gone or disabled. */
export async function actorOfPerson(
  db: Database,
  personId: string,
  scopes: Actor['scopes'] = null,
): Promise<Actor | null> {
  const person = await findPerson(db, personId);
  if (person === null || person.disabledAt !== null) return null;
  const { displayName, organisationId, organisationName, organisationKind, role } = person;
  return { personId, displayName, organisationId, organisationName, organisationKind, role, scopes };
}

/** Whom an API token speaks for; null for a token that is unknown, expired, revoked or of a disabled person. */
export async function actorOfToken(db: Database, token: string, now: Date): Promise<Actor | null> {
  if (!token.startsWith(TOKEN_PREFIX)) return null;
  const found = await findApiToken(db, hashSecret(token.slice(TOKEN_PREFIX.length)), now);
  if (found === null) return null;
  return await actorOfPerson(
    db,
    found.personId,
    SCOPES.filter((scope) => found.scopes.includes(scope)),
  );
}
