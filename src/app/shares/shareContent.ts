import * as z from 'zod';
import { LIGHTS, TREATMENTS } from '../../preview/previewLooks.ts';

/** What is frozen into a client's link: everything the page says that is this client's own. No Lab, no ΔE, no drops. */
export const shareContentSchema = z.object({
  studio: z.string(),
  shadeName: z.string(),
  /** The treatment that the pictures show; the page says what it is. */
  goal: z.enum(TREATMENTS),
  /** The light they are drawn in; daylight in links made before it was kept. */
  light: z.enum(LIGHTS).default('d65'),
  /** How many sessions the plan has; null where the chosen shade has no plan of its own. */
  sessions: z.number().int().min(1).max(3).nullable(),
  /** The technician's own words to the client; may be empty. */
  message: z.string(),
  engine: z.string(),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
});

export type ShareContent = z.infer<typeof shareContentSchema>;
