import { createHash, timingSafeEqual } from 'node:crypto';
import { StippleError } from '../../errors.ts';
import { isHeldBack } from '../../storage/flagDecisionsRepo.ts';
import {
  countOpening,
  findShareByToken,
  findSharePicture,
  listShareAnswers,
  listSharePictures,
  type ShareAnswer,
  type SharePictureKind,
  type ShareRecord,
} from '../../storage/sharesRepo.ts';
import { isPasswordOf } from '../people/passwords.ts';
import { hashSecret, SECRET_PATTERN } from '../people/secret.ts';
import type { Services } from '../services.ts';
import { type ShareContent, shareContentSchema } from './shareContent.ts';

/** What somebody who holds the link may see. */
export interface OpenShare {
  readonly share: ShareRecord;
  readonly content: ShareContent;
  readonly pictures: readonly SharePictureKind[];
  /** What was answered through this link, newest first. */
  readonly answers: readonly ShareAnswer[];
}

/**
 * The share behind a link while it is open. Changes nothing.
 * @throws StippleError SMP_NOT_FOUND for a link that never was, SMP_LINK_OVER once it has expired or was revoked, and as
 *   long as the studio has decided to wait or not to treat
 */
export async function findOpenShare(services: Services, token: string): Promise<ShareRecord> {
  const share = SECRET_PATTERN.test(token) ? await findShareByToken(services.db, hashSecret(token)) : null;
  if (!share) throw new StippleError('SMP_NOT_FOUND');
  if (share.revokedAt !== null || share.expiresAt <= services.now().toISOString()) {
    throw new StippleError('SMP_LINK_OVER');
  }
  if (await isHeldBack(services.db, share.consultationId)) throw new StippleError('SMP_LINK_OVER');
  return share;
}

export async function readShare(services: Services, share: ShareRecord): Promise<OpenShare> {
  const [pictures, answers] = await Promise.all([
    listSharePictures(services.db, share.id),
    listShareAnswers(services.db, [share.id]),
  ]);
  return { share, content: shareContentSchema.parse(share.content), pictures, answers };
}

/** @throws StippleError SMP_NOT_FOUND when this link does not show that picture */
export async function readSharePicture(
  services: Services,
  share: ShareRecord,
  kind: SharePictureKind,
): Promise<Buffer> {
  const key = await findSharePicture(services.db, share.id, kind);
  const bytes = key && (await services.photos.get(key));
  if (!bytes) throw new StippleError('SMP_NOT_FOUND');
  return bytes;
}

/** Somebody looked: told by the page's own script, so that a scanner that only fetches the address does not count. */
export function recordOpening(services: Services, share: ShareRecord): Promise<void> {
  return countOpening(services.db, share.id, services.now());
}

/** What a browser that knows the PIN carries: it follows from the salted hash, so nobody can make it up. */
export function keyOfPin(share: ShareRecord, token: string): string {
  return createHash('sha256').update(`${token} ${share.pinHash}`).digest('base64url');
}

export function isUnlocked(share: ShareRecord, token: string, key: string | null): boolean {
  if (share.pinHash === null) return true;
  const expected = Buffer.from(keyOfPin(share, token));
  const given = Buffer.from(key ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function isPinOf(share: ShareRecord, pin: string): Promise<boolean> {
  return isPasswordOf(share.pinHash, pin);
}
