import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { countOfPerson, eraseClientOf } from '../app/privacy/eraseClient.ts';
import { StippleError } from '../errors.ts';
import { openStores } from '../openStores.ts';
import { findClientById, findClientsByAlias } from '../storage/clientsRepo.ts';
import { openDatabase } from '../storage/database.ts';
import type { Database } from '../storage/tables.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const ERASE_HELP = `stipple erase PERSON [--yes] [--json]

Erases a client: alias, consultations, photos, previews, links and answers. PERSON is the alias or the id; an alias that
several clients have is refused with their ids. Says what goes and asks; --yes does not ask.
The database and photos are those the server uses (DATA_DIR, DATABASE_URL, S3_...). Backups made before keep the old state.

Exit: 0 erased, 1 not found, several or not confirmed, 64 bad usage.
`;

const OPTIONS = { yes: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const;

async function findPerson(db: Database, person: string) {
  const byId = await findClientById(db, person);
  const found = byId ? [byId] : await findClientsByAlias(db, null, person);
  const [only, ...others] = found;
  if (!only) throw new StippleError('SMP_NOT_FOUND', 'There is no client with this alias or id. Check the spelling.');
  if (others.length > 0) {
    const ids = found.map(({ id, createdAt }) => `${id} (since ${createdAt.slice(0, 10)})`).join(', ');
    throw new StippleError(
      'SMP_OPTION_INVALID',
      `${found.length} clients have this alias. Give one of the ids: ${ids}.`,
    );
  }
  return only;
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(question);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** `stipple erase PERSON`: what the operator of the machine does when a person asks to be forgotten. */
export async function eraseCommand(
  args: readonly string[],
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { values, positionals } = usage(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true }),
  );
  if (values.help) {
    terminal.print(ERASE_HELP);
    return 0;
  }
  const [person, ...rest] = positionals;
  if (person === undefined || rest.length > 0) {
    throw new StippleError('SMP_OPTION_INVALID', 'Expected one alias or id. See stipple help erase.');
  }
  const { database, photos } = await openStores(env);
  const db = await openDatabase(database);
  try {
    const { id, organisationId } = await findPerson(db, person);
    const goes = await countOfPerson({ db }, { organisationId }, id);
    const words = `${goes.consultations} consultations, ${goes.matches} measured photos, ${goes.pictures} pictures, ${goes.links} links`;
    if (!values.yes && !(await confirm(`Erase this client with ${words}? This cannot be undone. [y/N] `))) {
      terminal.complain('Nothing was erased. Answer y, or give --yes where nobody can be asked.');
      return 1;
    }
    await eraseClientOf({ db, photos, now: () => new Date() }, organisationId, id, null);
    terminal.print(values.json ? `${JSON.stringify({ erased: id, ...goes })}\n` : `Erased: ${words}.\n`);
    return 0;
  } finally {
    await db.destroy();
  }
}
