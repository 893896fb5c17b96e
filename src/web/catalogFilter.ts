/** A list or choice on a page has at most so many entries; a filter finds the others. */
const MOST_LISTED = 200;

export interface Listed<T> {
  readonly shown: readonly T[];
  /** How many the filter found, shown or not. */
  readonly found: number;
}

interface Named {
  readonly code: string;
  readonly name: string;
}

/** Whether the code or the name holds a text, in any case. */
export function hasText({ code, name }: Named, asked: string): boolean {
  const wanted = asked.trim().toLowerCase();
  return code.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted);
}

/**
 * Items whose code or name holds the asked text, in any case, cut to what a page can show.
 * @param isKept items shown whatever the filter says, first: what a form was opened or sent with
 */
export function filterItems<T extends Named>(
  items: readonly T[],
  asked: string,
  isKept: (item: T) => boolean,
): Listed<T> {
  const kept = items.filter(isKept);
  const found = items.filter((item) => hasText(item, asked));
  const others = found.filter((item) => !isKept(item)).slice(0, MOST_LISTED - kept.length);
  const listed = new Set([...kept, ...others]);
  // Nothing moves while all fit.
  const shown = found.length <= MOST_LISTED ? items.filter((item) => listed.has(item)) : [...listed];
  return { shown, found: found.length };
}

/** Whether a page needs a filter: there is more than it lists, or one is set. */
export const needsFilter = (count: number, asked: string): boolean => count > MOST_LISTED || asked !== '';
