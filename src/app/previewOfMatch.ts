import type { Catalog } from '../catalog/shade.ts';
import { StippleError } from '../errors.ts';
import { previewRequestsTexts } from '../language/texts/previewRequests.ts';
import { readMask } from '../masks/maskText.ts';
import type { MatchOwner, MatchRecord } from '../storage/matchRecord.ts';
import { findPhoto } from '../storage/photosRepo.ts';
import { citedCatalogs } from './catalogs/currentCatalogs.ts';
import { optionsOf, resultOf } from './changeMatch.ts';
import { correctionFor } from './corrections.ts';
import type { Measurement } from './measurePhoto.ts';
import type { PreviewOptions } from './previewOptions.ts';
import { type PreviewScene, previewScene } from './previewScene.ts';
import { previewShade } from './previewShade.ts';
import type { PreviewAnswer, PreviewTask } from './renderPreview.ts';
import type { Services } from './services.ts';

/** What previews of a stored match start from. */
export interface MatchPreviews {
  readonly scene: PreviewScene;
  /** Factor on a shade's strength: the studio's calibration and what its healed results taught, as the result has them. */
  readonly strengthOf: (catalogId: string, code: string) => number;
  /** The very versions that the result was made from. */
  readonly catalogs: readonly Catalog[];
}

/** @throws StippleError SMP_NOT_FOUND when the match has no result, skin or photo */
export async function matchPreviews(
  services: Services,
  owner: MatchOwner,
  match: MatchRecord,
): Promise<MatchPreviews & { readonly storageKey: string }> {
  const result = resultOf(match);
  const display = await findPhoto(services.db, owner, match.id, 'display');
  const suggested = readMask((match.proposal as unknown as Partial<Measurement> | null)?.suggested ?? '');
  if (!result || !display || !suggested) throw new StippleError('SMP_NOT_FOUND');
  const options = optionsOf(match);
  const scene = previewScene(result, suggested, display, { gapMm: options.gap ?? null, cardType: options.cardType });
  const catalogs = await citedCatalogs(services, owner, match.id);
  const strengthOf = (catalogId: string, code: string): number =>
    (options.strength ?? 1) * (correctionFor(options.corrections, catalogId, code)?.factor ?? 1);
  return { scene, strengthOf, catalogs, storageKey: display.storageKey };
}

/**
 * One preview picture of a stored match, drawn anew each time: nothing of it is kept.
 * @throws StippleError SMP_NOT_FOUND, SMP_OPTION_INVALID or SMP_BUSY
 */
export async function previewOfMatch(
  services: Services,
  owner: MatchOwner,
  match: MatchRecord,
  options: PreviewOptions,
): Promise<PreviewAnswer> {
  const { scene, strengthOf, catalogs, storageKey } = await matchPreviews(services, owner, match);
  const shade = previewShade(resultOf(match)!, options, match.chosen);
  const photo = await services.photos.get(storageKey);
  if (!photo) throw new StippleError('SMP_NOT_FOUND', previewRequestsTexts.photoNoLongerStored);
  const task: PreviewTask = {
    kind: 'preview',
    photo,
    question: { scene, shade, strength: strengthOf(shade.catalogId, shade.code), options },
    catalogs: catalogs.filter(({ id }) => id === shade.catalogId),
  };
  return services.pool.run<PreviewAnswer>(task);
}
