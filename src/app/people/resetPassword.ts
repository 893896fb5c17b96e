import { StippleError } from '../../errors.ts';
import { peopleTexts } from '../../language/texts/people.ts';
import { findAccountLink, takeAccountLink } from '../../storage/accountLinksRepo.ts';
import { recordAudit } from '../../storage/auditRepo.ts';
import { endSignIns } from '../../storage/browserSessionsRepo.ts';
import { changePerson, findPerson, type PersonRecord } from '../../storage/peopleRepo.ts';
import type { Services } from '../services.ts';
import { type AccountFault, passwordFault } from './accountFaults.ts';
import { hashPassword } from './passwords.ts';
import { hashSecret } from './secret.ts';

const OVER = peopleTexts.resetLinkUsed;

/** Whose password a link sets. @throws StippleError SMP_NOT_FOUND when it is not, or no longer, good */
export async function openResetLink({ db, now }: Services, token: string): Promise<PersonRecord> {
  const link = await findAccountLink(db, hashSecret(token), 'reset', now());
  const person = link?.personId ? await findPerson(db, link.personId) : null;
  if (!person || person.disabledAt !== null) throw new StippleError('SMP_NOT_FOUND', OVER);
  return person;
}

/**
 * Sets a new password, uses the link up and signs the person out everywhere.
 * @returns the person's id, or what is wrong with the password
 * @throws StippleError SMP_NOT_FOUND when the link is not, or no longer, good
 */
export async function resetPassword(
  services: Services,
  token: string,
  password: string,
): Promise<{ personId: string } | { faults: AccountFault[] }> {
  const { id, organisationId, organisationName, signInName, displayName } = await openResetLink(services, token);
  const fault = passwordFault(password, [signInName, displayName, organisationName]);
  if (fault) return { faults: [{ field: 'password', text: fault }] };
  const passwordHash = await hashPassword(password);
  const now = services.now();
  await services.db.transaction().execute(async (transaction) => {
    if (!(await takeAccountLink(transaction, hashSecret(token), 'reset', now))) {
      throw new StippleError('SMP_NOT_FOUND', OVER);
    }
    await changePerson(transaction, { id, organisationId }, { passwordHash }, now);
    await endSignIns(transaction, id);
    await recordAudit(transaction, { organisationId, personId: id, action: 'person.password', subjectId: id }, now);
  });
  return { personId: id };
}
