/** Attributes that are read out or shown. */
const READ = new Set(['title', 'alt', 'aria-label', 'placeholder', 'label']);
const LETTER = /\p{L}/u;

/** Words that a view holds itself: text between tags, attributes that are read, and sentences in its code. */
export function ownWords(view: string): string[] {
  const words: string[] = [];
  // Code becomes a character without letters, so that tags inside and outside it can be told apart.
  const markup = view.replace(/<%([-=]?)(.*?)%>/gs, (_, kind: string, code: string) => {
    words.push(...wordsOfCode(code, kind === '='));
    return '\uFFFC';
  });
  const outside = markup.replace(/<!--.*?-->|<[a-zA-Z/!][^>]*>/gs, (tag) => {
    for (const [, name, value] of tag.matchAll(/\s([\w-]+)="([^"]*)"/g)) if (READ.has(name!)) words.push(value!);
    return '\n';
  });
  words.push(...outside.split(/[\n\uFFFC]/));
  return words.map((text) => text.replace('Stipple', '').trim()).filter((text) => LETTER.test(text));
}

/** Texts in quotes that are shown: with a capital or a space; others are values, names and paths. */
function wordsOfCode(code: string, shown: boolean): string[] {
  const quoted = [...code.matchAll(/(===|!==)?\s*(?:'((?:[^'\\]|\\.)*)'|`([^`]*)`)/g)];
  return quoted.flatMap(([, compared, text, template]) => {
    const literal = (text ?? template ?? '').replace(/\$\{[^}]*\}/g, '');
    if (compared || (template !== undefined && !shown)) return [];
    return /^[A-Z]|\p{L} \p{L}/u.test(literal) ? [literal] : [];
  });
}
