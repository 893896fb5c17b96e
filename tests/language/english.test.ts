import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ENGLISH } from '../../src/language/english.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { ownWords } from './viewWords.ts';

const VIEWS = ['views/pages', 'views/partials'].flatMap((folder) =>
  readdirSync(join(projectRoot, folder)).map((file) => {
    const path = join(folder, file);
    return { path, text: readFileSync(join(projectRoot, path), 'utf8') };
  }),
);
const SOURCES = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('language/texts/'))
  .map((path) => readFileSync(join(projectRoot, 'src', path), 'utf8'));
const texts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = ENGLISH;

it.each([
  ['<p>Hello <%= it.name %></p>', ['Hello']],
  ['<a href="/x" title="Go there"><%= it.text %></a>', ['Go there']],
  ["<b><%= it.few ? 'One photo' : it.t.a.b %></b>", ['One photo']],
  ["<% for (const text of ['Before']) { %><i><%= text %></i><% } %>", ['Before']],
  ['<p class="muted" data-kind="a b"><% if (it.kind === \'Skin\') { %>3 × 4<% } %> · Stipple</p>', []],
])('finds the words of %s', (view, words) => {
  expect(ownWords(view)).toEqual(words);
});

it('holds every word of every view', () => {
  expect(VIEWS.length).toBeGreaterThan(70);
  expect(VIEWS.flatMap(({ path, text }) => ownWords(text).map((words) => `${path}: ${words}`))).toEqual([]);
});

it('has what views ask for, a sentence with values where values are given, and nothing besides', () => {
  const used = new Set<string>();
  const wrong = VIEWS.flatMap(({ path, text }) =>
    [...text.matchAll(/\bit\.t\.(\w+)\.(\w+)(\()?/g)].flatMap(([all, area, key, call]) => {
      used.add(`${area}.${key}`);
      const found = texts[area!]?.[key!];
      return typeof found === (call ? 'function' : 'string') ? [] : [`${path}: ${all}`];
    }),
  );
  expect(wrong).toEqual([]);
  for (const text of SOURCES) {
    for (const [, whole, own, key] of text.matchAll(/\b(?:ENGLISH\.(\w+)|(\w+)Texts)\s*\.(\w+)/g)) {
      used.add(`${whole ?? own}.${key}`);
    }
  }
  const all = Object.entries(texts).flatMap(([area, keys]) => Object.keys(keys).map((key) => `${area}.${key}`));
  expect(all.filter((key) => !used.has(key))).toEqual([]);
});
