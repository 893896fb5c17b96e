import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../catalog/shade.ts';
import { StippleError } from '../errors.ts';
import { measuringTexts } from '../language/texts/measuring.ts';
import { chooseShade, findMatch, markMeasuring, saveResult } from '../storage/matchesRepo.ts';
import type { MatchOwner, MatchRecord } from '../storage/matchRecord.ts';
import { findPhoto } from '../storage/photosRepo.ts';
import { printCardReference } from './cardReference.ts';
import { citedCatalogs, paletteFor } from './catalogs/currentCatalogs.ts';
import { refreshAfterMatch } from './consultations/openConsultation.ts';
import { printCorrection } from './corrections.ts';
import { type MatchOptions, matchOptionsSchema } from './matchOptions.ts';
import { type MatchResult, matchResultSchema } from './matchResult.ts';
import { measuringUntil } from './matchStep.ts';
import type { Measurement } from './measurePhoto.ts';
import type { RecommendTask } from './photoTask.ts';
import type { Services } from './services.ts';
import { finishMatch, startMatch, today } from './submitPhoto.ts';

/** @throws StippleError SMP_NOT_FOUND when the owner has no such match */
export async function getMatch(services: Services, owner: MatchOwner, id: string): Promise<MatchRecord> {
  const match = await findMatch(services.db, owner, id);
  if (!match) throw new StippleError('SMP_NOT_FOUND');
  return match;
}

/** The stored result, or null while there is none. */
export function resultOf(match: MatchRecord): MatchResult | null {
  return match.result === null ? null : matchResultSchema.parse(match.result);
}

export function optionsOf(match: MatchRecord): MatchOptions {
  return matchOptionsSchema.parse(printBoxes(match.options as unknown as MatchOptions));
}

/** Boxes and points are stored as numbers and read by the schema as text. */
function printBoxes(options: MatchOptions): unknown {
  const print = (boxes: MatchOptions['skin']) => boxes.map((box) => box.join(','));
  return {
    ...options,
    skin: print(options.skin),
    hair: print(options.hair),
    avoid: print(options.avoid),
    cardCorners: options.cardCorners?.map((corner) => corner.join(',')).join(' '),
    cardReference: options.cardReference && printCardReference(options.cardReference),
    white: options.white?.join(','),
    corrections: options.corrections?.map(printCorrection),
  };
}

/**
 * A match stays with the catalog versions it was made from, so that another cup or region does not change the shades
 * under it; only another choice of catalog brings the newest.
 */
async function catalogsOf(
  services: Services,
  owner: MatchOwner,
  match: MatchRecord,
  palette: string,
): Promise<readonly Catalog[]> {
  const cited = palette === optionsOf(match).palette ? await citedCatalogs(services, owner, match.id) : [];
  return cited.length > 0 ? cited : await paletteFor(services, owner, palette);
}

/** Measures the stored photo again, with other regions or after a failure. Resolves when the work has started. */
export async function measureAgain(
  services: Services,
  owner: MatchOwner,
  match: MatchRecord,
  options: MatchOptions,
): Promise<void> {
  const working = await findPhoto(services.db, owner, match.id, 'working');
  const bytes = working && (await services.photos.get(working.storageKey));
  if (!bytes) {
    throw new StippleError('SMP_NOT_FOUND', measuringTexts.photoNoLongerStored);
  }
  const path = join(services.uploadDir, randomBytes(16).toString('hex'));
  await writeFile(path, bytes, { mode: 0o600 });
  const catalogs = await catalogsOf(services, owner, match, options.palette);
  const running = startMatch(services, path, options, catalogs, match.inputSha256);
  running.accepted.catch(() => {});
  await markMeasuring(services.db, owner, match.id, measuringUntil(services));
  void finishMatch(services, owner, match.id, options, running).finally(() => rm(path, { force: true }));
}

/**
 * The same measurement with another cup, catalog, session or drop size; a chosen shade stays chosen.
 * @param newest takes the catalogs as they are now instead of those the match was made from
 */
export async function changeSettings(
  services: Services,
  owner: MatchOwner,
  match: MatchRecord,
  options: MatchOptions,
  newest = false,
): Promise<void> {
  const catalogs = newest
    ? await paletteFor(services, owner, options.palette)
    : await catalogsOf(services, owner, match, options.palette);
  const task: RecommendTask = {
    kind: 'recommend',
    measurement: match.proposal as unknown as Measurement,
    options,
    catalogs,
    asOf: options.asOf ?? today(services),
  };
  const result = await services.pool.run<MatchResult>(task);
  const cited = catalogs.map(({ id, version }) => ({ id, version }));
  await saveResult(
    services.db,
    owner,
    match.id,
    { options, result, engine: result.engine, catalogs: cited },
    services.now(),
  );
  const { chosen } = match;
  if (chosen && result.recommendations.some((r) => r.code === chosen.code && r.catalog.id === chosen.catalogId)) {
    await chooseShade(services.db, owner, match.id, chosen, services.now());
  }
  await refreshAfterMatch(services, owner, match.id);
}
