import { expect, it } from 'vitest';
import {
  countOfClient,
  createClient,
  deleteClient,
  findClient,
  findClientsByAlias,
  listClients,
  renameClient,
} from '../../src/storage/clientsRepo.ts';
import { fileMatchIn, listMatchesOfConsultation } from '../../src/storage/consultationMatchesRepo.ts';
import { findConsultations } from '../../src/storage/consultationSearchRepo.ts';
import {
  createConsultation,
  deleteConsultation,
  describeConsultation,
  findConsultation,
  listWholeConsultations,
  markSent,
  type NewConsultation,
  recordApproval,
  recordChangesAsked,
  saveConsultation,
} from '../../src/storage/consultationsRepo.ts';
import { listFlagDecisions, saveFlagDecisions } from '../../src/storage/flagDecisionsRepo.ts';
import { createMatch, findMatch } from '../../src/storage/matchesRepo.ts';
import { savePhoto } from '../../src/storage/photosRepo.ts';
import { findStudioPolicy, listStudioPolicies, saveStudioPolicy } from '../../src/storage/studioPoliciesRepo.ts';
import type { Database } from '../../src/storage/tables.ts';
import { photoOf } from './matchesContract.ts';
import { type ContractDatabase, createOwner, createStudio, later, NOON, newMatch } from './storageContract.ts';

export function newConsultation(clientId: string, change: Partial<NewConsultation> = {}): NewConsultation {
  return {
    clientId,
    previousId: null,
    technicianId: 'person',
    technicianName: 'Ada',
    shadeText: null,
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
    ...change,
  };
}

async function open(db: Database, organisationId: string, alias: string, shadeText: string | null = null, ms = 0) {
  const client = await createClient(db, organisationId, alias, later(ms));
  return createConsultation(db, organisationId, newConsultation(client.id, { shadeText }), later(ms));
}

