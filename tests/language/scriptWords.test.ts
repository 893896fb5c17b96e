import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCRIPT_WORDS } from '../../src/language/scriptWords.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { sentencesIn } from './codeWords.ts';

const folder = join(projectRoot, 'src/client');
const modules = readdirSync(folder).filter((file) => file.endsWith('.ts'));
const sourceOf = (file: string) => readFileSync(join(folder, file), 'utf8');

/** A module and everything of its folder that it imports, however far. */
function withImports(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const [, name] of sourceOf(file).matchAll(/from '\.\/(\w+\.ts)'/g)) withImports(name!, known);
  return known;
}

it('leaves no sentence in a browser module', () => {
  expect(modules.length).toBeGreaterThan(15);
  const found = modules.flatMap((file) => sentencesIn(file, sourceOf(file)).map((text) => `${file}: ${text}`));
  expect(found).toEqual([]);
});

const pages = modules.filter((file) => file.endsWith('Page.ts'));

describe.each(pages)('%s', (file) => {
  const words = SCRIPT_WORDS[file.replace('.ts', '')] ?? {};
  const sources = [...withImports(file)].map(sourceOf);
  const asked = sources.flatMap((source) => [...source.matchAll(/\bsay\(\s*'(\w+)'(?:, \{ (\w+(?:[:,][^}]*)?) \})?/g)]);

  it('is given every word it asks for, and no other', () => {
    // `say(kind)` and the like ask for words by a value: what they may be stands in the module's own types.
    const byValue = sources.some((source) => /\bsay\((?!')(?!name: )/.test(source))
      ? ['hair', 'skin', 'avoid', 'lightest', 'darkest', 'after']
      : [];
    const names = new Set(asked.map(([, name]) => name!));
    expect([...names].filter((name) => !(name in words))).toEqual([]);
    expect(Object.keys(words).filter((name) => !names.has(name) && !byValue.includes(name))).toEqual([]);
  });

  it('puts in the values that its sentences have places for', () => {
    for (const [, name, values = ''] of asked) {
      const places = [...(words[name!] ?? '').matchAll(/\{(\w+)\}/g)].map(([, place]) => place!);
      for (const place of places) if (values) expect(values, name).toMatch(new RegExp(`\\b${place}\\b`));
    }
  });
});
