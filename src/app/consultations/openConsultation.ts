import * as z from 'zod';
import { StippleError } from '../../errors.ts';
import { consultationsTexts } from '../../language/texts/consultations.ts';
import { type ClientRecord, createClient, findClient } from '../../storage/clientsRepo.ts';
import { consultationIdOf, fileMatchIn, listPlanMatches } from '../../storage/consultationMatchesRepo.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { createConsultation, describeConsultation, findConsultation } from '../../storage/consultationsRepo.ts';
import { findMatch } from '../../storage/matchesRepo.ts';
import type { MatchOwner } from '../../storage/matchRecord.ts';
import type { Database } from '../../storage/tables.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { recipeSchema, recipeText, shadeTextOf } from './recipe.ts';

const aliasSchema = z.string().trim().min(1).max(60);

/** Who a consultation is with: a client on record, or a new one by alias. */
export type ClientChoice = { readonly clientId: string } | { readonly alias: string };

const NOTHING_ASKED = {
  session: 1,
  goal: null,
  pattern: null,
  fitzpatrick: null,
  skinNotes: '',
  scarNotes: '',
  expectations: '',
  sessionNotes: '',
  treatedOn: null,
  recipe: null,
} as const;

/** @throws StippleError SMP_OPTION_INVALID when it is empty or longer than 60 characters */
export function readAlias(text: string): string {
  const parsed = aliasSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new StippleError('SMP_OPTION_INVALID', consultationsTexts.writeAlias);
}

/** @throws StippleError SMP_NOT_FOUND for a client the studio does not have, SMP_OPTION_INVALID for an unusable alias */
async function settleClient(
  db: Database,
  actor: Authorized<'consultation:write'>,
  choice: ClientChoice,
  now: Date,
): Promise<ClientRecord> {
  if ('alias' in choice) return createClient(db, actor.organisationId, readAlias(choice.alias), now);
  const client = await findClient(db, actor.organisationId, choice.clientId);
  if (!client) throw new StippleError('SMP_NOT_FOUND', consultationsTexts.clientNotOnRecord);
  return client;
}

async function openDraft(db: Database, actor: Authorized<'consultation:write'>, choice: ClientChoice, now: Date) {
  const client = await settleClient(db, actor, choice, now);
  return createConsultation(
    db,
    actor.organisationId,
    {
      ...NOTHING_ASKED,
      clientId: client.id,
      previousId: null,
      technicianId: actor.personId,
      technicianName: actor.displayName,
      shadeText: null,
    },
    now,
  );
}

/** Opens a draft with a client, for the person who does it. @returns the consultation's id */
export async function openConsultation(
  services: Services,
  actor: Authorized<'consultation:write'>,
  choice: ClientChoice,
): Promise<string> {
  return await services.db
    .transaction()
    .execute((transaction) => openDraft(transaction, actor, choice, services.now()));
}

/**
 * Files a match, the studio's own or the try-out of the person who signed in, in a consultation: an open one, or a new
 * one with a client. A match that is filed already stays where it is, so that sending the form twice makes one.
 * @param owners whose the match may be
 * @returns the consultation the match is in
 * @throws StippleError SMP_NOT_FOUND when match or consultation are not theirs
 */
export async function fileMatch(
  services: Services,
  actor: Authorized<'consultation:write'>,
  owners: readonly MatchOwner[],
  matchId: string,
  into: ClientChoice | { readonly consultationId: string },
): Promise<string> {
  const { organisationId } = actor;
  const filed = await consultationIdOf(services.db, organisationId, matchId);
  if (filed !== null) return filed;
  const now = services.now();
  const id = await services.db.transaction().execute(async (transaction) => {
    const owner = await ownerOf(transaction, owners, matchId);
    const consultationId =
      'consultationId' in into ? into.consultationId : await openDraft(transaction, actor, into, now);
    const consultation = await findConsultation(transaction, organisationId, consultationId);
    if (!consultation) throw new StippleError('SMP_NOT_FOUND', consultationsTexts.consultationNotOnRecord);
    const { alias } = consultation;
    if (!(await fileMatchIn(transaction, owner, matchId, { organisationId, consultationId, alias }, now))) {
      throw new StippleError('SMP_NOT_FOUND', consultationsTexts.filedElsewhere);
    }
    return consultationId;
  });
  await refreshConsultation(services, organisationId, id);
  return id;
}

async function ownerOf(db: Database, owners: readonly MatchOwner[], matchId: string): Promise<MatchOwner> {
  for (const owner of owners) if (await findMatch(db, owner, matchId)) return owner;
  throw new StippleError('SMP_NOT_FOUND');
}

/** Brings what a list shows of a consultation in line with its matches: the newest measured one speaks. */
export async function refreshConsultation(services: Services, organisationId: string, id: string): Promise<void> {
  // Read and written as one: of two refreshes at once the later reads what both were about.
  await describeConsultation(services.db, organisationId, id, async (transaction) => {
    const consultation = await findConsultation(transaction, organisationId, id);
    return consultation ? await shownOf(transaction, consultation) : { shadeText: null, thumbMatchId: null };
  });
}

async function shownOf(db: Database, consultation: ConsultationRecord) {
  const matches = await listPlanMatches(db, consultation.id);
  const measured = matches.find(({ status }) => status === 'done') ?? null;
  const carried = consultation.recipe === null ? null : recipeText(recipeSchema.parse(consultation.recipe));
  return {
    shadeText: (measured && shadeTextOf(measured, consultation.session)) ?? carried,
    thumbMatchId: measured?.id ?? null,
  };
}

/** For whoever has stored a result or a choice: brings the consultation of a studio's match in line, if it has one. */
export async function refreshAfterMatch(services: Services, owner: MatchOwner, matchId: string): Promise<void> {
  if (!('organisationId' in owner)) return;
  const id = await consultationIdOf(services.db, owner.organisationId, matchId);
  if (id !== null) await refreshConsultation(services, owner.organisationId, id);
}

/** The consultation a match of the studio is filed in; null when it is in none. */
export function consultationOfMatch(
  services: Services,
  actor: Authorized<'consultation:write'>,
  matchId: string,
): Promise<string | null> {
  return consultationIdOf(services.db, actor.organisationId, matchId);
}
