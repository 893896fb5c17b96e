import * as z from 'zod';
import { type Catalog, REGIONS } from '../catalog/shade.ts';
import { StippleError } from '../errors.ts';
import { consultationsTexts } from '../language/texts/consultations.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import type { MatchOwner, MatchRecord } from '../storage/matchRecord.ts';
import { findSettings, saveSettings } from '../storage/settingsRepo.ts';
import { caseSchema, type StudioCase } from './calibrateByCases.ts';
import { resultOf } from './changeMatch.ts';
import type { MatchOptions } from './matchOptions.ts';
import type { Services } from './services.ts';

const settingsSchema = z.object({
  cupMl: z.number().positive().default(1.5),
  /** Counted drops to 1 ml; null until somebody counted. */
  pigmentDropsPerMl: z.number().positive().nullable().default(null),
  diluentDropsPerMl: z.number().positive().nullable().default(null),
  densityPerCm2: z.number().positive().default(DEFAULT_APPLICATION.densityPerCm2),
  diameterMm: z.number().positive().default(DEFAULT_APPLICATION.diameterMm),
  cases: z.array(caseSchema).default([]),
  calibration: z
    .object({
      tauFactor: z.number(),
      sigmaLogTau: z.number(),
      diameterMm: z.number().optional(),
      gapMm: z.number().optional(),
      cases: z.number(),
      deltaE00Before: z.number(),
      deltaE00After: z.number(),
    })
    .nullable()
    .default(null),
  /** Colours of the studio's own card, D65/2°, dark skin to black; null for the published ones. */
  cardReference: z
    .object({
      name: z.string(),
      addedAt: z.string(),
      labs: z.array(z.tuple([z.number(), z.number(), z.number()])).length(24),
    })
    .nullable()
    .default(null),
  /** Whose label statements shades are checked for; null for all that are on record. */
  region: z.enum(REGIONS).nullable().default(null),
  /** A calibration can be switched off without losing its cases. */
  useCalibration: z.boolean().default(true),
});
export type StudioSettings = z.infer<typeof settingsSchema>;

export async function readSettings(services: Services, owner: MatchOwner | null): Promise<StudioSettings> {
  return settingsSchema.parse((owner && (await findSettings(services.db, owner))) ?? {});
}

export async function writeSettings(services: Services, owner: MatchOwner, settings: StudioSettings): Promise<void> {
  await saveSettings(services.db, owner, settingsSchema.parse(settings), services.now());
}

/** The settings without a client's alias in the healed results that were entered; null when it is in none. */
export function forgetAlias(settings: unknown, alias: string): StudioSettings | null {
  const parsed = settingsSchema.parse(settings);
  if (!parsed.cases.some((entry) => entry.alias === alias)) return null;
  const cases = parsed.cases.map((entry) =>
    entry.alias === alias ? { ...entry, alias: consultationsTexts.erasedClient } : entry,
  );
  return { ...parsed, cases };
}

/** What a new match takes from the settings: pinned to it, so that later changes leave old results alone. */
export function optionsFromSettings(settings: StudioSettings): Partial<MatchOptions> {
  const { calibration, useCalibration, cardReference, pigmentDropsPerMl, diluentDropsPerMl } = settings;
  const studio = useCalibration ? calibration : null;
  return {
    ...(pigmentDropsPerMl === null ? {} : { dropPigment: 1 / pigmentDropsPerMl }),
    ...(diluentDropsPerMl === null ? {} : { dropDiluent: 1 / diluentDropsPerMl }),
    ...(cardReference ? { cardReference: cardReference.labs } : {}),
    ...(settings.region ? { region: settings.region } : {}),
    density: settings.densityPerCm2,
    diameter: studio?.diameterMm ?? settings.diameterMm,
    ...(studio ? { strength: studio.tauFactor, strengthCases: studio.cases } : {}),
    ...(studio?.gapMm ? { gap: studio.gapMm } : {}),
  };
}

export interface NewCase {
  readonly code: string;
  readonly partsDiluent: number;
  readonly densityPerCm2: number;
  readonly diameterMm: number;
}

/**
 * Adds a healed result: the hair or stubble area of a measured photo is the treated skin, its skin area the bare skin.
 * @throws StippleError SMP_OPTION_INVALID when the photo or the recipe does not serve
 */
export function caseFromMatch(
  services: Services,
  catalogs: readonly Catalog[],
  match: MatchRecord,
  recipe: NewCase,
): StudioCase {
  const result = resultOf(match);
  if (!result?.skin || !result.hair.lab) {
    throw new StippleError('SMP_OPTION_INVALID', consultationsTexts.noTreatedAreaMeasured);
  }
  const catalog = catalogs.find(({ shades }) => shades.some(({ code }) => code === recipe.code));
  if (!catalog) throw new StippleError('SMP_OPTION_INVALID', consultationsTexts.noCatalogHasAShade(recipe.code));
  return {
    id: crypto.randomUUID(),
    alias: match.alias ?? consultationsTexts.withoutAlias,
    recordedAt: services.now().toISOString(),
    skin: result.skin.lab,
    healedArea: result.hair.lab,
    catalogId: catalog.id,
    ...recipe,
  };
}
