import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { sentencesIn } from './codeWords.ts';

/** Modules whose words are not of a page: the catalogue itself, API descriptions, metrics, logs, names of fonts. */
const NO_PAGE =
  /openapi\.ts$|Openapi\.ts$|[aA]piRoutes\.ts$|^metrics\.ts$|^logger\.ts$|^readiness\.ts$|^clientSummaryPdf\.ts$/;

it.each([
  ["const a = { title: 'Photo check' };", ['Photo check']],
  [`const a = \`\${n} of the rows\`;`, ['  of the rows']],
  [
    "throw new Error('Expected a number.'); res.set('Cache-Control', 'no store at all'); if (a === 'Some thing') b('x');",
    [],
  ],
])('finds the sentences of %s', (source, sentences) => {
  expect(sentencesIn('a.ts', source)).toEqual(sentences);
});

it('leaves no sentence of a page outside the catalogue', () => {
  const folder = join(projectRoot, 'src/web');
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const own = modules.filter((path) => path.endsWith('.ts') && !NO_PAGE.test(path));
  expect(own.length).toBeGreaterThan(60);
  const found = own.flatMap((path) =>
    sentencesIn(path, readFileSync(join(folder, path), 'utf8')).map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});
