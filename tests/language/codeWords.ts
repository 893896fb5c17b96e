import ts from 'typescript';

const SENTENCE = /^[A-Z][a-z’]+(?: \p{L}|$)|\p{Ll}{2}[,.:]? \p{L}{2}/u;

/** Calls whose texts nobody reads: headers, selectors, errors of programmers. */
const UNREAD = /(?:^|\.)(?:set|header|setHeader|removeHeader|vary|type|Error|querySelector|querySelectorAll)$/;

/** Sentences and capitalised words that a module of the web layer holds itself; comparisons, types and imports aside. */
export function sentencesIn(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (isUnread(node)) return;
    if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText(file))) return;
    const text = textOf(node);
    if (text !== null && SENTENCE.test(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isUnread(node: ts.Node): boolean {
  return (ts.isCallExpression(node) || ts.isNewExpression(node)) && UNREAD.test(node.expression.getText());
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ');
}
