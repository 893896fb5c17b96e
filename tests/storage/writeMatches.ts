import { writeSync } from 'node:fs';
import { openDatabase } from '../../src/storage/database.ts';
import { createMatch, deleteMatch } from '../../src/storage/matchesRepo.ts';
import { createOwner, newMatch } from './storageContract.ts';

/**
 * A process of the durability tests: stores matches until it is killed or has stored `count`, and says each id on its
 * standard output only after the database has acknowledged it.
 * Arguments: the SQLite file, a name of its own, how many.
 */
const [sqliteFile = '', name = '', count = '0'] = process.argv.slice(2);
const db = await openDatabase({ sqliteFile });
const owner = await createOwner(db, name);
for (let i = 0; i < Number(count); i++) {
  const { match } = await createMatch(db, owner, newMatch({ alias: `${name} ${i}` }), new Date());
  // A transaction that reads before it writes is the one that loses against another process.
  const { match: withdrawn } = await createMatch(db, owner, newMatch(), new Date());
  await deleteMatch(db, owner, withdrawn.id);
  writeSync(1, `${match.id}\n`);
}
await db.destroy();
