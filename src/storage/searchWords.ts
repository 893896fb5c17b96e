/** More words than this say nothing new about one consultation. */
const MOST_WORDS = 24;
const LONGEST_WORD = 40;

/** Text as it is looked up: lower case, accents and compatibility forms taken off. */
export function searchKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .trim();
}

/**
 * The words of a text: what stands between spaces, and the parts that do not begin it ("da-03" also as "03"; "da" finds it
 * anyway, because a word is found by its start). Single letters stay, because one is found as a whole word only.
 */
export function searchWords(texts: readonly (string | null)[]): string[] {
  const words = texts.flatMap((text) => {
    const whole = searchKey(text ?? '').split(/\s+/);
    const parts = whole.flatMap((word) =>
      word.split(/[^\p{Letter}\p{Number}]+/u).filter((part) => part.length === 1 || !word.startsWith(part)),
    );
    return [...whole, ...parts];
  });
  const distinct = [...new Set(words.map((word) => word.slice(0, LONGEST_WORD)))];
  return distinct.filter((word) => /[\p{Letter}\p{Number}]/u.test(word)).slice(0, MOST_WORDS);
}

/** What somebody typed into a search field, as words that all have to be found; none for an empty field. */
export function searchTerms(typed: string): string[] {
  const terms = searchKey(typed)
    .split(/\s+/)
    .map((term) => term.slice(0, LONGEST_WORD))
    .filter((term) => /[\p{Letter}\p{Number}]/u.test(term));
  return [...new Set(terms)].slice(0, 6);
}
