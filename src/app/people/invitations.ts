import { StippleError } from '../../errors.ts';
import { peopleTexts } from '../../language/texts/people.ts';
import {
  type AccountLink,
  createAccountLink,
  deleteInvitation,
  findAccountLink,
  listInvitations,
  takeAccountLink,
} from '../../storage/accountLinksRepo.ts';
import { recordAudit } from '../../storage/auditRepo.ts';
import { findOrganisation } from '../../storage/organisationsRepo.ts';
import { createPerson } from '../../storage/peopleRepo.ts';
import type { Database } from '../../storage/tables.ts';
import { type Authorized, type OrganisationKind, type Role, rolesOf } from '../access.ts';
import type { Services } from '../services.ts';
import { type AccountFault, accountFaults, isLine, NAME_TAKEN, type NewAccount } from './accountFaults.ts';
import { hashPassword } from './passwords.ts';
import { createSecret, hashSecret } from './secret.ts';

const INVITATION_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;
const OVER = peopleTexts.invitationUsed(INVITATION_DAYS);

export interface Invitation {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly organisationKind: OrganisationKind;
  readonly role: Role;
  readonly invitee: string;
}

/** Token of a link for somebody of an organisation, good for seven days. Who may ask for one is the caller's business. */
export async function createInvitation(
  db: Database,
  invitation: { organisationId: string; role: Role; invitee: string; by: string | null },
  now: Date,
): Promise<string> {
  const { secret, hash } = createSecret();
  const { by, ...link } = invitation;
  const expiresAt = new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
  await createAccountLink(db, { ...link, tokenHash: hash, purpose: 'invitation', expiresAt }, now);
  const { organisationId } = invitation;
  await recordAudit(db, { organisationId, personId: by, action: 'person.invite', subjectId: null }, now);
  return secret;
}

/**
 * Invites somebody into the actor's organisation. Nothing is sent: the link is for the actor to hand over.
 * @param invitee for whom it is, in the actor's words
 * @returns the link's token, which is not kept
 * @throws StippleError SMP_OPTION_INVALID for a role the organisation does not have and an invitee without text
 */
export async function invite(
  services: Services,
  actor: Authorized<'people:manage'>,
  role: string,
  invitee: string,
): Promise<string> {
  const known = rolesOf(actor.organisationKind).find((each) => each === role);
  if (!known) throw new StippleError('SMP_OPTION_INVALID', peopleTexts.chooseARoleFromTheList);
  if (!isLine(invitee, 1, 80)) {
    throw new StippleError('SMP_OPTION_INVALID', peopleTexts.sayForWhom);
  }
  const { organisationId, personId: by } = actor;
  return await createInvitation(
    services.db,
    { organisationId, role: known, invitee: invitee.trim(), by },
    services.now(),
  );
}

/** Invitations of the actor's organisation that nobody has used yet. */
export async function pendingInvitations(
  { db, now }: Services,
  actor: Authorized<'people:manage'>,
): Promise<AccountLink[]> {
  return await listInvitations(db, actor.organisationId, now());
}

/** @throws StippleError SMP_NOT_FOUND when the organisation has no such invitation */
export async function withdrawInvitation(
  { db, now }: Services,
  actor: Authorized<'people:manage'>,
  id: string,
): Promise<void> {
  const { organisationId, personId } = actor;
  await db.transaction().execute(async (transaction) => {
    if (!(await deleteInvitation(transaction, { id, organisationId }))) throw new StippleError('SMP_NOT_FOUND');
    await recordAudit(transaction, { organisationId, personId, action: 'person.uninvite', subjectId: null }, now());
  });
}

/** What an invitation offers. @throws StippleError SMP_NOT_FOUND when it is not, or no longer, good */
export async function openInvitation({ db, now }: Services, token: string): Promise<Invitation> {
  const link = await findAccountLink(db, hashSecret(token), 'invitation', now());
  const organisation = link?.organisationId ? await findOrganisation(db, link.organisationId) : null;
  if (!link?.role || !organisation) throw new StippleError('SMP_NOT_FOUND', OVER);
  return {
    organisationId: organisation.id,
    organisationName: organisation.name,
    organisationKind: organisation.kind,
    role: link.role,
    invitee: link.invitee ?? '',
  };
}

/**
 * Makes the invited person's account and uses the link up.
 * @returns the person's id, or what is wrong with the form
 * @throws StippleError SMP_NOT_FOUND when the invitation is not, or no longer, good
 */
export async function acceptInvitation(
  services: Services,
  token: string,
  account: NewAccount,
): Promise<{ personId: string } | { faults: AccountFault[] }> {
  const { organisationId, organisationName, role } = await openInvitation(services, token);
  const faults = accountFaults(account, [organisationName]);
  if (faults.length > 0) return { faults };
  const passwordHash = await hashPassword(account.password);
  const now = services.now();
  const person = {
    organisationId,
    signInName: account.signInName.trim(),
    displayName: account.displayName.trim(),
    role,
    passwordHash,
  };
  const personId = await services.db.transaction().execute(async (transaction) => {
    const created = await createPerson(transaction, person, now);
    if (created === null) return null;
    // Last, so that the link stays good when the name was taken; it throws for the second of two at the same moment.
    if (!(await takeAccountLink(transaction, hashSecret(token), 'invitation', now))) {
      throw new StippleError('SMP_NOT_FOUND', OVER);
    }
    await recordAudit(
      transaction,
      { organisationId, personId: created, action: 'person.join', subjectId: created },
      now,
    );
    return created;
  });
  return personId === null ? { faults: [NAME_TAKEN] } : { personId };
}
