import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { projectRoot } from '../src/projectRoot.ts';
import { REQUIREMENTS } from './requirements.ts';

/** Titles of the tests in a file: the first argument of `it(…)` and `it.each(…)(…)`. */
function titlesIn(file: string): Set<string> {
  const text = readFileSync(join(projectRoot, 'tests', file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const titles = new Set<string>();
  const isTest = (callee: ts.Expression): boolean =>
    ts.isIdentifier(callee)
      ? callee.text === 'it'
      : ts.isCallExpression(callee) && ts.isPropertyAccessExpression(callee.expression)
        ? isTest(callee.expression.expression) && callee.expression.name.text === 'each'
        : false;
  const visit = (node: ts.Node): void => {
    const title = ts.isCallExpression(node) && isTest(node.expression) ? node.arguments[0] : undefined;
    if (title && ts.isStringLiteralLike(title)) titles.add(title.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

it('names each of the 65 requirements once, with a proof', () => {
  expect(REQUIREMENTS.map(({ number }) => number)).toEqual(Array.from({ length: 65 }, (_, i) => i + 1));
  for (const { number, proofs } of REQUIREMENTS) expect(proofs.length, `requirement ${number}`).toBeGreaterThan(0);
});

it('has every test that proves one, by file and title', () => {
  const found = new Map<string, Set<string>>();
  const missing = REQUIREMENTS.flatMap(({ number, proofs }) =>
    proofs.flatMap(([file, title]) => {
      const titles = found.get(file) ?? titlesIn(file);
      found.set(file, titles);
      return titles.has(title) ? [] : [`${number}: ${file}: ${title}`];
    }),
  );
  expect(missing).toEqual([]);
});
