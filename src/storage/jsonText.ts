import * as z from 'zod';

/** A JSON object: what options, proposals, results, catalogs and settings are to the storage layer. */
export const jsonObjectSchema = z.record(z.string(), z.json());
export type JsonObject = z.infer<typeof jsonObjectSchema>;

/** Column text -> JSON object. Refuses text that is not JSON and JSON that is not an object. */
export const jsonTextSchema = z.string().transform((text, context): JsonObject => {
  try {
    return jsonObjectSchema.parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'Expected the text of a JSON object' });
    return z.NEVER;
  }
});

/**
 * Object -> column text. The key order is kept, so reading and writing again gives the same bytes; properties that are
 * undefined are left out.
 * @throws TypeError for a number JSON cannot write (NaN, infinities) and for anything that is not an object
 */
export function toJsonText(value: object): string {
  const text = JSON.stringify(value, refuseNonFinite);
  if (!text.startsWith('{')) throw new TypeError(`Expected an object to store but received ${text.slice(0, 40)}.`);
  return text;
}

function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`Expected a finite number to store for "${key}" but received ${value}.`);
  }
  return value;
}
