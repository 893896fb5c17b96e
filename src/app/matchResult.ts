import * as z from 'zod';

/**
 * The one contract of page, command line and API. All Lab values are CIELAB D65/2°, rounded to two decimals here and
 * nowhere earlier. The OpenAPI document is made from these schemas.
 */
const number = z.number();
const lab = z.tuple([number, number, number]).describe('CIELAB D65/2°: L*, a*, b*');
const box = z.tuple([number, number, number, number]).describe('x, y, width, height in displayed pixels');
const point = z.tuple([number, number]);

export const qualityEntrySchema = z.object({
  check: z
    .string()
    .describe(
      'focus, exposure, clipping, glare, cast, shadow, resolution, hairVisible, skinVisible, scalp, fresh, earlierWork, composite, tattoo, card, profile, frames',
    ),
  level: z.enum(['ok', 'warn', 'fail']),
  message: z.string(),
  fix: z.string(),
  at: box.optional(),
});

const cardSchema = z.object({
  type: z.literal('classic24'),
  corners: z
    .array(point)
    .length(4)
    .describe('From the outer corner beside the dark-skin patch, round as on the upright chart'),
  rotationQuarterTurns: z.int().min(0).max(3),
  deltaE00Before: number,
  deltaE00After: number,
  patchesUsed: z.int(),
  rejected: z.array(z.object({ patch: z.int(), why: z.string() })),
  edition: z
    .enum(['before2014', 'after2014', 'own'])
    .optional()
    .describe('Which published colours fitted better, or the card’s own'),
  patches: z
    .array(
      z.object({
        patch: z.int(),
        deltaE00Before: number,
        deltaE00After: number,
        seen: lab,
        corrected: lab,
        reference: lab,
      }),
    )
    .optional()
    .describe('Each patch used: as photographed, after correction, and what it is'),
});

const calibrationSchema = z.object({
  method: z.enum(['card', 'white', 'estimated', 'none']),
  expectedDeltaE00: number,
  card: cardSchema.optional(),
  message: z.string().optional().describe('Why a card was not used, in plain words'),
});

const skinSchema = z.object({
  lab,
  sd: lab,
  itaDeg: number,
  itaClass: z.string(),
  pixels: z.int(),
});

const hairSchema = z.object({
  lab: lab.nullable(),
  sd: lab.nullable(),
  kind: z.enum(['stubble', 'short', 'long', 'none']),
  greyPercent: number.nullable(),
  coveragePercent: number.nullable(),
  diameterPx: number.nullable(),
  diameterMm: number.nullable().describe('Where a card of stated size gives the scale'),
  densityPerCm2: number.nullable(),
});

const dilutionSchema = z.object({
  partsDiluent: number,
  pigmentDrops: z.int(),
  diluentDrops: z.int(),
  pigmentMl: number,
  diluentMl: number,
  cupMl: number,
  makesMl: number,
  ratioErrorPercent: number,
  ratioErrorDeltaE00: number.optional(),
  diluent: z.string().nullable(),
  note: z.string().nullable().optional(),
});

const flagSchema = z.enum([
  'blueRisk',
  'expiredLot',
  'noLot',
  'discontinued',
  'notDilutable',
  'beyondRange',
  'missingRegulatory',
  'beyondVisibility',
  'undertoneHidden',
  'metamerism',
  'edgeOfRange',
  'needsMoreDensity',
  'existingWork',
  'learnedCorrection',
]);

export const recommendationSchema = z.object({
  code: z.string(),
  name: z.string(),
  catalog: z.object({ id: z.string(), version: z.int() }),
  dilution: dilutionSchema,
  predicted: z.object({
    healed: lab,
    fresh: lab,
    dot: lab,
    aged: z.object({ years: number, lightest: lab, darkest: lab }),
  }),
  deltaE00: number,
  deltaL: number,
  words: z.string(),
  probability: number.optional().describe('That this shade is the best of all; not stated for a mix'),
  probabilityTopThree: number.optional().describe('That it is among the best three'),
  flags: z.array(flagSchema),
  flagReasons: z.array(z.object({ flag: z.string(), reason: z.string() })),
  basis: z.enum(['spectral', 'ladder', 'swatch']),
  mixWith: z.object({ code: z.string(), name: z.string(), drops: z.int() }).optional(),
});

const sessionSchema = z.object({
  session: z.int().min(1).max(3),
  code: z.string(),
  partsDiluent: number,
  pigmentDrops: z.int(),
  diluentDrops: z.int(),
  spacingPercent: z.int(),
  note: z.string(),
});

export const matchResultSchema = z.object({
  schema: z.literal(1),
  engine: z.string(),
  asOf: z.iso.date().describe('The day lots were checked against'),
  input: z.object({
    sha256: z.string(),
    widthPx: z.int(),
    heightPx: z.int(),
    format: z.string(),
    profile: z.string(),
    orientationApplied: z.boolean(),
  }),
  quality: z.array(qualityEntrySchema),
  calibration: calibrationSchema,
  regions: z.object({
    skin: z.array(box),
    hair: z.array(box),
    avoid: z.array(box),
    source: z.enum(['automatic', 'given']),
    mask: z
      .string()
      .optional()
      .describe('Painted areas as given; then boxes of skin and hair are squares inside them, for orientation'),
    foreign: z
      .array(z.object({ kind: z.enum(['cloth', 'tattoo']), box }))
      .optional()
      .describe('Cloth or gloves, and tattoos or old pigment run together, that were found and are not measured'),
  }),
  skin: skinSchema.nullable(),
  hair: hairSchema,
  pool: z
    .array(
      z.object({
        sha256: z.string(),
        calibration: z.enum(['card', 'white', 'estimated', 'none']),
        skin: lab.nullable(),
        hair: lab.nullable(),
        leftOut: z.string().nullable().describe('Why its colours are not used; null where they are'),
      }),
    )
    .optional()
    .describe('Where several photos of one client were pooled: each of them; input and regions are the first one’s'),
  target: z.object({ lab, sd: lab, why: z.string() }).nullable(),
  assumptions: z.object({ densityPerCm2: number, diameterMm: number, healedFraction: number }),
  recommendations: z.array(recommendationSchema),
  sessions: z.array(sessionSchema),
  why: z.array(z.string()),
  densityAdvice: z.object({ densityPerCm2: number, deltaE00: number, words: z.string() }).nullable(),
  confidence: z.object({
    level: z.enum(['high', 'medium', 'low', 'none']),
    reasons: z.array(z.string()).min(1),
    next: z.string(),
  }),
  outcome: z.enum(['match', 'tooCloseToCall', 'noGoodMatch', 'refused']),
});

export type MatchResult = z.infer<typeof matchResultSchema>;
export type Recommendation = z.infer<typeof recommendationSchema>;
