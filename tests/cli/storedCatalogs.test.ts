import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorize } from '../../src/app/access.ts';
import { copyCatalog } from '../../src/app/catalogs/createCatalog.ts';
import { actorOfPerson } from '../../src/app/people/findActor.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { catalogCommand } from '../../src/cli/catalogCommand.ts';
import { failureOf } from '../../src/cli/usage.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { listCatalogVersions } from '../../src/storage/catalogVersionsRepo.ts';
import { openDatabase } from '../../src/storage/database.ts';
import type { Database } from '../../src/storage/tables.ts';
import { type Account, addPerson } from '../setup/accounts.ts';

const ID = 'demo-ash-copy';
let folder: string;
let db: Database;
let publisher: Account;
let editor: Account;
let stranger: Account;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stipple-stored-'));
  db = await openDatabase({ sqliteFile: join(folder, 'stipple.db') });
  const services = { db, now: () => new Date(), catalogs: await loadPalettes(join(projectRoot, 'palettes')) };
  publisher = await addPerson({ services }, { kind: 'supplier', displayName: 'Ana' });
  const { organisationId } = publisher;
  editor = await addPerson({ services }, { kind: 'supplier', role: 'supplierEditor', organisationId });
  stranger = await addPerson({ services }, { kind: 'supplier', displayName: 'Eve' });
  const actor = authorize(await actorOfPerson(db, publisher.personId), 'catalog:publish');
  await copyCatalog(services, actor, 'demo-ash');
});
afterAll(async () => {
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** Runs `stipple catalog …` on the folder's database. @returns exit code with what it said, or the error's code */
async function catalog(who: Account, ...args: string[]): Promise<[number | string, string]> {
  const said: string[] = [];
  const terminal = {
    print: (text: string) => void said.push(text),
    complain: (text: string) => void said.push(text),
    progress: () => undefined,
    today: () => '2026-11-22',
  };
  try {
    const exit = await catalogCommand([...args, '--catalog', ID, '--as', who.signInName], terminal, {
      DATA_DIR: folder,
    });
    return [exit, said.join('')];
  } catch (error) {
    return [failureOf(error).problem.code, ''];
  }
}

async function table(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const versions = async () => (await listCatalogVersions(db, ID)).map(({ version }) => version);
const renamed = 'code,name\nDA-02,Ash two\n';
const halfWrong = 'code,name,undertone\nDA-02,Ash second,warm\nDA-03,Ash three,reddish\n';

describe('stipple catalog --catalog', () => {
  it('shows what a file would change and writes nothing without --publish', async () => {
    const file = await table('a.csv', renamed);
    const [exit, said] = await catalog(editor, 'import', file);
    expect(exit).toBe(0);
    expect(said).toContain('DA-02 name: "Demo Ash 2" -> "Ash two"');
    expect((await catalog(editor, 'diff', file))[1]).toContain('changed 1');
    expect(await versions()).toEqual([1]);
  });

  it('publishes as a person who may, with a note, once, and only on the version that was looked at', async () => {
    const file = await table('a.csv', renamed);
    const publish = ['import', file, '--publish', '--note', 'Names'];
    expect(await catalog(editor, ...publish)).toEqual(['SMP_NOT_ALLOWED', '']);
    expect(await catalog(stranger, ...publish)).toEqual(['SMP_CATALOG_NOT_FOUND', '']);
    expect(await catalog({ ...publisher, signInName: 'nobody' }, ...publish)).toEqual(['SMP_OPTION_INVALID', '']);
    expect(await catalog(publisher, 'import', file, '--publish')).toEqual(['SMP_OPTION_INVALID', '']);
    expect(await catalog(publisher, ...publish, '--after', '7')).toEqual(['SMP_CATALOG_CONFLICT', '']);
    expect(await versions()).toEqual([1]);
    const [exit, said] = await catalog(publisher, ...publish, '--after', '1', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ changed: 1, published: 2 });
    expect((await listCatalogVersions(db, ID))[0]).toMatchObject({ note: 'Names', author: 'Ana, Meridian Pigments' });
    expect((await catalog(publisher, ...publish))[1]).toContain('Nothing changes');
    expect(await versions()).toEqual([2, 1]);
  });

  it('publishes no half file unless told, and writes the rejected rows', async () => {
    const file = await table('b.csv', halfWrong);
    const rejected = join(folder, 'rejected.csv');
    const publish = ['import', file, '--publish', '--note', 'Half', '--rejected', rejected];
    const [refused, why] = await catalog(publisher, ...publish);
    expect(refused).toBe(1);
    expect(why).toContain('Nothing was published');
    expect(await versions()).toEqual([2, 1]);
    expect(await readFile(rejected, 'utf8')).toContain('reddish');
    expect((await catalog(publisher, ...publish, '--accepted-only'))[1]).toContain('Published as version 3');
  });

  it('exports a version, however old, and reports health', async () => {
    const out = join(folder, 'out.json');
    expect((await catalog(stranger, 'export', '--out', out, '--version', '1'))[0]).toBe(0);
    const first = JSON.parse(await readFile(out, 'utf8'));
    expect([first.version, first.shades[1].name]).toEqual([1, 'Demo Ash 2']);
    await catalog(publisher, 'export', '--out', out);
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ version: 3 });
    expect((await catalog(publisher, 'health'))[1]).toContain('Health:');
    expect((await catalog(publisher, 'export', '--out', out, '--version', 'two'))[0]).toBe('SMP_OPTION_INVALID');
  });

  it('takes its options together only', async () => {
    const terminal = { print() {}, complain() {}, progress() {}, today: () => '2026-11-22' };
    const alone = catalogCommand(['health', 'demo-ash', '--as', 'ana'], terminal, {});
    await expect(alone).rejects.toThrow('--as goes with --catalog');
    await expect(catalogCommand(['health', '--catalog', ID], terminal, {})).rejects.toThrow('--as NAME');
  });
});
