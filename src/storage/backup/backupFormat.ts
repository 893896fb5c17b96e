import * as z from 'zod';

/**
 * A backup is a gzipped tar: `manifest.json` first, then `tables/<table>/<n>.jsonl` in an order that can be inserted,
 * `photos/<key>`, and `complete.json` last. Without the last part it is not a backup, so a cut file is never restored.
 */
export const MANIFEST = 'manifest.json';
export const COMPLETE = 'complete.json';

export const manifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The last migration of the database it was made from. */
  migration: z.string(),
});

export const completeSchema = z.object({
  rows: z.record(z.string(), z.number().int().nonnegative()),
  photos: z.number().int().nonnegative(),
});

export type BackupSummary = Readonly<z.infer<typeof completeSchema>>;
