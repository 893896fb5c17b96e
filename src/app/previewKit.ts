import type { Pigment } from '../optics/pigment.ts';
import { SESSIONS } from '../preview/previewLooks.ts';
import type { MatchOwner, MatchRecord } from '../storage/matchRecord.ts';
import { resultOf } from './changeMatch.ts';
import { matchPreviews } from './previewOfMatch.ts';
import type { PreviewScene } from './previewScene.ts';
import { pigmentOfShade, previewShade } from './previewShade.ts';
import type { Services } from './services.ts';

/** One shade of a result as the preview studio offers it. */
export interface KitShade {
  /** `catalog/code`. */
  readonly key: string;
  readonly name: string;
  readonly pigment: Omit<Pigment, 'shape'> & { readonly shape: readonly number[] };
  /** Parts of diluent of sessions 1, 2 and 3. */
  readonly parts: readonly number[];
}

/** Everything a browser needs to draw previews of a match by itself, as plain data. */
export interface PreviewKit {
  readonly scene: PreviewScene;
  readonly shades: readonly KitShade[];
}

/** @throws StippleError SMP_NOT_FOUND when the match has no result, skin or photo */
export async function previewKit(services: Services, owner: MatchOwner, match: MatchRecord): Promise<PreviewKit> {
  const { scene, strengthOf, catalogs } = await matchPreviews(services, owner, match);
  const result = resultOf(match)!;
  const shades = result.recommendations.map(({ code, name, catalog }): KitShade => {
    const asked = { catalog: catalog.id, code, partsDiluent: undefined };
    const { neatTau, shape, scatterRatio, basis, sigmaLogTau } = pigmentOfShade(
      { catalogId: catalog.id, code },
      catalogs,
      strengthOf(catalog.id, code),
    );
    return {
      key: `${catalog.id}/${code}`,
      name,
      pigment: { neatTau, shape: Array.from(shape), scatterRatio, basis, sigmaLogTau },
      parts: SESSIONS.map((session) => previewShade(result, { ...asked, session }, null).partsDiluent),
    };
  });
  return { scene, shades };
}
