import * as z from 'zod';
import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

const personRowSchema = z.object({
  id: z.string(),
  organisationId: z.string(),
  organisationName: z.string(),
  organisationKind: z.enum(['studio', 'supplier']),
  signInName: z.string(),
  displayName: z.string(),
  role: z.enum(['owner', 'technician', 'supplierEditor', 'publisher']),
  disabledAt: z.string().nullable(),
  createdAt: z.string(),
});
/** A person with the organisation they belong to. Disabled people are kept: records name them. */
export type PersonRecord = Readonly<z.infer<typeof personRowSchema>>;

export interface NewPerson {
  readonly organisationId: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly role: PersonRecord['role'];
  readonly passwordHash: string;
}

/** The form in which sign-in names are compared: `Zoë@Studio.example` and ` zoë@studio.EXAMPLE` are one name. */
export function signInKeyOf(signInName: string): string {
  return signInName.normalize('NFKC').trim().toLowerCase();
}

/** @returns the new person's id, or null when somebody has this sign-in name already */
export async function createPerson(db: Database, person: NewPerson, now: Date): Promise<string | null> {
  const time = now.toISOString();
  const row = await db
    .insertInto('people')
    .values({
      ...person,
      id: createUlid(now.getTime()),
      signInKey: signInKeyOf(person.signInName),
      disabledAt: null,
      createdAt: time,
      updatedAt: time,
    })
    .onConflict((conflict) => conflict.column('signInKey').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function findPerson(db: Database, id: string): Promise<PersonRecord | null> {
  const row = await selectPeople(db).where('people.id', '=', id).executeTakeFirst();
  return row === undefined ? null : personRowSchema.parse(row);
}

/** Everybody of an organisation, or of all of them, in the order they came. */
export async function listPeople(db: Database, organisationId: string | null): Promise<PersonRecord[]> {
  let query = selectPeople(db);
  if (organisationId !== null) query = query.where('people.organisationId', '=', organisationId);
  const rows = await query.orderBy('people.id').execute();
  return rows.map((row) => personRowSchema.parse(row));
}

/** What a sign-in is checked against; null when nobody has this name. Disabled people are found too. */
export async function findCredentials(
  db: Database,
  signInName: string,
): Promise<{ personId: string; passwordHash: string; disabled: boolean } | null> {
  const row = await db
    .selectFrom('people')
    .select(['id', 'passwordHash', 'disabledAt'])
    .where('signInKey', '=', signInKeyOf(signInName))
    .executeTakeFirst();
  return row === undefined
    ? null
    : { personId: row.id, passwordHash: row.passwordHash, disabled: row.disabledAt !== null };
}

export async function findPasswordHash(db: Database, personId: string): Promise<string | null> {
  const row = await db.selectFrom('people').select('passwordHash').where('id', '=', personId).executeTakeFirst();
  return row?.passwordHash ?? null;
}

/** Stores what changed of a person. False when there is no such person in the organisation. */
export async function changePerson(
  db: Database,
  of: { id: string; organisationId: string },
  change: { role?: PersonRecord['role']; disabledAt?: Date | null; passwordHash?: string },
  now: Date,
): Promise<boolean> {
  const { disabledAt, ...rest } = change;
  const { numUpdatedRows } = await db
    .updateTable('people')
    .set({
      ...rest,
      ...(disabledAt === undefined ? {} : { disabledAt: disabledAt?.toISOString() ?? null }),
      updatedAt: now.toISOString(),
    })
    .where('id', '=', of.id)
    .where('organisationId', '=', of.organisationId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Whether anybody has an account on this server. */
export async function hasPeople(db: Database): Promise<boolean> {
  return (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) !== undefined;
}

function selectPeople(db: Database) {
  return db
    .selectFrom('people')
    .innerJoin('organisations', 'organisations.id', 'people.organisationId')
    .select([
      'people.id',
      'people.organisationId',
      'people.signInName',
      'people.displayName',
      'people.role',
      'people.disabledAt',
      'people.createdAt',
      'organisations.name as organisationName',
      'organisations.kind as organisationKind',
    ]);
}
