import { z } from 'zod';

/** What is frozen into a client's link: everything the page says that is this client's own. No Lab, no ΔE, no drops. */
export const shareContentSchema = z.object({
  studio: z.string(),
  shadeName: z.string(),
  /** Spoken of in the summary; null where it was not asked. */
  goal: z.enum(['shaved', 'hairline', 'density', 'scar']).nullable(),
  sessions: z.number().int().min(1).max(3),
  /** The technician's own words to the client; may be empty. */
  message: z.string(),
  /** What the pictures cannot show, as the renderer says it. */
  limits: z.array(z.string()),
  engine: z.string(),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
});

export type ShareContent = z.infer<typeof shareContentSchema>;
