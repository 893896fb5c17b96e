import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ORGANISATION_KINDS, type OrganisationKind, type Role, rolesOf } from '../app/access.ts';
import { createResetLink, disable, enable } from '../app/people/changePeople.ts';
import { createInvitation } from '../app/people/invitations.ts';
import type { Config } from '../config.ts';
import { StippleError } from '../errors.ts';
import { openDatabase } from '../storage/database.ts';
import { createOrganisation, findOrganisations } from '../storage/organisationsRepo.ts';
import { findCredentials, findPerson, listPeople, type PersonRecord } from '../storage/peopleRepo.ts';
import type { Database } from '../storage/tables.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const USER_HELP = `stipple user add --organisation NAME --kind studio|supplier [--role ROLE] [--for TEXT]
                                invites somebody; the organisation is made when there is none of this name and kind
stipple user list               everybody with an account, by organisation
stipple user disable NAME       close an account; its sign-ins and API tokens end at once
stipple user enable NAME        open it again
stipple user reset NAME         a link with which the person sets a new password

Roles of a studio: owner, technician. Roles of a supplier: owner, publisher, supplierEditor. Without --role: owner.
NAME is the sign-in name. Links work once and are printed, never sent; a password is never typed here.
The database is the one the server uses (DATA_DIR or DATABASE_URL). --json prints one JSON line.

Exit: 0 done, 1 not possible, 64 bad usage.
`;

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
    throw wrong('Expected add, list, disable, enable or reset. See stipple help user.');
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
    if (name !== undefined) throw wrong('Say for whom the link is with --for; the person chooses a sign-in name.');
    const link = `${base}/invitations/${await add(db, values, now)}`;
    const advice = `Hand this link over; it works once, within seven days. Put your own address before /invitations/.\n`;
    return { text: `${advice}  ${link}\n`, json: { link } };
  }
  if (name === undefined) throw wrong(`Expected a sign-in name after ${verb}. See stipple user list.`);
  const person = await personOf(db, name);
  const change = { organisationId: person.organisationId, by: null };
  if (verb === 'reset') {
    const link = `${base}/reset/${await createResetLink(db, change, person.id, now)}`;
    const advice = `Hand this link over; it works once, within a day. Put your own address before /reset/.\n`;
    return { text: `${advice}  ${link}\n`, json: { link } };
  }
  await (verb === 'disable' ? disable : enable)(db, change, person.id, now);
  return { text: `${verb === 'disable' ? 'Closed' : 'Opened'} the account of ${name}.\n`, json: { [verb]: name } };
}

/** @returns token of the invitation */
async function add(db: Database, values: Values, now: Date): Promise<string> {
  const name = values.organisation?.trim() ?? '';
  if (name === '' || name.length > 80)
    throw wrong('Name the organisation with --organisation, in 80 characters at most.');
  const kind: OrganisationKind | undefined = ORGANISATION_KINDS.find((each) => each === values.kind);
  if (!kind) throw wrong('Say with --kind whether it is a studio or a supplier.');
  const role: Role | undefined = rolesOf(kind).find((each) => each === (values.role ?? 'owner'));
  if (!role) throw wrong(`A ${kind} has the roles ${rolesOf(kind).join(', ')}.`);
  const found = await findOrganisations(db, { name, kind });
  if (found.length > 1)
    throw wrong(`There are ${found.length} organisations of this name and kind. Invite on their People page.`);
  const [earlier] = found;
  if (!earlier && role !== 'owner') throw wrong('The first person of an organisation must be its owner.');
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
  if (!person) throw wrong(`Nobody signs in as "${signInName}". See stipple user list.`);
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
  return { text: lines.join('') || 'Nobody has an account yet.\n', json };
}
