import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { countOfPerson, eraseClientOf } from '../app/privacy/eraseClient.ts';
import { StippleError } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import { openStores } from '../openStores.ts';
import { findClientById, findClientsByAlias } from '../storage/clientsRepo.ts';
import { openDatabase } from '../storage/database.ts';
import type { Database } from '../storage/tables.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const ERASE_HELP = commandHelpTexts.erase;

const OPTIONS = { yes: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const;

async function findPerson(db: Database, person: string) {
  const byId = await findClientById(db, person);
  const found = byId ? [byId] : await findClientsByAlias(db, null, person);
  const [only, ...others] = found;
  if (!only) throw new StippleError('SMP_NOT_FOUND', commandLineTexts.noSuchClient);
  if (others.length > 0) {
    const ids = found.map(({ id, createdAt }) => commandLineTexts.since(id, createdAt.slice(0, 10))).join(', ');
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.severalClients(found.length, ids));
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
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.expectedOneAliasOrId);
  }
  const { database, photos } = await openStores(env);
  const db = await openDatabase(database);
  try {
    const { id, organisationId } = await findPerson(db, person);
    const goes = await countOfPerson({ db }, { organisationId }, id);
    const words = commandLineTexts.whatIsErased(goes.consultations, goes.matches, goes.pictures, goes.links);
    if (!values.yes && !(await confirm(commandLineTexts.eraseThisClient(words)))) {
      terminal.complain(commandLineTexts.nothingWasErased);
      return 1;
    }
    await eraseClientOf({ db, photos, now: () => new Date() }, organisationId, id, null);
    terminal.print(values.json ? `${JSON.stringify({ erased: id, ...goes })}\n` : `Erased: ${words}.\n`);
    return 0;
  } finally {
    await db.destroy();
  }
}
