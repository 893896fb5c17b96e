import * as z from 'zod';
import { jsonTextSchema } from './jsonText.ts';

/** Whose a match is: a visitor's who is not signed in, or a studio's. The property's name is the column's. */
export type MatchOwner = { readonly browserSessionId: string } | { readonly organisationId: string };

/**
 * Where a match stands: `photo` taken and checked or about to be, `done` with a result, `refused` because the photo cannot
 * be measured. Earlier versions wrote `regions` when they had found these and not yet the result.
 */
export const MATCH_STATUSES = ['photo', 'regions', 'done', 'refused'] as const;
export type MatchStatus = (typeof MATCH_STATUSES)[number];

/** A row of `matches` as the database gives it -> a MatchRecord; refuses rows that something else has written into. */
const matchRowSchema = z
  .object({
    id: z.string(),
    status: z.enum(MATCH_STATUSES),
    alias: z.string().nullable(),
    optionsJson: jsonTextSchema,
    proposalJson: jsonTextSchema.nullable(),
    resultJson: jsonTextSchema.nullable(),
    refusalCode: z.string().nullable(),
    engine: z.string().nullable(),
    inputSha256: z.string(),
    chosenCatalogId: z.string().nullable(),
    chosenCode: z.string().nullable(),
    chosenReason: z.string().nullable(),
    chosenAt: z.string().nullable(),
    createdAt: z.string(),
    measuringUntil: z.string().nullable(),
    updatedAt: z.string(),
  })
  .transform((row) => {
    const { optionsJson, proposalJson, resultJson, chosenCatalogId, chosenCode, chosenReason, chosenAt, ...rest } = row;
    const chosen =
      chosenCatalogId === null || chosenCode === null || chosenAt === null
        ? null
        : { catalogId: chosenCatalogId, code: chosenCode, reason: chosenReason, chosenAt };
    return { ...rest, options: optionsJson, proposal: proposalJson, result: resultJson, chosen };
  });

/** One match of one owner. Its JSON is an object for certain; what is in it is checked by whoever knows its schema. */
export type MatchRecord = Readonly<z.infer<typeof matchRowSchema>>;

/** @throws Error naming the row when its text is not what this program writes */
export function readMatchRow(row: { id: string }): MatchRecord {
  const parsed = matchRowSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new Error(`Expected a readable match ${row.id} in the database but received: ${z.prettifyError(parsed.error)}`);
}
