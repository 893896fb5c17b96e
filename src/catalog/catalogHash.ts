import { createHash } from 'node:crypto';
import type { Catalog } from './shade.ts';

/** The same fields in the same order, whatever order they were written in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, entry]) => [key, canonical(entry)]),
  );
}

/** SHA-256 (hex) of a catalog's content. Two catalogs with equal content have the same hash whatever their key order. */
export function catalogHash(catalog: Catalog): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(catalog)))
    .digest('hex');
}
