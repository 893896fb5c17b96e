import ts from 'typescript';

/** Stands for a value inside a template. */
const VALUE = '{}';

/**
 * What people read: a capitalised word with or before others, an article with its noun, two words in a row, and a word
 * beside a value. Names and keys that are no words of a language have none of these.
 */
const SENTENCE = /^[A-Z][a-z’]+(?: |$)|^(?:an?|the|no) \p{L}|\p{Ll}{2}[,.:;]? \p{L}|\{\} \p{Ll}{3}|\p{Ll}{3} \{\}/u;

/**
 * Calls whose texts are no page's, answer's or terminal's: response headers and types, selectors, lines of the log, faults
 * of programmers (RangeError, TypeError), parts of a query, and `describe`, which documents options of API and server in
 * OpenAPI and README.
 */
const UNREAD =
  /^(?:res|response)\.set$|(?:^|\.)(?:header|setHeader|removeHeader|vary|type|querySelector|querySelectorAll|describe|meta)$|logger\.(?:debug|info|warn|error)$|^(?:Range|Type)Error$|(?:^|\.)(?:select|where|whereRef|on|orderBy|onDelete|addColumn|selectFrom|leftJoin|innerJoin)$/;

/** What a fault of a programmer says: `throw new Error('Expected …')`. */
const PROGRAMMERS = /^Expected /;

/** Sentences that a module holds itself; comparisons, types, imports and queries aside. */
export function sentencesIn(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (isUnread(node)) return;
    // `sql` and the like: text of another language.
    if (ts.isTaggedTemplateExpression(node)) return;
    if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText(file))) return;
    const text = textOf(node);
    if (text !== null && SENTENCE.test(text) && !(PROGRAMMERS.test(text) && isThrown(node))) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isUnread(node: ts.Node): boolean {
  return (ts.isCallExpression(node) || ts.isNewExpression(node)) && UNREAD.test(node.expression.getText());
}

/** An argument of `new Error`, not of an error that is shown to people. */
function isThrown({ parent }: ts.Node): boolean {
  return ts.isNewExpression(parent) && parent.expression.getText() === 'Error';
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(VALUE);
}
