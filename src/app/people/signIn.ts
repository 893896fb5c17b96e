import { recordAudit } from '../../storage/auditRepo.ts';
import { giveMatches } from '../../storage/matchesRepo.ts';
import { findCredentials } from '../../storage/peopleRepo.ts';
import { type Actor, authorize } from '../access.ts';
import type { Services } from '../services.ts';
import { actorOfPerson } from './findActor.ts';
import { isPasswordOf } from './passwords.ts';

/**
 * Who signs in with this name and password; null for an unknown name, a wrong password and a disabled account alike, after
 * the same time.
 */
export async function checkSignIn(services: Services, signInName: string, password: string): Promise<Actor | null> {
  const { db, now } = services;
  const credentials = await findCredentials(db, signInName);
  const fits = await isPasswordOf(credentials?.passwordHash ?? null, password);
  if (credentials === null || !fits || credentials.disabled) return null;
  const actor = await actorOfPerson(db, credentials.personId);
  if (actor) {
    const { organisationId, personId } = actor;
    await recordAudit(db, { organisationId, personId, action: 'person.signIn', subjectId: personId }, now());
  }
  return actor;
}

/**
 * Makes a visitor's unsaved try-outs the studio's.
 * @throws StippleError SMP_NOT_ALLOWED for people who keep no matches
 */
export async function adoptTryOuts(services: Services, actor: Actor, browserSessionId: string): Promise<void> {
  const { organisationId, personId } = authorize(actor, 'match:write');
  const { db, now } = services;
  await db.transaction().execute(async (transaction) => {
    const given = await giveMatches(transaction, { browserSessionId }, { organisationId }, now());
    if (given === 0) return;
    await recordAudit(transaction, { organisationId, personId, action: 'match.adopt', subjectId: null }, now());
  });
}
