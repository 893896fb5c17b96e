import { codeKey } from '../../catalog/checkShadeRules.ts';

/** Replaces what has the same code and adds what is new. */
export function overlayItems<Item extends { readonly code: string }>(
  items: readonly Item[],
  edited: readonly Item[],
): Item[] {
  const byKey = new Map(edited.map((item) => [codeKey(item.code), item]));
  const kept = items.map((item) => byKey.get(codeKey(item.code)) ?? item);
  const known = new Set(items.map(({ code }) => codeKey(code)));
  return [...kept, ...edited.filter(({ code }) => !known.has(codeKey(code)))];
}
