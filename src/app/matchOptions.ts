import * as z from 'zod';
import { REGIONS } from '../catalog/shade.ts';
import { StippleError } from '../errors.ts';
import { apiAnswersTexts } from '../language/texts/apiAnswers.ts';
import { MOST_MASK_TEXT, readMask } from '../masks/maskText.ts';
import { HAIR_COLOURS } from '../matching/hairColours.ts';
import { HAIR_FROM } from '../matching/target.ts';
import type { Box, Point } from '../photo/rasterPhoto.ts';
import { correctionText } from './corrections.ts';

/** What page, command line and API may ask of a match; the same schema checks all three. */

const boxText = z
  .string()
  .regex(/^\s*\d+\s*,\s*\d+\s*,\s*\d+\s*,\s*\d+\s*$/)
  .transform((text) => text.split(',').map(Number) as unknown as Box);
const pointText = z
  .string()
  .regex(/^\s*\d+(\.\d+)?\s*,\s*\d+(\.\d+)?\s*$/)
  .transform((text) => text.split(',').map(Number) as unknown as Point);
const labText = z
  .string()
  .regex(/^\d+(\.\d+)?(,-?\d+(\.\d+)?){2}$/)
  .transform((text) => text.split(',').map(Number) as [number, number, number]);
const boxList = z
  .union([z.array(boxText), boxText.transform((box) => [box])])
  .optional()
  .transform((boxes) => boxes ?? []);

const positive = (max: number) => z.coerce.number().positive().max(max);

export const matchOptionsSchema = z.object({
  palette: z.string().max(64).default('all').describe('Catalog id, or "all" for every active catalog'),
  skin: boxList.describe('Skin boxes "x,y,w,h" in displayed pixels; none proposes them'),
  hair: boxList.describe('Hair or stubble boxes'),
  avoid: boxList.describe('Boxes never to measure'),
  mask: z
    .string()
    .max(MOST_MASK_TEXT)
    .refine((text) => readMask(text) !== null)
    .optional()
    .describe(
      'Painted areas on a grid over the whole photo, "WxH:" and runs of cells row by row: count and s skin, h hair, a avoid or . neither, such as "4x3:2s.5h4a"; boxes lie over it',
    ),
  card: z
    .enum(['auto', 'none', 'classic24'])
    .default('auto')
    .describe('classic24 refuses the photo when no card is usable'),
  cardType: z
    .enum(['classic', 'mini', 'passport', 'nano'])
    .optional()
    .describe('Size of the card, which a photo cannot tell; gives the scale in mm'),
  cardCorners: z
    .string()
    .transform((text) => text.trim().split(/\s+/))
    .pipe(z.array(pointText).length(4))
    .optional()
    .describe(
      'Outer corners of the corner patches, "x,y x,y x,y x,y" in any order, where the card is not found by itself',
    ),
  cardReference: z
    .string()
    .max(1200)
    .transform((text) => text.trim().split(/\s+/))
    .pipe(z.array(labText).length(24))
    .optional()
    .describe('Colours of this very card instead of the published ones: 24 times "L,a,b" D65/2°, dark skin to black'),
  white: pointText.optional().describe('A point "x,y" on a white or grey card or a sheet of paper'),
  whiteKind: z.enum(['white', 'grey', 'paper']).default('white').describe('What the point of "white" lies on'),
  hairFrom: z
    .enum(HAIR_FROM)
    .default('scalp')
    .describe(
      'What the hair area shows: hair of the scalp, an eyebrow or beard to take the colour from, or earlier SMP',
    ),
  hairColour: z
    .enum(HAIR_COLOURS.map(({ key }) => key))
    .optional()
    .describe('Hair colour chosen instead of measured, for a client without hair'),
  fitzpatrick: z.coerce.number().int().min(1).max(6).optional().describe('As asked from the client; never guessed'),
  cup: positive(50).default(1.5).describe('Cup size in ml'),
  dropPigment: positive(0.5).optional().describe('Volume of one drop of pigment in ml; assumed 0.05 without it'),
  dropDiluent: positive(0.5).optional().describe('Volume of one drop of diluent in ml; assumed 0.05 without it'),
  goal: z.enum(['shaved', 'hairline', 'density', 'scar']).default('shaved'),
  session: z.coerce.number().int().min(1).max(3).default(1),
  density: positive(400).optional().describe('Dots per cm² the technician sets'),
  diameter: positive(2).optional().describe('Healed dot diameter in mm'),
  strength: positive(20).optional().describe('Studio calibration: factor on every pigment’s strength'),
  strengthCases: z.coerce.number().int().min(1).optional().describe('Healed results behind that factor'),
  gap: positive(2).optional().describe('Studio calibration: depth of the pigment below the epidermis in mm'),
  corrections: z
    .union([z.array(correctionText), correctionText.transform((one) => [one])])
    .optional()
    .describe('What healed results taught: "CATALOG/CODE=FACTOR,CASES", with * for every other shade'),
  region: z.enum(REGIONS).optional().describe('Whose label statements to check; all that are on record without it'),
  asOf: z.iso.date().optional().describe('Day to check lots against; today without it'),
});

export type MatchOptions = z.output<typeof matchOptionsSchema>;

/** @throws StippleError SMP_OPTION_INVALID or SMP_REGION_INVALID naming the option */
export function parseMatchOptions(input: unknown): MatchOptions {
  const parsed = matchOptionsSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const name = String(issue.path[0] ?? 'options');
  const region = ['skin', 'hair', 'avoid'].includes(name);
  if (name === 'mask') {
    throw new StippleError('SMP_REGION_INVALID', apiAnswersTexts.expectedMask);
  }
  if (region) throw new StippleError('SMP_REGION_INVALID', apiAnswersTexts.expectedBox(name));
  throw new StippleError('SMP_OPTION_INVALID', apiAnswersTexts.optionNotUsable(name, issue.message));
}
