import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ORGANISATION_KINDS, type OrganisationKind, type Role, rolesOf } from '../app/access.ts';
import { createResetLink, disable, enable } from '../app/people/changePeople.ts';
import { createInvitation } from '../app/people/invitations.ts';
import type { Config } from '../config.ts';
import { StippleError } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import { openDatabase } from '../storage/database.ts';
import { createOrganisation, findOrganisations } from '../storage/organisationsRepo.ts';
import { findCredentials, findPerson, listPeople, type PersonRecord } from '../storage/peopleRepo.ts';
import type { Database } from '../storage/tables.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const USER_HELP = commandHelpTexts.user;

const text = { type: 'string' } as const;
const OPTIONS = {
  organisation: text,
  kind: text,
  role: text,
  for: text,
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Settings = Pick<Config, 'DATABASE_URL' | 'DATA_DIR' | 'PORT'>;
type Values = { [K in 'organisation' | 'kind' | 'role' | 'for']?: string | undefined };

const wrong = (sentence: string) => new StippleError('SMP_OPTION_INVALID', sentence);

/** `stipple user …`: what the operator of the machine does with accounts. */
export async function userCommand(args: readonly string[], terminal: Terminal, settings: Settings): Promise<number> {
  const { values, positionals } = usage(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true }),
  );
  const [verb, name, ...rest] = positionals;
  if (values.help) {
    terminal.print(USER_HELP);
    return 0;
  }
  if (verb === undefined || !['add', 'list', 'disable', 'enable', 'reset'].includes(verb) || rest.length > 0) {
    throw wrong(commandLineTexts.expectedAddList);
  }
  const { DATABASE_URL: databaseUrl, DATA_DIR } = settings;
  const db = await openDatabase({ databaseUrl, sqliteFile: join(DATA_DIR, 'stipple.db') });
  try {
    const said = await run(db, verb, name, values, `http://localhost:${settings.PORT}`);
    terminal.print(values.json ? `${JSON.stringify(said.json)}\n` : said.text);
    return 0;
  } finally {
    await db.destroy();
  }
}

interface Said {
  readonly text: string;
  readonly json: object;
}

async function run(db: Database, verb: string, name: string | undefined, values: Values, base: string): Promise<Said> {
  const now = new Date();
  if (verb === 'list') return describePeople(await listPeople(db, null));
  if (verb === 'add') {
    if (name !== undefined) throw wrong(commandLineTexts.sayForWhomTheLink);
    const link = `${base}/invitations/${await add(db, values, now)}`;
    const advice = commandLineTexts.handInvitationOver;
    return { text: `${advice}  ${link}\n`, json: { link } };
  }
  if (name === undefined) throw wrong(commandLineTexts.expectedSignInName(verb));
  const person = await personOf(db, name);
  const change = { organisationId: person.organisationId, by: null };
  if (verb === 'reset') {
    const link = `${base}/reset/${await createResetLink(db, change, person.id, now)}`;
    const advice = commandLineTexts.handResetLinkOver;
    return { text: `${advice}  ${link}\n`, json: { link } };
  }
  await (verb === 'disable' ? disable : enable)(db, change, person.id, now);
  return { text: commandLineTexts.accountOf(verb === 'disable', name), json: { [verb]: name } };
}

/** @returns token of the invitation */
async function add(db: Database, values: Values, now: Date): Promise<string> {
  const name = values.organisation?.trim() ?? '';
  if (name === '' || name.length > 80) throw wrong(commandLineTexts.nameOrganisation);
  const kind: OrganisationKind | undefined = ORGANISATION_KINDS.find((each) => each === values.kind);
  if (!kind) throw wrong(commandLineTexts.sayKind);
  const role: Role | undefined = rolesOf(kind).find((each) => each === (values.role ?? 'owner'));
  if (!role) throw wrong(commandLineTexts.hasTheRoles(kind, rolesOf(kind).join(', ')));
  const found = await findOrganisations(db, { name, kind });
  if (found.length > 1) throw wrong(commandLineTexts.severalOrganisations(found.length));
  const [earlier] = found;
  if (!earlier && role !== 'owner') throw wrong(commandLineTexts.firstPersonIsOwner);
  return await db.transaction().execute(async (transaction) => {
    const organisationId = earlier?.id ?? (await createOrganisation(transaction, { name, kind }, now));
    return await createInvitation(
      transaction,
      { organisationId, role, invitee: (values.for ?? '').slice(0, 80), by: null },
      now,
    );
  });
}

async function personOf(db: Database, signInName: string): Promise<PersonRecord> {
  const credentials = await findCredentials(db, signInName);
  const person = credentials && (await findPerson(db, credentials.personId));
  if (!person) throw wrong(commandLineTexts.nobodySignsIn(signInName));
  return person;
}

function describePeople(people: readonly PersonRecord[]): Said {
  const json = people.map(({ signInName, displayName, role, organisationName, organisationKind, disabledAt }) => ({
    signInName,
    displayName,
    role,
    organisation: organisationName,
    kind: organisationKind,
    disabled: disabledAt !== null,
  }));
  const lines = json.map(
    (each) =>
      `${each.signInName}\t${each.displayName}\t${each.role} of ${each.organisation} (${each.kind})${each.disabled ? '\tclosed' : ''}\n`,
  );
  return { text: lines.join('') || commandLineTexts.nobodyHasAnAccountYet, json };
}
