import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The values' way of a module: types are gone at run time, so a type import reaches no code. */
function importsOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
      return [];
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    return text.startsWith('.') && text.endsWith('.ts') ? [join(dirname(path), text)] : [];
  });
}

/** Steps of import from a module to every module it reaches. */
function stepsFrom(path: string): Map<string, number> {
  const steps = new Map([[path, 0]]);
  for (const [reached, count] of steps) {
    for (const next of importsOf(reached)) if (!steps.has(next)) steps.set(next, count + 1);
  }
  return steps;
}

/** Finds the tests, of those given, that reach a source file: the nearest by steps of import come first. */
export function makeTestsOf(tests: readonly string[]): (file: string) => string[] {
  const reach = tests.map((test) => ({ test, steps: stepsFrom(test) }));
  return (file) =>
    reach
      .filter(({ steps }) => steps.has(file))
      .sort((one, other) => one.steps.get(file)! - other.steps.get(file)!)
      .map(({ test }) => test);
}
