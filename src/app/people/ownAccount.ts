import { StippleError } from '../../errors.ts';
import { peopleTexts } from '../../language/texts/people.ts';
import { type ApiTokenRecord, createApiToken, deleteApiTokens, listApiTokens } from '../../storage/apiTokensRepo.ts';
import { recordAudit } from '../../storage/auditRepo.ts';
import { endSignIns, listSignIns } from '../../storage/browserSessionsRepo.ts';
import { changePerson, findPasswordHash, findPerson } from '../../storage/peopleRepo.ts';
import { type Authorized, SCOPES, scopesFor } from '../access.ts';
import type { Services } from '../services.ts';
import { type AccountFault, isLine, passwordFault } from './accountFaults.ts';
import { TOKEN_PREFIX } from './findActor.ts';
import { hashPassword, isPasswordOf } from './passwords.ts';
import { createSecret } from './secret.ts';

type Self = Authorized<'self:manage'>;

const DAY_MS = 24 * 60 * 60 * 1000;
export const TOKEN_DAYS = [30, 90, 365] as const;

export interface OwnAccount {
  readonly signInName: string;
  readonly signIns: readonly { id: string; signedInAt: string; signInExpiresAt: string }[];
  readonly tokens: readonly ApiTokenRecord[];
}

export async function readOwnAccount({ db, now }: Services, actor: Self): Promise<OwnAccount> {
  const { personId } = actor;
  const person = await findPerson(db, personId);
  return {
    signInName: person?.signInName ?? '',
    signIns: await listSignIns(db, personId, now()),
    tokens: await listApiTokens(db, personId),
  };
}

/**
 * Changes the actor's own password and signs them out of every other browser.
 * @param sessionId the browser session that stays signed in
 * @returns what is wrong with the form; nothing when it is done
 */
export async function changePassword(
  { db, now }: Services,
  actor: Self,
  form: { current: string; password: string },
  sessionId: string | undefined,
): Promise<AccountFault[]> {
  const { personId: id, organisationId, organisationName, displayName } = actor;
  if (!(await isPasswordOf(await findPasswordHash(db, id), form.current))) {
    return [{ field: 'current', text: peopleTexts.notCurrentPassword }];
  }
  const signInName = (await findPerson(db, id))?.signInName ?? '';
  const fault = passwordFault(form.password, [signInName, displayName, organisationName]);
  if (fault) return [{ field: 'password', text: fault }];
  const passwordHash = await hashPassword(form.password);
  await db.transaction().execute(async (transaction) => {
    await changePerson(transaction, { id, organisationId }, { passwordHash }, now());
    await endSignIns(transaction, id, { except: sessionId });
    await recordAudit(transaction, { organisationId, personId: id, action: 'person.password', subjectId: id }, now());
  });
  return [];
}

/** Signs the actor out of one browser, or of all of them. */
export async function endOwnSignIns({ db, now }: Services, actor: Self, only?: string): Promise<void> {
  const { organisationId, personId } = actor;
  await endSignIns(db, personId, { only });
  await recordAudit(db, { organisationId, personId, action: 'person.signOut', subjectId: personId }, now());
}

/**
 * Makes an API token that may do no more than its maker.
 * @returns the token, which is not kept
 * @throws StippleError SMP_OPTION_INVALID saying what is missing
 */
export async function makeToken(
  { db, now }: Services,
  actor: Self,
  form: { name: string; scopes: readonly string[]; days: number },
): Promise<string> {
  if (!isLine(form.name, 1, 60)) {
    throw new StippleError('SMP_OPTION_INVALID', peopleTexts.sayWhatTokenIsFor);
  }
  const allowed = scopesFor(actor);
  const scopes = SCOPES.filter((scope) => form.scopes.includes(scope) && allowed.includes(scope));
  if (scopes.length === 0) throw new StippleError('SMP_OPTION_INVALID', peopleTexts.chooseScope);
  if (!(TOKEN_DAYS as readonly number[]).includes(form.days)) {
    throw new StippleError('SMP_OPTION_INVALID', peopleTexts.chooseHowLong);
  }
  const { secret, hash } = createSecret();
  const { organisationId, personId } = actor;
  const expiresAt = new Date(now().getTime() + form.days * DAY_MS);
  await db.transaction().execute(async (transaction) => {
    const token = { personId, name: form.name.trim(), tokenHash: hash, scopes, expiresAt };
    const subjectId = await createApiToken(transaction, token, now());
    await recordAudit(transaction, { organisationId, personId, action: 'token.create', subjectId }, now());
  });
  return `${TOKEN_PREFIX}${secret}`;
}

/** @throws StippleError SMP_NOT_FOUND when the actor has no such token */
export async function revokeToken({ db, now }: Services, actor: Self, id: string): Promise<void> {
  const { organisationId, personId } = actor;
  if (!(await deleteApiTokens(db, personId, id))) throw new StippleError('SMP_NOT_FOUND');
  await recordAudit(db, { organisationId, personId, action: 'token.revoke', subjectId: id }, now());
}
