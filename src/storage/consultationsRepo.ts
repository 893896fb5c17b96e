import { type ConsultationRecord, type ConsultationStatus, readConsultationRow } from './consultationRecord.ts';
import { writeConsultationWords } from './consultationWords.ts';
import { inTransaction } from './inTransaction.ts';
import { toJsonText } from './jsonText.ts';
import { lockConsultation } from './lockConsultation.ts';
import { storageKeysOfMatches } from './storageKeysOfMatches.ts';
import type { Database } from './tables.ts';
import { createUlid } from './ulid.ts';

/** What a technician writes down; null where it was not asked. */
export interface ConsultationDetails {
  readonly session: number;
  readonly goal: string | null;
  readonly pattern: string | null;
  readonly fitzpatrick: number | null;
  readonly skinNotes: string;
  readonly scarNotes: string;
  readonly expectations: string;
  readonly sessionNotes: string;
  readonly treatedOn: string | null;
  readonly recipe: object | null;
}

export interface NewConsultation extends ConsultationDetails {
  readonly clientId: string;
  readonly previousId: string | null;
  readonly technicianId: string;
  readonly technicianName: string;
  /** What the list shows until a match of its own says more. */
  readonly shadeText: string | null;
}

function rowOf({ recipe, ...details }: ConsultationDetails) {
  return { ...details, recipeJson: recipe === null ? null : toJsonText(recipe) };
}

/** Stores a new consultation as a draft and returns its id. Client and studio must be known to belong together. */
export async function createConsultation(
  db: Database,
  organisationId: string,
  { clientId, previousId, technicianId, technicianName, shadeText, ...details }: NewConsultation,
  now: Date,
): Promise<string> {
  const id = createUlid(now.getTime());
  const time = now.toISOString();
  await inTransaction(db, async (transaction) => {
    await transaction
      .insertInto('consultations')
      .values({
        id,
        organisationId,
        clientId,
        previousId,
        revision: 1,
        status: 'draft',
        statusAt: time,
        technicianId,
        technicianName,
        shadeText,
        ...rowOf(details),
        createdAt: time,
        updatedAt: time,
      })
      .execute();
    await writeConsultationWords(transaction, organisationId, id);
  });
  return id;
}

function withAlias(db: Database, organisationId: string) {
  return db
    .selectFrom('consultations')
    .innerJoin('clients', 'clients.id', 'consultations.clientId')
    .selectAll('consultations')
    .select('clients.alias')
    .where('consultations.organisationId', '=', organisationId);
}

/** The studio's consultation, or null when there is none with this id or it is another studio's. */
export async function findConsultation(
  db: Database,
  organisationId: string,
  id: string,
): Promise<ConsultationRecord | null> {
  const row = await withAlias(db, organisationId).where('consultations.id', '=', id).executeTakeFirst();
  return row === undefined ? null : readConsultationRow(row);
}

/** A client's consultations, newest first. */
export async function listConsultationsOfClient(
  db: Database,
  organisationId: string,
  clientId: string,
): Promise<ConsultationRecord[]> {
  const rows = await withAlias(db, organisationId)
    .where('consultations.clientId', '=', clientId)
    .orderBy('consultations.id', 'desc')
    .execute();
  return rows.map(readConsultationRow);
}

/** Whole consultations, oldest first, for exports: at most `limit` with an id after `after`. */
export async function listWholeConsultations(
  db: Database,
  organisationId: string,
  page: { limit: number; after: string },
): Promise<ConsultationRecord[]> {
  const rows = await withAlias(db, organisationId)
    .where('consultations.id', '>', page.after)
    .orderBy('consultations.id')
    .limit(page.limit)
    .execute();
  return rows.map(readConsultationRow);
}

/**
 * Stores changed details.
 * @param expectedRevision the revision the person saw
 * @returns false when somebody else changed it meanwhile or it is gone; then nothing is stored
 */
export async function saveConsultation(
  db: Database,
  organisationId: string,
  id: string,
  details: ConsultationDetails,
  expectedRevision: number,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('consultations')
    .set({ ...rowOf(details), revision: expectedRevision + 1, updatedAt: now.toISOString() })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .where('revision', '=', expectedRevision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function moveTo(
  db: Database,
  organisationId: string,
  id: string,
  change: { status: ConsultationStatus; changesNote?: string | null },
  now: Date,
): Promise<boolean> {
  const time = now.toISOString();
  const { numUpdatedRows } = await db
    .updateTable('consultations')
    .set({ ...change, statusAt: time, updatedAt: time })
    .where('organisationId', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The client has a link now. What they asked to change before stays readable until they answer again. */
export function markSent(db: Database, organisationId: string, id: string, now: Date): Promise<boolean> {
  return moveTo(db, organisationId, id, { status: 'sent' }, now);
}

/** The client agreed. */
export function recordApproval(db: Database, organisationId: string, id: string, now: Date): Promise<boolean> {
  return moveTo(db, organisationId, id, { status: 'approved', changesNote: null }, now);
}

/** The client asked for changes, in their own words. */
export function recordChangesAsked(
  db: Database,
  organisationId: string,
  id: string,
  note: string,
  now: Date,
): Promise<boolean> {
  return moveTo(db, organisationId, id, { status: 'changes', changesNote: note }, now);
}

/**
 * Keeps beside a consultation what the list shows of its matches; its words follow. One that was erased meanwhile stays so.
 * @param read what is to be shown, read once nobody else can describe this consultation before it is written
 */
export async function describeConsultation(
  db: Database,
  organisationId: string,
  id: string,
  read: (transaction: Database) => Promise<{ shadeText: string | null; thumbMatchId: string | null }>,
): Promise<void> {
  await inTransaction(db, async (transaction) => {
    if (!(await lockConsultation(transaction, id))) return;
    await transaction
      .updateTable('consultations')
      .set(await read(transaction))
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .execute();
    await writeConsultationWords(transaction, organisationId, id);
  });
}

/**
 * Deletes a consultation with its matches, decisions and photo records in one transaction.
 * @returns the storage keys of the photos, to be deleted from the photo store afterwards; null when there is none such
 */
export async function deleteConsultation(db: Database, organisationId: string, id: string): Promise<string[] | null> {
  return await db.transaction().execute(async (transaction) => {
    const filed = transaction.selectFrom('matches').select('id').where('consultationId', '=', id);
    const keys = await storageKeysOfMatches(transaction, filed);
    const { numDeletedRows } = await transaction
      .deleteFrom('consultations')
      .where('organisationId', '=', organisationId)
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows === 1n ? keys : null;
  });
}
