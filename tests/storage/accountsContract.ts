import { expect, it } from 'vitest';
import { createApiToken, deleteApiTokens, findApiToken, listApiTokens } from '../../src/storage/apiTokensRepo.ts';
import { recordAudit } from '../../src/storage/auditRepo.ts';
import {
  createBrowserSession,
  endSignIns,
  extendBrowserSession,
  findBrowserSession,
  listSignIns,
  rotateBrowserSession,
} from '../../src/storage/browserSessionsRepo.ts';
import {
  createMatch,
  findMatch,
  findSubmittedMatch,
  giveMatches,
  listMatches,
  saveResult,
} from '../../src/storage/matchesRepo.ts';
import { createOrganisation, findOrganisations } from '../../src/storage/organisationsRepo.ts';
import {
  changePerson,
  createPerson,
  findCredentials,
  findPerson,
  hasPeople,
  listPeople,
} from '../../src/storage/peopleRepo.ts';
import { findPhoto, savePhoto } from '../../src/storage/photosRepo.ts';
import { findSettings, saveSettings } from '../../src/storage/settingsRepo.ts';
import { photoOf } from './matchesContract.ts';
import {
  type ContractDatabase,
  createOwner,
  createStaff,
  createStudio,
  hashOf,
  later,
  NOON,
  newMatch,
} from './storageContract.ts';

