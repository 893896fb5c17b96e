import * as z from 'zod';
import { jsonTextSchema } from './jsonText.ts';

/**
 * `draft` while the studio works on it, `sent` once the client has a link, `approved` when the client agreed, `changes`
 * when the client asked for some.
 */
export const CONSULTATION_STATUSES = ['draft', 'sent', 'approved', 'changes'] as const;
export type ConsultationStatus = (typeof CONSULTATION_STATUSES)[number];

/** A row of `consultations` with its client's alias; refuses rows that something else has written into. */
const consultationRowSchema = z
  .object({
    id: z.string(),
    clientId: z.string(),
    alias: z.string(),
    previousId: z.string().nullable(),
    revision: z.number(),
    status: z.enum(CONSULTATION_STATUSES),
    statusAt: z.string(),
    changesNote: z.string().nullable(),
    session: z.number(),
    goal: z.string().nullable(),
    pattern: z.string().nullable(),
    fitzpatrick: z.number().nullable(),
    skinNotes: z.string(),
    scarNotes: z.string(),
    expectations: z.string(),
    sessionNotes: z.string(),
    treatedOn: z.string().nullable(),
    recipeJson: jsonTextSchema.nullable(),
    technicianId: z.string(),
    technicianName: z.string(),
    shadeText: z.string().nullable(),
    thumbMatchId: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .transform(({ recipeJson, ...rest }) => ({ ...rest, recipe: recipeJson }));

/** One consultation of a studio. What may stand in goal, pattern and recipe is checked by whoever knows its schema. */
export type ConsultationRecord = Readonly<z.infer<typeof consultationRowSchema>>;

/** @throws Error naming the row when its text is not what this program writes */
export function readConsultationRow(row: { id: string }): ConsultationRecord {
  const parsed = consultationRowSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error);
  throw new Error(`Expected a readable consultation ${row.id} in the database but received: ${why}`);
}

/** What a list shows of a consultation: no notes, no results. */
export interface ConsultationSummary {
  readonly id: string;
  readonly clientId: string;
  readonly alias: string;
  readonly status: ConsultationStatus;
  readonly session: number;
  readonly goal: string | null;
  readonly shadeText: string | null;
  readonly thumbMatchId: string | null;
  readonly technicianName: string;
  readonly createdAt: string;
}
