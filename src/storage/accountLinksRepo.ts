import * as z from 'zod';
import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

export type LinkPurpose = 'setup' | 'invitation' | 'reset';

const linkRowSchema = z.object({
  id: z.string(),
  organisationId: z.string().nullable(),
  personId: z.string().nullable(),
  role: z.enum(['owner', 'technician', 'supplierEditor', 'publisher']).nullable(),
  invitee: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
/** A one-time link as it is stored: everything but its token. */
export type AccountLink = Readonly<z.infer<typeof linkRowSchema>>;

const COLUMNS = ['id', 'organisationId', 'personId', 'role', 'invitee', 'createdAt', 'expiresAt'] as const;

/** Stores a link; those whose time is over go on the same occasion. @param link.tokenHash SHA-256, hexadecimal */
export async function createAccountLink(
  db: Database,
  link: {
    tokenHash: string;
    purpose: LinkPurpose;
    organisationId?: string | null;
    personId?: string | null;
    role?: AccountLink['role'];
    invitee?: string | null;
    expiresAt: Date;
  },
  now: Date,
): Promise<void> {
  await db.deleteFrom('accountLinks').where('expiresAt', '<=', now.toISOString()).execute();
  await db
    .insertInto('accountLinks')
    .values({
      id: createUlid(now.getTime()),
      tokenHash: link.tokenHash,
      purpose: link.purpose,
      organisationId: link.organisationId ?? null,
      personId: link.personId ?? null,
      role: link.role ?? null,
      invitee: link.invitee ?? null,
      createdAt: now.toISOString(),
      expiresAt: link.expiresAt.toISOString(),
    })
    .execute();
}

/** The link of a token, or null when there is none, it was used, or its time is over. */
export async function findAccountLink(
  db: Database,
  tokenHash: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<AccountLink | null> {
  const row = await db
    .selectFrom('accountLinks')
    .select(COLUMNS)
    .where('tokenHash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', now.toISOString())
    .executeTakeFirst();
  return row === undefined ? null : linkRowSchema.parse(row);
}

/** Uses a link up: of several at the same moment, one gets it. A set-up link takes the other set-up links with it. */
export async function takeAccountLink(
  transaction: Database,
  tokenHash: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<AccountLink | null> {
  const row = await transaction
    .deleteFrom('accountLinks')
    .where('tokenHash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', now.toISOString())
    .returning(COLUMNS)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (purpose === 'setup') await transaction.deleteFrom('accountLinks').where('purpose', '=', 'setup').execute();
  return linkRowSchema.parse(row);
}

/** An organisation's invitations that nobody has used yet, newest first. */
export async function listInvitations(db: Database, organisationId: string, now: Date): Promise<AccountLink[]> {
  const rows = await db
    .selectFrom('accountLinks')
    .select(COLUMNS)
    .where('purpose', '=', 'invitation')
    .where('organisationId', '=', organisationId)
    .where('expiresAt', '>', now.toISOString())
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => linkRowSchema.parse(row));
}

/** Withdraws one invitation of an organisation. False when there was none. */
export async function deleteInvitation(db: Database, of: { id: string; organisationId: string }): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('accountLinks')
    .where('id', '=', of.id)
    .where('organisationId', '=', of.organisationId)
    .where('purpose', '=', 'invitation')
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Withdraws the links that would set a person's password. */
export async function deleteResetLinks(db: Database, personId: string): Promise<void> {
  await db.deleteFrom('accountLinks').where('personId', '=', personId).execute();
}
