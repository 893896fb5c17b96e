import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweepRetention } from '../../../src/app/privacy/sweepRetention.ts';
import { createClient, findClient } from '../../../src/storage/clientsRepo.ts';
import { fileMatchIn } from '../../../src/storage/consultationMatchesRepo.ts';
import { createConsultation, findConsultation } from '../../../src/storage/consultationsRepo.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { createMatch, findMatch } from '../../../src/storage/matchesRepo.ts';
import type { PhotoStore } from '../../../src/storage/photoStore.ts';
import { findPhoto, savePhoto } from '../../../src/storage/photosRepo.ts';
import { saveStudioPolicy } from '../../../src/storage/studioPoliciesRepo.ts';
import type { Database } from '../../../src/storage/tables.ts';
import { newConsultation } from '../../storage/consultationsContract.ts';
import { photoOf } from '../../storage/matchesContract.ts';
import { createStudio, newMatch } from '../../storage/storageContract.ts';

const NOW = new Date('2026-06-30T12:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 60 * 60 * 1000);

let folder: string;
let db: Database;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-retention-'));
  db = await openDatabase({ sqliteFile: join(folder, 'stipple.db') });
});
afterAll(async () => {
  await db?.destroy();
  await rm(folder, { recursive: true, force: true });
});

const deleted: string[] = [];
const photos = { delete: async (key: string) => void deleted.push(key) } as unknown as PhotoStore;

/** A consultation with one photo that was last changed so many days ago. */
async function record(organisationId: string, name: string, days: number) {
  const at = daysAgo(days);
  const client = await createClient(db, organisationId, name, at);
  const consultationId = await createConsultation(db, organisationId, newConsultation(client.id), at);
  const { match } = await createMatch(db, { organisationId }, newMatch(), at);
  await savePhoto(db, photoOf(match.id, `photo of ${name}`), at);
  await fileMatchIn(db, { organisationId }, match.id, { organisationId, consultationId, alias: name }, at);
  return { clientId: client.id, consultationId, matchId: match.id };
}

it('ends photos and consultations after the studio’s own periods and touches no other studio', async () => {
  const { organisationId } = await createStudio(db);
  const { organisationId: other } = await createStudio(db);
  await saveStudioPolicy(db, organisationId, { photoDays: 30, consultationDays: 365 }, NOW);
  const fresh = await record(organisationId, 'fresh', 10);
  const old = await record(organisationId, 'old', 40);
  const ancient = await record(organisationId, 'ancient', 400);
  const elsewhere = await record(other, 'elsewhere', 4000);
  const unfiled = (await createMatch(db, { organisationId }, newMatch(), daysAgo(31))).match;
  const young = (await createMatch(db, { organisationId }, newMatch(), daysAgo(29))).match;

  expect(await sweepRetention({ db, photos, now: () => NOW })).toEqual({ pictures: 1, records: 2 });

  expect(deleted.sort()).toEqual(['photo of ancient', 'photo of old']);
  const owner = { organisationId };
  expect(await findPhoto(db, owner, fresh.matchId, 'display')).not.toBeNull();
  expect(await findPhoto(db, owner, old.matchId, 'display')).toBeNull();
  expect(await findConsultation(db, organisationId, old.consultationId)).not.toBeNull();
  expect(await findConsultation(db, organisationId, ancient.consultationId)).toBeNull();
  expect(await findClient(db, organisationId, ancient.clientId)).toBeNull();
  expect(await findMatch(db, owner, ancient.matchId)).toBeNull();
  expect(await findMatch(db, owner, unfiled.id)).toBeNull();
  expect(await findMatch(db, owner, young.id)).not.toBeNull();
  expect(await findPhoto(db, { organisationId: other }, elsewhere.matchId, 'display')).not.toBeNull();

  expect(await sweepRetention({ db, photos, now: () => NOW })).toEqual({ pictures: 0, records: 0 });
});

it('keeps a client who still has a younger consultation', async () => {
  const { organisationId } = await createStudio(db);
  await saveStudioPolicy(db, organisationId, { consultationDays: 100 }, NOW);
  const { clientId, consultationId } = await record(organisationId, 'regular', 200);
  const younger = await createConsultation(db, organisationId, newConsultation(clientId), daysAgo(5));
  await sweepRetention({ db, photos, now: () => NOW });
  expect(await findConsultation(db, organisationId, consultationId)).toBeNull();
  expect(await findConsultation(db, organisationId, younger)).toMatchObject({ alias: 'regular' });
});
