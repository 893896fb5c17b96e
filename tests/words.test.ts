import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../src/projectRoot.ts';

const FORBIDDEN = /guaranteed|safe for you|diagnosis/i;

/** Text files under a folder of the project, as [path, text]. */
function textsIn(folder: string): [string, string][] {
  const paths = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' });
  const texts = paths.filter((path) => /[.](ts|ejs|json|svg)$/.test(path));
  return texts.map((path) => [join(folder, path), readFileSync(join(projectRoot, folder, path), 'utf8')]);
}

it('promises nothing that nobody can promise, in any source or page', () => {
  const texts = ['src', 'views', 'palettes'].flatMap(textsIn);
  expect(texts.length).toBeGreaterThan(300);
  expect(texts.filter(([, text]) => FORBIDDEN.test(text)).map(([path]) => path)).toEqual([]);
});
