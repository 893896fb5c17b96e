import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';

/** Sides of the page that have a logical name, which turns with the direction of writing. */
const PHYSICAL =
  /(?:^|[\s;{])(?:(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:(?:left|right)\b|(?:top|bottom)-(?:left|right)-radius)[\w-]*|left|right|(?:text-align|float|clear):\s*(?:left|right))\b(?=[^{]*;)/;

/** Four sides in one, of which left and right differ. */
function isLopsided(line: string): boolean {
  const sides = /(?:margin|padding): ([^;]+);/.exec(line)?.[1]?.match(/(?:[^\s()]+\([^;]*?\)(?=\s|$))|[^\s()]+/g) ?? [];
  return sides.length === 4 && sides[1] !== sides[3];
}

it.each([
  ['p { margin-left: 1em; }', true],
  ['p { border-left: 1px solid; }', true],
  ['p { left: 0; }', true],
  ['p { text-align: right; }', true],
  ['p { margin: 0 1em 0 0; }', true],
  ['p { padding: 1px max(2px, calc(1vw - 3px)) 1px max(2px, calc(1vw - 3px)); }', false],
  ['p { margin-inline-start: 1em; text-align: start; inset-inline-end: 0; }', false],
])('judges %s', (css, physical) => {
  expect(PHYSICAL.test(css) || isLopsided(css)).toBe(physical);
});

it('lays pages out without left and right, so that they turn with a language written from right to left', () => {
  const folder = join(projectRoot, 'public/css');
  const files = readdirSync(folder).filter((file) => file.endsWith('.css'));
  expect(files.length).toBeGreaterThan(5);
  const lines = files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .map((line, i) => `${file}:${i + 1} ${line}`),
  );
  expect(lines.filter((line) => PHYSICAL.test(line) || isLopsided(line))).toEqual([]);
});
