import { StippleError } from '../../errors.ts';
import { peopleTexts } from '../../language/texts/people.ts';
import { createAccountLink, findAccountLink, takeAccountLink } from '../../storage/accountLinksRepo.ts';
import { recordAudit } from '../../storage/auditRepo.ts';
import { createOrganisation } from '../../storage/organisationsRepo.ts';
import { createPerson, hasPeople } from '../../storage/peopleRepo.ts';
import type { Database } from '../../storage/tables.ts';
import type { OrganisationKind } from '../access.ts';
import type { Services } from '../services.ts';
import { type AccountFault, accountFaults, isLine, NAME_TAKEN, type NewAccount } from './accountFaults.ts';
import { hashPassword } from './passwords.ts';
import { createSecret, hashSecret } from './secret.ts';

const SETUP_LIFETIME_MS = 24 * 60 * 60 * 1000;
const USED = peopleTexts.setUpLinkUsed;

export interface FirstAccount extends NewAccount {
  readonly organisationName: string;
  readonly organisationKind: OrganisationKind;
}

/** Token of a link that makes the first account, or null when somebody has one already. */
export async function createSetupLink(db: Database, now: Date): Promise<string | null> {
  if (await hasPeople(db)) return null;
  const { secret, hash } = createSecret();
  const expiresAt = new Date(now.getTime() + SETUP_LIFETIME_MS);
  await createAccountLink(db, { tokenHash: hash, purpose: 'setup', expiresAt }, now);
  return secret;
}

/** @throws StippleError SMP_NOT_FOUND when the link is not, or no longer, good */
export async function checkSetupLink({ db, now }: Services, token: string): Promise<void> {
  if (!(await findAccountLink(db, hashSecret(token), 'setup', now()))) throw new StippleError('SMP_NOT_FOUND', USED);
}

/**
 * Makes the first organisation and its owner, and uses the link up.
 * @returns the owner's person id, or what is wrong with the form
 * @throws StippleError SMP_NOT_FOUND when the link is not, or no longer, good
 */
export async function setUp(
  services: Services,
  token: string,
  form: FirstAccount,
): Promise<{ personId: string } | { faults: AccountFault[] }> {
  await checkSetupLink(services, token);
  const faults = accountFaults(form, [form.organisationName]);
  if (!isLine(form.organisationName, 1, 80)) {
    faults.unshift({
      field: 'organisationName',
      text: peopleTexts.enterNameOfStudio,
    });
  }
  if (faults.length > 0) return { faults };
  const passwordHash = await hashPassword(form.password);
  const now = services.now();
  return await services.db.transaction().execute(async (transaction) => {
    const link = await takeAccountLink(transaction, hashSecret(token), 'setup', now);
    if (link === null || (await hasPeople(transaction))) throw new StippleError('SMP_NOT_FOUND', USED);
    const organisation = { name: form.organisationName.trim(), kind: form.organisationKind };
    const organisationId = await createOrganisation(transaction, organisation, now);
    const { signInName, displayName } = form;
    const person = {
      organisationId,
      signInName: signInName.trim(),
      displayName: displayName.trim(),
      role: 'owner',
      passwordHash,
    } as const;
    const personId = await createPerson(transaction, person, now);
    if (personId === null) return { faults: [NAME_TAKEN] };
    await recordAudit(
      transaction,
      { organisationId, personId, action: 'organisation.setUp', subjectId: personId },
      now,
    );
    return { personId };
  });
}
