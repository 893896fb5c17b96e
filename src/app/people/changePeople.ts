import { StippleError } from '../../errors.ts';
import { peopleTexts } from '../../language/texts/people.ts';
import { createAccountLink, deleteResetLinks } from '../../storage/accountLinksRepo.ts';
import { deleteApiTokens } from '../../storage/apiTokensRepo.ts';
import { recordAudit } from '../../storage/auditRepo.ts';
import { endSignIns } from '../../storage/browserSessionsRepo.ts';
import { lockOrganisation } from '../../storage/organisationsRepo.ts';
import { changePerson, listPeople, type PersonRecord } from '../../storage/peopleRepo.ts';
import type { Database } from '../../storage/tables.ts';
import { type Role, rolesOf } from '../access.ts';
import { createSecret } from './secret.ts';

const RESET_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** In which organisation, and who does it: null for the operator at the command line. */
export interface PeopleChange {
  readonly organisationId: string;
  readonly by: string | null;
}

/**
 * Closes an account: its sign-ins, API tokens and links end in the same moment. Its records stay.
 * @throws StippleError SMP_NOT_FOUND when the organisation has no such person, SMP_OPTION_INVALID for its last owner
 */
export async function disable(db: Database, change: PeopleChange, personId: string, now: Date): Promise<void> {
  await changeOne(db, change, personId, 'person.disable', now, async (transaction, person, others) => {
    keepAnOwner(person, others);
    await changePerson(transaction, person, { disabledAt: now }, now);
    await endSignIns(transaction, personId);
    await deleteApiTokens(transaction, personId);
    await deleteResetLinks(transaction, personId);
  });
}

/** Opens a closed account again; API tokens are to be made anew. @throws StippleError SMP_NOT_FOUND */
export async function enable(db: Database, change: PeopleChange, personId: string, now: Date): Promise<void> {
  await changeOne(db, change, personId, 'person.enable', now, async (transaction, person) => {
    await changePerson(transaction, person, { disabledAt: null }, now);
  });
}

/** @throws StippleError SMP_NOT_FOUND; SMP_OPTION_INVALID for a role the organisation does not have and for its last owner */
export async function giveRole(
  db: Database,
  change: PeopleChange,
  personId: string,
  role: string,
  now: Date,
): Promise<void> {
  await changeOne(db, change, personId, 'person.role', now, async (transaction, person, others) => {
    const known: Role | undefined = rolesOf(person.organisationKind).find((each) => each === role);
    if (!known) throw new StippleError('SMP_OPTION_INVALID', peopleTexts.chooseARoleFromTheList);
    if (known !== 'owner') keepAnOwner(person, others);
    await changePerson(transaction, person, { role: known }, now);
  });
}

/**
 * Token of a link with which the person sets a new password, good for a day; an earlier one is withdrawn.
 * @throws StippleError SMP_NOT_FOUND; SMP_OPTION_INVALID for a closed account
 */
export async function createResetLink(
  db: Database,
  change: PeopleChange,
  personId: string,
  now: Date,
): Promise<string> {
  const { secret, hash } = createSecret();
  await changeOne(db, change, personId, 'person.reset', now, async (transaction, person) => {
    if (person.disabledAt !== null) {
      throw new StippleError('SMP_OPTION_INVALID', peopleTexts.accountClosed);
    }
    await deleteResetLinks(transaction, personId);
    const expiresAt = new Date(now.getTime() + RESET_LIFETIME_MS);
    await createAccountLink(transaction, { tokenHash: hash, purpose: 'reset', personId, expiresAt }, now);
  });
  return secret;
}

function keepAnOwner(person: PersonRecord, others: readonly PersonRecord[]): void {
  const another = others.some(({ role, disabledAt }) => role === 'owner' && disabledAt === null);
  if (person.role !== 'owner' || person.disabledAt !== null || another) return;
  throw new StippleError('SMP_OPTION_INVALID', peopleTexts.onlyOwner(person.displayName));
}

/** One transaction around a change of one person, with its trace. Changes of one organisation wait for each other. */
async function changeOne(
  db: Database,
  { organisationId, by }: PeopleChange,
  personId: string,
  action: string,
  now: Date,
  work: (transaction: Database, person: PersonRecord, others: readonly PersonRecord[]) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await lockOrganisation(transaction, organisationId);
    const people = await listPeople(transaction, organisationId);
    const person = people.find(({ id }) => id === personId);
    if (!person) throw new StippleError('SMP_NOT_FOUND');
    await work(
      transaction,
      person,
      people.filter(({ id }) => id !== personId),
    );
    await recordAudit(transaction, { organisationId, personId: by, action, subjectId: personId }, now);
  });
}
