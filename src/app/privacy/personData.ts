import { listMatchesOfConsultation } from '../../storage/consultationMatchesRepo.ts';
import { listConsultationsOfClient } from '../../storage/consultationsRepo.ts';
import { findPhoto } from '../../storage/photosRepo.ts';
import { listShareAnswers, listShares } from '../../storage/sharesRepo.ts';
import type { Authorized } from '../access.ts';
import { clientOf } from '../consultations/clients.ts';
import { consultationData } from '../consultations/exportConsultations.ts';
import type { Services } from '../services.ts';

/** A photo that is part of a person's data, to be downloaded by itself. */
export interface PersonPhoto {
  readonly href: string;
  readonly takenIn: string;
  readonly bytes: number;
}

/** Everything on record about a client, as they may ask for it; photos by their address. */
export async function personData(services: Services, actor: Authorized<'consultation:read'>, clientId: string) {
  const { db } = services;
  const { organisationId } = actor;
  const client = await clientOf(services, actor, clientId);
  const photos: PersonPhoto[] = [];
  const consultations: object[] = [];
  for (const consultation of await listConsultationsOfClient(db, organisationId, clientId)) {
    const matches = await listMatchesOfConsultation(db, consultation.id);
    for (const { id, createdAt } of matches) {
      const display = await findPhoto(db, { organisationId }, id, 'display');
      if (display) photos.push({ href: `/matches/${id}/display.jpg`, takenIn: createdAt, bytes: display.bytes });
    }
    const shares = await listShares(db, consultation.id);
    const answers = await listShareAnswers(
      db,
      shares.map(({ id }) => id),
    );
    consultations.push({
      ...(await consultationData(services, consultation)),
      results: matches.map(({ id, options, result }) => ({ match: id, options, result })),
      links: shares.map(({ createdAt, expiresAt, revokedAt, openedAt }) => ({
        createdAt,
        expiresAt,
        revokedAt,
        openedAt,
      })),
      answers: answers.map(({ kind, name, note, answeredAt }) => ({ kind, name, note, answeredAt })),
    });
  }
  return { client, consultations, photos };
}
