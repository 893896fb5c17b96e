import * as z from 'zod';
import { consultationsTexts } from '../../language/texts/consultations.ts';
import type { MatchRecord } from '../../storage/matchRecord.ts';
import { type MatchResult, matchResultSchema } from '../matchResult.ts';
import { STATUS_WORDS } from './vocabulary.ts';

/** The mix of one session, as it stands in a consultation: carried forward when the next session repeats it. */
export const recipeSchema = z.object({
  catalogId: z.string(),
  /** Version of the catalog the recipe was made from: later changes of the catalog leave it alone. */
  version: z.number().int(),
  code: z.string(),
  name: z.string(),
  partsDiluent: z.number(),
  pigmentDrops: z.number().int(),
  diluentDrops: z.number().int(),
  cupMl: z.number(),
  densityPerCm2: z.number(),
  diameterMm: z.number(),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** "DA-03 · 12 : 1". */
export function recipeText({ code, partsDiluent }: Recipe): string {
  return `${code} · ${partsDiluent === 0 ? consultationsTexts.asBottled : `${Number(partsDiluent.toFixed(1))} : 1`}`;
}

/** The stored result, or null while there is none. Read here, because what stores results asks this file for their recipes. */
function resultOf(match: MatchRecord): MatchResult | null {
  return match.result === null ? null : matchResultSchema.parse(match.result);
}

/**
 * The recipe of a match for a session: the shade the technician chose, else the suggested one. Null without a result, and
 * where nothing was chosen among shades that are too close to call or no good match.
 */
export function recipeOf(match: MatchRecord, session: number): Recipe | null {
  const result = resultOf(match);
  if (!result) return null;
  const { chosen } = match;
  const clear = result.outcome === 'match';
  const shade = chosen
    ? result.recommendations.find(({ code, catalog }) => code === chosen.code && catalog.id === chosen.catalogId)
    : clear
      ? result.recommendations[0]
      : undefined;
  if (!shade) return null;
  const step = result.sessions.find((entry) => entry.session === Math.min(3, session) && entry.code === shade.code);
  const { dilution } = shade;
  return {
    catalogId: shade.catalog.id,
    version: shade.catalog.version,
    code: shade.code,
    name: shade.name,
    partsDiluent: step?.partsDiluent ?? dilution.partsDiluent,
    pigmentDrops: step?.pigmentDrops ?? dilution.pigmentDrops,
    diluentDrops: step?.diluentDrops ?? dilution.diluentDrops,
    cupMl: dilution.cupMl,
    densityPerCm2: result.assumptions.densityPerCm2,
    diameterMm: result.assumptions.diameterMm,
  };
}

/** What a list says of a match. */
export function shadeTextOf(match: MatchRecord, session: number): string | null {
  const recipe = recipeOf(match, session);
  if (recipe) return recipeText(recipe);
  const outcome = resultOf(match)?.outcome;
  if (outcome === 'tooCloseToCall') return consultationsTexts.tooCloseToCall;
  if (outcome === 'noGoodMatch') return consultationsTexts.noGoodMatch;
  return null;
}

export function statusWords(status: keyof typeof STATUS_WORDS): string {
  return STATUS_WORDS[status];
}
