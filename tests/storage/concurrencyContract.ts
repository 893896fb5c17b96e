import { expect, it } from 'vitest';
import { createClient, renameClient } from '../../src/storage/clientsRepo.ts';
import {
  createConsultation,
  deleteConsultation,
  describeConsultation,
  findConsultation,
  saveConsultation,
} from '../../src/storage/consultationsRepo.ts';
import { listFlagDecisions, saveFlagDecisions } from '../../src/storage/flagDecisionsRepo.ts';
import type { Database } from '../../src/storage/tables.ts';
import { newConsultation } from './consultationsContract.ts';
import { type ContractDatabase, createStudio, NOON } from './storageContract.ts';

const AT_ONCE = 12;
const ROUNDS = 4;

function decided(flagId: string, note: string) {
  return {
    ...{ flagId, flagText: flagId, level: 'wait', decision: 'goAhead', note },
    ...{ decidedByName: 'Ada', decidedAt: NOON.toISOString() },
  };
}

/**
 * Writes of one record that meet: each takes place or is refused, none fails.
 * @param twoServers whether half of them come from another server; on SQLite all are one process's, which waits at BEGIN
 */
export function testConcurrency(contract: () => ContractDatabase, twoServers: boolean): void {
  async function prepare(db: Database) {
    const { organisationId } = await createStudio(db);
    const client = await createClient(db, organisationId, 'Ines', NOON);
    const id = await createConsultation(db, organisationId, newConsultation(client.id), NOON);
    return { organisationId, client, id };
  }

  it('one consultation described, renamed, saved and decided about at once ends as the last of each', async () => {
    const { db, openAnother } = contract();
    const another = twoServers ? await openAnother() : db;
    const { organisationId, client, id } = await prepare(db);
    for (let round = 0; round < ROUNDS; round++) {
      const { revision, ...known } = (await findConsultation(db, organisationId, id))!;
      const saves = await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, turn) => {
          const on = turn % 2 === 0 ? db : another;
          const shown = { shadeText: `DA-${turn} · 9 : 1`, thumbMatchId: null };
          const details = { ...known, sessionNotes: `round ${round} turn ${turn}` };
          const [saved] = await Promise.all([
            saveConsultation(on, organisationId, id, detailsOf(details), revision, NOON),
            describeConsultation(on, organisationId, id, async () => shown),
            renameClient(on, organisationId, client.id, `Ines ${turn}`, NOON),
            saveFlagDecisions(on, id, [decided('diabetes', `${turn}`), decided('keloid', `${turn}`)]),
          ]);
          return saved;
        }),
      );
      // Of twelve who saw the same revision one is the first.
      expect(saves.filter(Boolean)).toHaveLength(1);
      const after = (await findConsultation(db, organisationId, id))!;
      expect(after.sessionNotes).toBe(`round ${round} turn ${saves.indexOf(true)}`);
      const words = await db.selectFrom('consultationWords').select('word').where('consultationId', '=', id).execute();
      const shade = after.shadeText!.split(' ')[0]!.toLowerCase();
      const expected = [...after.alias.toLowerCase().split(' '), shade, shade.slice(3)];
      expect(new Set(words.map(({ word }) => word))).toEqual(new Set(expected));
      expect(new Set((await listFlagDecisions(db, id)).map(({ note }) => note)).size).toBe(1);
    }
    if (another !== db) await another.destroy();
  });

  it('a consultation that is erased while others write it is gone whole', async () => {
    const { db, openAnother } = contract();
    const another = twoServers ? await openAnother() : db;
    for (let round = 0; round < ROUNDS; round++) {
      const { organisationId, id } = await prepare(db);
      const write = (on: Database) => [
        describeConsultation(on, organisationId, id, async () => ({ shadeText: 'DA-05', thumbMatchId: null })),
        saveFlagDecisions(on, id, [decided('diabetes', '')]),
      ];
      const erased = async () => deleteConsultation(another, organisationId, id);
      const all = [...write(db), ...write(another), erased(), ...write(db), ...write(another), erased()];
      const keys = (await Promise.all(all)).filter(Array.isArray);
      expect(keys).toEqual([[]]);
      expect(await findConsultation(db, organisationId, id)).toBeNull();
      const left = await db.selectFrom('consultationWords').selectAll().where('consultationId', '=', id).execute();
      expect(left).toEqual([]);
    }
    if (another !== db) await another.destroy();
  });
}

function detailsOf(known: Parameters<typeof saveConsultation>[3]) {
  const { session, goal, pattern, fitzpatrick, skinNotes, scarNotes, expectations, sessionNotes, treatedOn, recipe } =
    known;
  return { session, goal, pattern, fitzpatrick, skinNotes, scarNotes, expectations, sessionNotes, treatedOn, recipe };
}
