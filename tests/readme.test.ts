import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { accuracyRows } from '../src/app/accuracy/accuracyRows.ts';
import { MEASURED } from '../src/app/accuracy/figures.ts';
import { ERRORS } from '../src/errors.ts';
import { commandHelpTexts } from '../src/language/texts/commandHelp.ts';
import { projectRoot } from '../src/projectRoot.ts';
import { commandLines, markedPart, README_TABLES } from './readmeTables.ts';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const README = read('README.md');

describe('README', () => {
  it.each(Object.keys(README_TABLES))('has the table of %s as it is now (npm run readme)', (name) => {
    expect(markedPart(name).exec(README)?.[0]).toBe(README_TABLES[name]!());
  });

  it('names files and pictures that exist', () => {
    const links = [...README.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path!);
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });

  it.each(['README.md', 'SECURITY.md'])('names scripts, files and folders that exist in %s', (file) => {
    const text = read(file);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const paths = [...text.matchAll(/\b(?:src|tests|views|public|palettes)\/[\w./-]*\w/g)].map(([path]) => path);
    expect(named.length + paths.length).toBeGreaterThan(4);
    expect(paths.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });
});

describe('accuracy', () => {
  it('has every figure measured, and each row follows its figures', () => {
    for (const [name, value] of Object.entries(MEASURED.figures)) expect(value, name).toBeTypeOf('number');
    const before = accuracyRows();
    for (const name of Object.keys(MEASURED.figures)) {
      const after = accuracyRows({ ...MEASURED.figures, [name]: 0.4321 });
      expect(
        after.filter(({ figure }, i) => figure !== before[i]!.figure),
        name,
      ).toHaveLength(1);
    }
  });
});

describe('errors', () => {
  it('are all raised somewhere', () => {
    const sources = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && path !== 'errors.ts')
      .map((path) => read(join('src', path)));
    const unused = Object.keys(ERRORS).filter((code) => !sources.some((text) => text.includes(`'${code}'`)));
    expect(unused).toEqual([]);
  });
});

describe('stipple help', () => {
  /** Keys of an object that runCommand.ts declares. */
  function keysOf(name: string): string[] {
    const source = ts.createSourceFile('runCommand.ts', read('src/cli/runCommand.ts'), ts.ScriptTarget.Latest);
    const declared = source.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => declarationList.declarations)
      .find((declaration) => declaration.name.getText(source) === name)?.initializer;
    if (!declared || !ts.isObjectLiteralExpression(declared)) throw new Error(`Expected ${name} in runCommand.ts.`);
    return declared.properties.map((property) => property.name!.getText(source).replaceAll("'", ''));
  }

  it('lists every command, and each has a text of its own', () => {
    const names = [...keysOf('COMMANDS'), 'serve'].sort();
    expect(keysOf('HELPS').sort()).toEqual(names);
    const listed = commandLines().map((line) => line.split(' ')[0]!);
    expect(listed.filter((name) => name !== 'help').sort()).toEqual(names);
    const usages = Object.values(commandHelpTexts).map((text) => (typeof text === 'string' ? text : text('')));
    for (const name of names.filter((each) => each !== 'serve')) {
      expect(
        usages.filter((help) => new RegExp(`^stipple ${name} `, 'm').test(help)),
        name,
      ).toHaveLength(1);
    }
  });
});