export function testAccounts(open: () => ContractDatabase): void {
  it('gives a sign-in name to one person only, however it is written', async () => {
    const { db } = open();
    const { organisationId } = await createStudio(db);
    const person = {
      organisationId,
      signInName: 'Zoë@Studio.Example',
      displayName: 'Zoë',
      role: 'owner',
      passwordHash: 'x',
    } as const;
    const id = String(await createPerson(db, person, NOON));
    expect(await createPerson(db, { ...person, signInName: ' ZOË@studio.example ' }, NOON)).toBeNull();
    expect(await hasPeople(db)).toBe(true);
    expect(await findCredentials(db, 'zoë@STUDIO.example')).toEqual({
      personId: id,
      passwordHash: 'x',
      disabled: false,
    });
    expect(await findCredentials(db, 'nobody')).toBeNull();
    expect(await findPerson(db, id)).toMatchObject({
      signInName: 'Zoë@Studio.Example',
      organisationName: 'Studio Nord',
      organisationKind: 'studio',
      role: 'owner',
      disabledAt: null,
    });
  });

  it('changes people of the named organisation only', async () => {
    const { db } = open();
    const [{ organisationId }, other] = [await createStudio(db), await createStudio(db)];
    const id = await createStaff(db, organisationId);
    expect(await changePerson(db, { id, ...other }, { disabledAt: NOON }, NOON)).toBe(false);
    expect(await changePerson(db, { id, organisationId }, { disabledAt: NOON, role: 'technician' }, NOON)).toBe(true);
    expect(await findPerson(db, id)).toMatchObject({ disabledAt: NOON.toISOString(), role: 'technician' });
    expect(await changePerson(db, { id, organisationId }, { disabledAt: null, passwordHash: 'new' }, NOON)).toBe(true);
    expect((await listPeople(db, organisationId)).map((person) => person.disabledAt)).toEqual([null]);
    expect(await listPeople(db, other.organisationId)).toEqual([]);
    const supplier = await createOrganisation(db, { name: 'Studio Nord', kind: 'supplier' }, NOON);
    expect(await findOrganisations(db, { name: 'Studio Nord', kind: 'supplier' })).toEqual([{ id: supplier }]);
  });

  it('signs in under a new token, until idle, and out again', async () => {
    const { db } = open();
    const personId = await createStaff(db, (await createStudio(db)).organisationId);
    const days = { idleExpiresAt: later(1000), expiresAt: later(5000) };
    const made = await createBrowserSession(db, { tokenHash: hashOf('planted'), ...days }, NOON);
    const id = String(made?.id);
    await rotateBrowserSession(db, id, {
      tokenHash: hashOf('fresh'),
      ...days,
      signIn: { personId, signedInAt: NOON, signInExpiresAt: later(100) },
    });
    expect(await findBrowserSession(db, hashOf('planted'), NOON)).toBeNull();
    expect((await findBrowserSession(db, hashOf('fresh'), later(99)))?.signIn?.personId).toBe(personId);
    expect(await findBrowserSession(db, hashOf('fresh'), later(100))).toMatchObject({ id, signIn: null });
    await extendBrowserSession(db, id, later(1000), later(200));
    expect((await findBrowserSession(db, hashOf('fresh'), later(150)))?.signIn?.personId).toBe(personId);
    expect((await listSignIns(db, personId, later(150))).map((signIn) => signIn.id)).toEqual([id]);
    expect(await listSignIns(db, personId, later(200))).toEqual([]);
    await endSignIns(db, personId, { except: id });
    await endSignIns(db, personId, { only: 'another' });
    expect((await findBrowserSession(db, hashOf('fresh'), later(150)))?.signIn?.personId).toBe(personId);
    await endSignIns(db, personId);
    expect(await findBrowserSession(db, hashOf('fresh'), later(150))).toMatchObject({ id, signIn: null });
  });

  it('finds an API token until it expires or is revoked', async () => {
    const { db } = open();
    const personId = await createStaff(db, (await createStudio(db)).organisationId);
    const token = { personId, name: 'till', scopes: ['match', 'catalog:read'], expiresAt: later(100) };
    const id = await createApiToken(db, { ...token, tokenHash: hashOf('till') }, NOON);
    await createApiToken(db, { ...token, tokenHash: hashOf('other') }, NOON);
    expect((await listApiTokens(db, personId)).map(({ lastUsedOn }) => lastUsedOn)).toEqual([null, null]);
    expect(await findApiToken(db, hashOf('till'), later(99))).toEqual({ personId, scopes: token.scopes });
    expect(await findApiToken(db, hashOf('till'), later(100))).toBeNull();
    expect((await listApiTokens(db, personId)).find((each) => each.id === id)?.lastUsedOn).toBe('2026-03-01');
    expect(await deleteApiTokens(db, 'somebody else', id)).toBe(false);
    expect(await deleteApiTokens(db, personId, id)).toBe(true);
    expect(await findApiToken(db, hashOf('till'), NOON)).toBeNull();
    expect(await findApiToken(db, hashOf('other'), NOON)).not.toBeNull();
    await deleteApiTokens(db, personId);
    expect(await listApiTokens(db, personId)).toEqual([]);
  });

  it('keeps a studio’s matches, photos and settings from visitors and other studios', async () => {
    const { db } = open();
    const [studio, other, visitor] = [await createStudio(db), await createStudio(db), await createOwner(db)];
    const first = await createMatch(db, studio, newMatch({ idempotencyKey: 'form' }), NOON);
    const second = await createMatch(db, studio, newMatch({ idempotencyKey: 'form' }), NOON);
    expect(second).toMatchObject({ created: false, match: { id: first.match.id } });
    expect((await createMatch(db, other, newMatch({ idempotencyKey: 'form' }), NOON)).created).toBe(true);
    await savePhoto(db, photoOf(first.match.id, `studio photo ${first.match.id}`), NOON);
    await saveSettings(db, studio, { cupMl: 1 }, NOON);
    await saveSettings(db, studio, { cupMl: 2 }, NOON);
    expect(await findSettings(db, studio)).toEqual({ cupMl: 2 });
    expect(await findPhoto(db, studio, first.match.id, 'display')).not.toBeNull();
    for (const stranger of [other, visitor]) {
      expect(await findMatch(db, stranger, first.match.id)).toBeNull();
      expect(await findPhoto(db, stranger, first.match.id, 'display')).toBeNull();
      expect(await findSettings(db, stranger)).toBeNull();
    }
  });

  it('gives a visitor’s finished matches to a studio, and only to it', async () => {
    const { db } = open();
    const [studio, visitor, bystander] = [await createStudio(db), await createOwner(db), await createOwner(db)];
    const done = (await createMatch(db, visitor, newMatch({ idempotencyKey: 'done' }), NOON)).match;
    await saveResult(db, visitor, done.id, { options: {}, result: {}, engine: '1', catalogs: [] }, NOON);
    const running = (await createMatch(db, visitor, newMatch(), NOON)).match;
    await createMatch(db, bystander, newMatch(), NOON);
    expect(await giveMatches(db, visitor, studio, NOON)).toBe(1);
    expect((await listMatches(db, studio, { limit: 9 })).matches.map(({ id }) => id)).toEqual([done.id]);
    expect((await listMatches(db, visitor, { limit: 9 })).matches.map(({ id }) => id)).toEqual([running.id]);
    expect((await listMatches(db, bystander, { limit: 9 })).matches).toHaveLength(1);
    expect(await findSubmittedMatch(db, visitor, 'done')).toBeNull();
  });

  it('records what was done by ids alone', async () => {
    const { db } = open();
    const { organisationId } = await createStudio(db);
    await recordAudit(db, { organisationId, personId: null, action: 'person.disable', subjectId: 'subject' }, NOON);
    const rows = await db.selectFrom('auditEvents').selectAll().where('organisationId', '=', organisationId).execute();
    expect(rows).toMatchObject([{ at: NOON.toISOString(), action: 'person.disable', subjectId: 'subject' }]);
  });
}
