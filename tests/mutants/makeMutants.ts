import ts from 'typescript';

/** One small fault: the text from `start` to `end` of a source file, written otherwise. */
export interface Mutant {
  readonly operator: 'compare' | 'arithmetic' | 'logic' | 'negate' | 'constant' | 'drop';
  /** From 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

const SWAPS = new Map<ts.SyntaxKind, readonly [Mutant['operator'], string]>([
  [ts.SyntaxKind.LessThanToken, ['compare', '<=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['compare', '<']],
  [ts.SyntaxKind.GreaterThanToken, ['compare', '>=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['compare', '>']],
  [ts.SyntaxKind.PlusToken, ['arithmetic', '-']],
  [ts.SyntaxKind.MinusToken, ['arithmetic', '+']],
  [ts.SyntaxKind.AsteriskToken, ['arithmetic', '/']],
  [ts.SyntaxKind.SlashToken, ['arithmetic', '*']],
  [ts.SyntaxKind.PlusEqualsToken, ['arithmetic', '-=']],
  [ts.SyntaxKind.MinusEqualsToken, ['arithmetic', '+=']],
  [ts.SyntaxKind.AmpersandAmpersandToken, ['logic', '||']],
  [ts.SyntaxKind.BarBarToken, ['logic', '&&']],
]);

/** A statement that can go without leaving a hole in the syntax: an effect, or a guard that leaves early. */
function canDrop(node: ts.Node): boolean {
  if (ts.isExpressionStatement(node)) return ts.isBlock(node.parent) || ts.isSourceFile(node.parent);
  return ts.isIfStatement(node) && node.elseStatement === undefined && ts.isBlock(node.parent);
}

/** Numbers of a model, not places in an array, and not those of types; ±10 % of 0 is 0. */
function isConstant(node: ts.Node): node is ts.NumericLiteral {
  return (
    ts.isNumericLiteral(node) &&
    Number(node.text) !== 0 &&
    !ts.isElementAccessExpression(node.parent) &&
    !ts.isTypeNode(node.parent)
  );
}

/** Every mutant of a source text, in the order of the text. */
export function makeMutants(text: string): Mutant[] {
  const source = ts.createSourceFile('mutated.ts', text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const add = (operator: Mutant['operator'], node: ts.Node, after: string): void => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    mutants.push({ operator, line, start, end: node.end, before: node.getText(source), after });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const swap = SWAPS.get(node.operatorToken.kind);
      if (swap) add(swap[0], node.operatorToken, swap[1]);
    }
    if (ts.isIfStatement(node)) add('negate', node.expression, `!(${node.expression.getText(source)})`);
    if (ts.isConditionalExpression(node)) add('negate', node.condition, `!(${node.condition.getText(source)})`);
    if (isConstant(node)) for (const factor of ['1.1', '0.9']) add('constant', node, `(${factor} * ${node.text})`);
    if (canDrop(node)) add('drop', node, ';');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

export const applyMutant = (text: string, { start, end, after }: Mutant): string =>
  text.slice(0, start) + after + text.slice(end);
