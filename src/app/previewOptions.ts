import * as z from 'zod';
import { StippleError } from '../errors.ts';
import { previewRequestsTexts } from '../language/texts/previewRequests.ts';
import { DENSITIES, LIGHTS, STAGES, TREATMENTS } from '../preview/previewLooks.ts';
import { AUTO_AREA, readArea } from '../preview/treatedArea.ts';

/** What a preview may be asked for; address, command line and page are checked by the same schema. */
export const previewOptionsSchema = z.object({
  catalog: z.string().max(64).optional().describe('Catalog of the shade; the recommended one without it'),
  code: z.string().max(64).optional().describe('Shade; the chosen or first recommended one without it'),
  partsDiluent: z.coerce
    .number()
    .min(0)
    .max(200)
    .optional()
    .describe('Parts of diluent to one of pigment; without it the recipe of the session'),
  stage: z.enum(STAGES).default('healed'),
  density: z.enum(DENSITIES).default('medium').describe('medium is what the recommendation was worked out for'),
  session: z.coerce
    .number()
    .pipe(z.union([z.literal(1), z.literal(2), z.literal(3)]))
    .default(3)
    .describe('After this session: 30, 70 or 100 % of the dots'),
  light: z.enum(LIGHTS).default('d65'),
  treatment: z.enum(TREATMENTS).default('shaved'),
  mask: z
    .string()
    .transform((text, context) => {
      const area = readArea(text);
      if (area) return area;
      context.addIssue({ code: 'custom', message: 'expected a preset and shapes, such as "crown.b0k8c8c"' });
      return z.NEVER;
    })
    .default(AUTO_AREA)
    .describe('Where dots go: auto, hairline, temples, crown or none, then shapes'),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(1).describe('The same seed sets the same dots'),
  mirror: z
    .enum(['0', '1'])
    .default('0')
    .transform((text) => text === '1'),
  range: z.enum(['lightest', 'darkest']).default('darkest').describe('Which end of a range, where there is one'),
});

export type PreviewOptions = z.output<typeof previewOptionsSchema>;

/** @throws StippleError SMP_OPTION_INVALID naming the option */
export function parsePreviewOptions(input: unknown): PreviewOptions {
  const parsed = previewOptionsSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new StippleError(
    'SMP_OPTION_INVALID',
    previewRequestsTexts.optionNotUsable(String(issue.path[0] ?? 'options'), issue.message),
  );
}
