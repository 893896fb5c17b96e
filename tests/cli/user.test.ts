import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actorOfPerson } from '../../src/app/people/findActor.ts';
import { acceptInvitation } from '../../src/app/people/invitations.ts';
import { openResetLink } from '../../src/app/people/resetPassword.ts';
import type { Services } from '../../src/app/services.ts';
import { userCommand } from '../../src/cli/userCommand.ts';
import { openDatabase } from '../../src/storage/database.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-user-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `stipple user …` on the folder's database. @returns what it printed, or the code of its error */
async function user(...args: string[]): Promise<string> {
  const said: string[] = [];
  const terminal = {
    print: (text: string) => void said.push(text),
    complain: () => undefined,
    progress: () => undefined,
    today: () => '2026-03-01',
  };
  try {
    await userCommand(args, terminal, { DATABASE_URL: undefined, DATA_DIR: folder, PORT: 3000 });
    return said.join('');
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Does something with the database as the server would. */
async function onServer<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const db = await openDatabase({ sqliteFile: join(folder, 'stipple.db') });
  try {
    return await work({ db, now: () => new Date() } as Services);
  } finally {
    await db.destroy();
  }
}

const tokenOf = (text: string, path: string) =>
  new RegExp(`http://localhost:3000/${path}/([A-Za-z0-9_-]{43})\\b`).exec(text)?.[1] ?? '';

it('invites the owner of a new organisation, then others, and never asks for a password', async () => {
  expect(await user('list')).toBe('Nobody has an account yet.\n');
  const supplier = ['--organisation', 'Meridian', '--kind', 'supplier'];
  expect(await user('add', ...supplier, '--role', 'publisher')).toBe('SMP_OPTION_INVALID');
  const token = tokenOf(await user('add', ...supplier, '--for', 'Ada'), 'invitations');
  const account = { signInName: 'ada', displayName: 'Ada', password: 'grey heron over still water' };
  const joined = await onServer((services) => acceptInvitation(services, token, account));
  expect(joined).toHaveProperty('personId');
  const { link } = JSON.parse(await user('add', ...supplier, '--role', 'publisher', '--json')) as { link: string };
  await onServer((services) =>
    acceptInvitation(services, tokenOf(link, 'invitations'), { ...account, signInName: 'ben', displayName: 'Ben' }),
  );
  expect(JSON.parse(await user('list', '--json'))).toEqual([
    {
      signInName: 'ada',
      displayName: 'Ada',
      role: 'owner',
      organisation: 'Meridian',
      kind: 'supplier',
      disabled: false,
    },
    {
      signInName: 'ben',
      displayName: 'Ben',
      role: 'publisher',
      organisation: 'Meridian',
      kind: 'supplier',
      disabled: false,
    },
  ]);
});

it('closes and opens accounts, keeps an owner, and gives a link for a new password', async () => {
  const person = await onServer(({ db }) =>
    db.selectFrom('people').select('id').where('signInKey', '=', 'ben').executeTakeFirstOrThrow(),
  );
  const isOpen = () => onServer(async ({ db }) => (await actorOfPerson(db, person.id)) !== null);
  expect(await user('disable', 'BEN')).toContain('Closed');
  expect(await isOpen()).toBe(false);
  expect(await user('reset', 'ben')).toBe('SMP_OPTION_INVALID');
  expect(await user('enable', 'ben')).toContain('Opened');
  expect(await isOpen()).toBe(true);
  expect(await user('disable', 'ada')).toBe('SMP_OPTION_INVALID');
  const token = tokenOf(await user('reset', 'ben'), 'reset');
  expect((await onServer((services) => openResetLink(services, token))).id).toBe(person.id);
});

it.each([
  [['add', '--organisation', 'X', '--kind', 'shop']],
  [['add', '--kind', 'studio']],
  [['add', 'name', '--organisation', 'X', '--kind', 'studio']],
  [['add', '--organisation', 'X', '--kind', 'studio', '--role', 'publisher']],
  [['disable']],
  [['enable', 'nobody']],
  [['erase', 'ada']],
  [[]],
  [['list', '--password', 'x']],
])('says what is wrong with %j', async (args) => {
  expect(await user(...args)).toBe('SMP_OPTION_INVALID');
});
