import * as z from 'zod';
import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';

/** Instrument geometry: 8° with or without gloss, 45/0, or a photo (no fixed geometry). */
const geometry = z.enum(['d/8 SCI', 'd/8 SCE', '45/0', 'photo', 'computed']);
const finite = z.number().finite();
const labTriple = z.tuple([finite.min(0).max(100), finite.min(-128).max(128), finite.min(-128).max(128)]);
const code = z.string().trim().min(1).max(40);
const text = z.string().trim().min(1).max(500);
const isoDate = z.iso.date();

/** Reflectance 0–1 at 400–700 nm in 10 nm steps. */
const HIGHEST_REFLECTANCE = 1.2;
const spectrumSchema: z.ZodType<number[]> = z.array(finite.min(0).max(HIGHEST_REFLECTANCE)).length(31);

const measurementWith = (spectrum: z.ZodType<number[]>) =>
  z
    .object({
      lab: labTriple.optional(),
      spectrum: spectrum.optional(),
      illuminant: z.enum(['D65', 'D50', 'A', 'C', 'F2', 'F11']),
      observer: z.enum(['2', '10']),
      geometry,
      /** What lay under the pigment: a white card, black, opaque layer, or skin as "skin L,a,b". */
      substrate: text,
      /** Mean reflectance of that substrate, 0–1, read in the same way. */
      substrateReflectance: finite.min(0).max(1).optional(),
      /** Wet film of a drawdown, µm. */
      filmUm: finite.positive().max(2000).optional(),
      instrument: text.optional(),
      /** Where the number comes from: who measured or computed it, and when. */
      source: text,
    })
    .refine((m) => m.lab !== undefined || m.spectrum !== undefined, {
      message: catalogProblemsTexts.needsLabOrSpectrum,
    });

/** One colour measurement with everything needed to read it. A number without its conditions is not accepted. */
export const measurementSchema = measurementWith(spectrumSchema);
export type Measurement = z.infer<typeof measurementSchema>;

const letDownOf = (measurement: typeof measurementSchema) =>
  z.object({
    /** Parts of diluent to one part of pigment as bottled. */
    partsDiluent: finite.min(0).max(200),
    measurement,
  });
const letDownSchema = letDownOf(measurementSchema);
export type LetDown = z.infer<typeof letDownSchema>;

const lotSchema = z.object({
  lot: z.string().trim().min(1).max(60),
  expires: isoDate,
  opened: isoDate.optional(),
  quantityMl: finite.min(0).optional(),
  /** A drawdown of this very lot, to be held against the shade's own ladder. */
  drawdown: letDownSchema.optional(),
});

const ingredientSchema = z.object({
  name: text,
  /** Colour Index number, for example "CI 77266". */
  ci: z.string().trim().min(1).max(20).optional(),
  cas: z.string().trim().min(1).max(20).optional(),
});

/** Whose rules a label record follows. */
export const REGIONS = ['EU', 'GB', 'US', 'other'] as const;

/** Statements a label must carry; a null field is missing and is shown as missing. */
const regulatorySchema = z.object({
  region: z.enum(REGIONS),
  intendedUse: text.nullable(),
  batchOnLabel: z.boolean().nullable(),
  ingredientsOnLabel: z.boolean().nullable(),
  nickelStatement: z.boolean().nullable(),
  chromiumStatement: z.boolean().nullable(),
});

/** What the optics need, when the supplier knows it (COLOUR.md §3.4): optical depth of one fresh neat dot at 550 nm. */
const opticsSchema = z.object({
  neatTau: finite.positive().max(50),
  /** Absorption relative to 550 nm at the 31 wavelengths, or the name of a built-in shape. */
  shape: z.union([z.literal('carbon'), z.array(finite.min(0)).length(31)]),
  /** Reduced scattering over absorption at 550 nm. */
  scatterRatio: finite.min(0).max(20),
  source: text,
});

export const shadeSchema = z.object({
  code,
  name: text,
  line: text,
  form: z.enum(['concentrate', 'readyToUse']),
  dilutable: z.boolean(),
  minParts: finite.min(0).max(200),
  maxParts: finite.min(0).max(200),
  /** The ratio the maker expects for everyday work; between the limits. */
  typicalParts: finite.min(0).max(200).optional(),
  /** Where the limits come from. */
  limitsSource: text,
  /** Codes of sterile diluents the maker approves. */
  diluents: z.array(code),
  undertone: z.enum(['cool', 'neutral', 'warm']),
  opacity: z.enum(['transparent', 'semiOpaque', 'opaque']),
  masstone: measurementSchema,
  letDowns: z.array(letDownSchema),
  optics: opticsSchema.optional(),
  ingredients: z.array(ingredientSchema),
  lots: z.array(lotSchema),
  regulatory: z.array(regulatorySchema),
  status: z.enum(['active', 'discontinued']),
  replacement: code.optional(),
  discontinuedReason: text.optional(),
  discontinuedOn: isoDate.optional(),
  doNotMixWith: z.array(code).default([]),
  notes: z.string().trim().min(1).max(2000).optional(),
});
export type Shade = z.infer<typeof shadeSchema>;

function isSpectrum(value: unknown): value is number[] {
  if (!Array.isArray(value) || value.length !== 31) return false;
  for (const number of value)
    if (!(typeof number === 'number' && number >= 0 && number <= HIGHEST_REFLECTANCE)) return false;
  return true;
}
const quickMeasurement = measurementWith(z.custom<number[]>(isSpectrum));
const quickSchema = shadeSchema.extend({ masstone: quickMeasurement, letDowns: z.array(letDownOf(quickMeasurement)) });

/** As `shadeSchema.safeParse`, with the spectra of a faultless shade looked at in one loop: most of a large table. */
export function parseShade(value: unknown): ReturnType<typeof shadeSchema.safeParse> {
  const quick = quickSchema.safeParse(value);
  return quick.success ? quick : shadeSchema.safeParse(value);
}

export const diluentSchema = z.object({
  code,
  name: text,
  sterile: z.boolean(),
  lots: z.array(lotSchema),
});

export const catalogSchema = z.object({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: text,
  supplier: text,
  version: z.int().positive(),
  /** Fictional values for demonstration: said wherever the catalog is shown. */
  demonstration: z.boolean(),
  provenance: text,
  diluents: z.array(diluentSchema),
  shades: z.array(shadeSchema).min(1),
});
export type Catalog = z.infer<typeof catalogSchema>;
