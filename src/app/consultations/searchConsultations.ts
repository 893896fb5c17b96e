import { listUnfiledMatches } from '../../storage/consultationMatchesRepo.ts';
import { CONSULTATION_STATUSES, type ConsultationStatus } from '../../storage/consultationRecord.ts';
import { type ConsultationPage, findConsultations } from '../../storage/consultationSearchRepo.ts';
import { listMatches } from '../../storage/matchesRepo.ts';
import type { MatchOwner, MatchRecord } from '../../storage/matchRecord.ts';
import { searchTerms } from '../../storage/searchWords.ts';
import { firstUlidOf } from '../../storage/ulid.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';

export interface ConsultationSearch {
  /** As typed: words of alias or shade, each at least by its start, and a year, month or day (2026, 2026-03, 2026-03-14). */
  readonly text: string;
  /** One of the statuses; anything else shows all. */
  readonly status: string;
  /** `next` of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

const DAYS = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** The ids of a year, month or day (UTC); null when the term is no date. */
function stretchOf(term: string): { from: string; to: string } | null {
  const found = DAYS.exec(term);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
  const start = new Date(Date.UTC(year!, (month ?? 1) - 1, day ?? 1));
  const end = day
    ? Date.UTC(year!, month! - 1, day + 1)
    : month
      ? Date.UTC(year!, month, 1)
      : Date.UTC(year! + 1, 0, 1);
  return start.getTime() < 0 ? null : { from: firstUlidOf(start), to: firstUlidOf(new Date(end)) };
}

/** One page of the studio's consultations, newest first. */
export function searchConsultations(
  services: Services,
  actor: Authorized<'consultation:read'>,
  { text, status, before, limit }: ConsultationSearch,
): Promise<ConsultationPage> {
  const known = (CONSULTATION_STATUSES as readonly string[]).includes(status);
  const typed = searchTerms(text);
  const date = typed.find((term) => stretchOf(term) !== null);
  const days = date === undefined ? null : stretchOf(date);
  return findConsultations(services.db, actor.organisationId, {
    terms: typed.filter((term) => term !== date),
    status: known ? (status as ConsultationStatus) : null,
    from: days?.from,
    to: before !== undefined && (!days || before < days.to) ? before : days?.to,
    limit,
  });
}

const UNFILED = 6;

/** Matches that still have to be saved in a consultation: the studio's, and try-outs of this browser before signing in. */
export async function unfiledOf(
  services: Services,
  actor: Authorized<'consultation:read'>,
  session: MatchOwner | null,
): Promise<MatchRecord[]> {
  const own = await listUnfiledMatches(services.db, actor.organisationId, UNFILED);
  const tried = session ? (await listMatches(services.db, session, { limit: UNFILED })).matches : [];
  return [...own, ...tried].slice(0, UNFILED);
}