export function testConsultations(contract: () => ContractDatabase): void {
  it('keeps clients and consultations of one studio from another', async () => {
    const { db } = contract();
    const [{ organisationId: ours }, { organisationId: theirs }] = [await createStudio(db), await createStudio(db)];
    const client = await createClient(db, ours, 'J.', NOON);
    const id = await createConsultation(db, ours, newConsultation(client.id, { recipe: { code: 'DA-03' } }), NOON);
    expect(await findConsultation(db, ours, id)).toMatchObject({
      alias: 'J.',
      status: 'draft',
      revision: 1,
      recipe: { code: 'DA-03' },
    });
    expect(await findConsultation(db, theirs, id)).toBeNull();
    expect(await findClient(db, theirs, client.id)).toBeNull();
    expect(await renameClient(db, theirs, client.id, 'K.', NOON)).toBe(false);
    expect(await markSent(db, theirs, id, NOON)).toBe(false);
    expect(await deleteConsultation(db, theirs, id)).toBeNull();
    expect(await deleteClient(db, theirs, client.id)).toBeNull();
    expect((await findConsultations(db, theirs, { terms: [], status: null, limit: 5 })).consultations).toEqual([]);
    expect((await findConsultation(db, ours, id))?.status).toBe('draft');
  });

  it('stores a change only on the revision that was seen', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    const id = await open(db, organisationId, 'Ines');
    const {
      clientId: _c,
      previousId: _p,
      technicianId: _t,
      technicianName: _n,
      shadeText: _s,
      ...details
    } = newConsultation('');
    expect(await saveConsultation(db, organisationId, id, { ...details, goal: 'scar' }, 1, NOON)).toBe(true);
    expect(await saveConsultation(db, organisationId, id, { ...details, goal: 'density' }, 1, NOON)).toBe(false);
    expect(await findConsultation(db, organisationId, id)).toMatchObject({ goal: 'scar', revision: 2 });
  });

  it('moves from sent to changes asked to approved, with the client’s words in between', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    const id = await open(db, organisationId, 'Ines');
    expect(await markSent(db, organisationId, id, later(1))).toBe(true);
    expect(await findConsultation(db, organisationId, id)).toMatchObject({
      status: 'sent',
      statusAt: later(1).toISOString(),
    });
    await recordChangesAsked(db, organisationId, id, 'a bit lighter, please', later(2));
    expect(await findConsultation(db, organisationId, id)).toMatchObject({
      status: 'changes',
      changesNote: 'a bit lighter, please',
    });
    const changes = await findConsultations(db, organisationId, { terms: [], status: 'changes', limit: 5 });
    expect(changes.consultations.map((entry) => entry.id)).toEqual([id]);
    await recordApproval(db, organisationId, id, later(3));
    expect(await findConsultation(db, organisationId, id)).toMatchObject({ status: 'approved', changesNote: null });
  });

  it('finds by the start of any word, accents and case aside, all words together, newest first in pages', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    const zoe = await open(db, organisationId, 'Zoë Müller', 'DA-03 · 12 : 1', 1);
    const jonas = await open(db, organisationId, 'Jonas M.', 'DA-03 · 14 : 1', 2);
    const joker = await open(db, organisationId, 'J%_', 'NW-07 · as bottled', 3);
    const find = async (...terms: string[]) =>
      (await findConsultations(db, organisationId, { terms, status: null, limit: 5 })).consultations.map(
        ({ id }) => id,
      );
    expect(await find()).toEqual([joker, jonas, zoe]);
    expect(await find('zoe')).toEqual([zoe]);
    expect(await find('mul')).toEqual([zoe]);
    expect(await find('da-03')).toEqual([jonas, zoe]);
    expect(await find('da-03', 'jon')).toEqual([jonas]);
    expect(await find('m')).toEqual([jonas]);
    expect(await find('ul')).toEqual([]);
    expect(await find('j%_')).toEqual([joker]);
    expect(await find('nobody')).toEqual([]);
    const days = { from: jonas, to: joker };
    const among = await findConsultations(db, organisationId, { terms: ['da'], status: null, limit: 5, ...days });
    expect(among.consultations.map(({ id }) => id)).toEqual([jonas]);

    const first = await findConsultations(db, organisationId, { terms: ['da'], status: null, limit: 1 });
    expect(first.consultations[0]).toMatchObject({ alias: 'Jonas M.', shadeText: 'DA-03 · 14 : 1', session: 1 });
    expect(first.next).toBe(jonas);
    const to = first.next ?? undefined;
    const second = await findConsultations(db, organisationId, { terms: ['da'], status: null, limit: 1, to });
    expect(second).toMatchObject({ consultations: [{ id: zoe }], next: null });
  });

  it('finds the same whether a word is rare or common', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    const ids: string[] = [];
    for (let i = 0; i < 2; i++) ids.push(await open(db, organisationId, `Common ${i}`, null, i));
    // More entries than are read one by one, without as many consultations.
    const filler = Array.from({ length: 8100 }, (_, i) => ({
      organisationId,
      word: `common${i}`,
      consultationId: ids[0]!,
    }));
    for (let at = 0; at < filler.length; at += 500) {
      await db
        .insertInto('consultationWords')
        .values(filler.slice(at, at + 500))
        .execute();
    }
    const find = async (terms: string[], status: 'draft' | 'sent' | null = null) =>
      (await findConsultations(db, organisationId, { terms, status, limit: 5 })).consultations.map(({ id }) => id);
    expect(await find(['common'])).toContain(ids[1]);
    expect(await find(['common'], 'draft')).toEqual([ids[1], ids[0]]);
    expect(await find(['common'], 'sent')).toEqual([]);
    expect(await find(['common', '1'])).toEqual([ids[1]]);
  });

  it('follows a common start of few words to its oldest consultation, page by page, each once', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    const oldest = await open(db, organisationId, 'Maria Marc', null, 0);
    await markSent(db, organisationId, oldest, NOON);
    const model = await db.selectFrom('consultations').selectAll().where('id', '=', oldest).executeTakeFirstOrThrow();
    const rows = Array.from({ length: 2100 }, (_, i) => ({
      ...model,
      // Later than the oldest one, whatever time its id tells: ids never go back within a process.
      id: `${oldest.slice(0, 10)}ZZZZZZZZZZ${100_000 + i}`,
      status: 'draft',
    }));
    const words = rows.flatMap(({ id }, i) =>
      ['maria', 'marc', 'zoe'].flatMap((word, at) =>
        i % 3 !== at ? [{ organisationId, word, consultationId: id }] : [],
      ),
    );
    await db.transaction().execute(async (transaction) => {
      for (let at = 0; at < rows.length; at += 700) {
        await transaction
          .insertInto('consultations')
          .values(rows.slice(at, at + 700))
          .execute();
      }
      for (let at = 0; at < words.length; at += 700) {
        await transaction
          .insertInto('consultationWords')
          .values(words.slice(at, at + 700))
          .execute();
      }
    });
    const ids = rows.map(({ id }) => id).reverse();
    const find = (terms: string[], status: 'sent' | null = null, to?: string) =>
      findConsultations(db, organisationId, { terms, status, limit: 5, to });
    const first = await find(['ma']);
    expect(first.consultations.map(({ id }) => id)).toEqual(ids.slice(0, 5));
    const second = await find(['ma'], null, first.next ?? '');
    expect(second.consultations.map(({ id }) => id)).toEqual(ids.slice(5, 10));
    const both = ids.filter((_, i) => (rows.length - 1 - i) % 3 === 2);
    expect((await find(['maria', 'marc'])).consultations.map(({ id }) => id)).toEqual(both.slice(0, 5));
    const end = await find(['ma'], null, ids.at(-1));
    expect(end).toMatchObject({ consultations: [{ id: oldest, alias: 'Maria Marc' }], next: null });
    // Farther back than one page looks: the next one goes on from there.
    const far = await find(['ma'], 'sent');
    expect(far.consultations).toEqual([]);
    expect(await find(['ma'], 'sent', far.next ?? '')).toMatchObject({ consultations: [{ id: oldest }], next: null });
  });

  it('follows a client’s new alias and a new shade', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    const client = await createClient(db, organisationId, 'Old Name', NOON);
    const id = await createConsultation(db, organisationId, newConsultation(client.id), NOON);
    await renameClient(db, organisationId, client.id, 'New Name', NOON);
    await describeConsultation(db, organisationId, id, async () => ({
      shadeText: 'DA-05 · 9 : 1',
      thumbMatchId: null,
    }));
    const find = async (term: string) =>
      (await findConsultations(db, organisationId, { terms: [term], status: null, limit: 5 })).consultations.length;
    expect([await find('old'), await find('new'), await find('da-05')]).toEqual([0, 1, 1]);
    expect((await findClientsByAlias(db, organisationId, 'NEW name')).map((found) => found.id)).toEqual([client.id]);
  });

  it('lists clients newest first, and by the start of their alias in pages', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    for (const [i, alias] of ['Anna', 'anna b.', 'Anton', 'Bea'].entries()) {
      await createClient(db, organisationId, alias, later(i));
    }
    const aliases = async (start?: string, after?: string) => {
      const page = await listClients(db, organisationId, { limit: 2, start, after });
      return { aliases: page.clients.map(({ alias }) => alias), next: page.next };
    };
    expect((await aliases()).aliases).toEqual(['Bea', 'Anton']);
    const first = await aliases('an');
    expect(first.aliases).toEqual(['Anna', 'anna b.']);
    expect(await aliases('an', first.next ?? '')).toEqual({ aliases: ['Anton'], next: null });
  });

  it('takes a visitor’s match into a consultation once, and erases it with the client', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    const visitor = await createOwner(db);
    const client = await createClient(db, organisationId, 'Kai', NOON);
    const consultationId = await createConsultation(db, organisationId, newConsultation(client.id), NOON);
    const { match } = await createMatch(db, visitor, newMatch({ idempotencyKey: 'key' }), NOON);
    await savePhoto(db, photoOf(match.id, 'kai'), NOON);
    const place = { organisationId, consultationId, alias: 'Kai' };
    expect(await fileMatchIn(db, await createOwner(db), match.id, place, NOON)).toBe(false);
    expect(await fileMatchIn(db, visitor, match.id, place, NOON)).toBe(true);
    expect(await fileMatchIn(db, visitor, match.id, place, NOON)).toBe(false);
    expect(await findMatch(db, visitor, match.id)).toBeNull();
    expect(await findMatch(db, { organisationId }, match.id)).toMatchObject({ alias: 'Kai' });
    expect((await listMatchesOfConsultation(db, consultationId)).map(({ id }) => id)).toEqual([match.id]);
    await saveFlagDecisions(db, consultationId, [
      { flagId: 'a', flagText: 'A', level: 'wait', decision: 'absent', note: '', decidedByName: 'Ada', decidedAt: 'x' },
    ]);
    expect(await countOfClient(db, organisationId, client.id)).toEqual({
      consultations: 1,
      matches: 1,
      pictures: 1,
      decisions: 1,
      links: 0,
    });
    expect(await deleteClient(db, organisationId, client.id)).toEqual(['kai']);
    expect(await findMatch(db, { organisationId }, match.id)).toBeNull();
    expect(await findConsultation(db, organisationId, consultationId)).toBeNull();
    expect(await listFlagDecisions(db, consultationId)).toEqual([]);
    expect(
      await db.selectFrom('consultationWords').selectAll().where('consultationId', '=', consultationId).execute(),
    ).toEqual([]);
  });

  it('keeps the latest decision about a flag and a repeat after its model is erased', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    const client = await createClient(db, organisationId, 'Lea', NOON);
    const first = await createConsultation(db, organisationId, newConsultation(client.id), NOON);
    const repeat = newConsultation(client.id, { previousId: first, session: 2 });
    const second = await createConsultation(db, organisationId, repeat, later(1));
    const decision = { flagId: 'a', flagText: 'A', level: 'wait', note: '', decidedByName: 'Ada', decidedAt: 'x' };
    await saveFlagDecisions(db, second, [{ ...decision, decision: 'wait' }]);
    await saveFlagDecisions(db, second, [{ ...decision, decision: 'absent', decidedByName: 'Bo' }]);
    expect(await listFlagDecisions(db, second)).toMatchObject([{ decision: 'absent', decidedByName: 'Bo' }]);
    expect((await listWholeConsultations(db, organisationId, { limit: 5, after: first })).map(({ id }) => id)).toEqual([
      second,
    ]);
    expect(await deleteConsultation(db, organisationId, first)).toEqual([]);
    expect(await findConsultation(db, organisationId, second)).toMatchObject({ previousId: null, session: 2 });
  });

  it('keeps one policy a studio', async () => {
    const { db } = contract();
    const { organisationId } = await createStudio(db);
    expect(await findStudioPolicy(db, organisationId)).toBeNull();
    await saveStudioPolicy(db, organisationId, { photoDays: 90 }, NOON);
    await saveStudioPolicy(db, organisationId, { photoDays: 30 }, NOON);
    expect(await findStudioPolicy(db, organisationId)).toEqual({ photoDays: 30 });
    const policies = await listStudioPolicies(db);
    expect(policies.filter((entry) => entry.organisationId === organisationId)).toHaveLength(1);
  });
}
