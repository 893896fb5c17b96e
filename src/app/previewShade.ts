import type { Catalog } from '../catalog/shade.ts';
import { StippleError } from '../errors.ts';
import { previewRequestsTexts } from '../language/texts/previewRequests.ts';
import type { Pigment } from '../optics/pigment.ts';
import type { MatchResult } from './matchResult.ts';
import { preparedShade } from './preparedShades.ts';
import type { PreviewOptions } from './previewOptions.ts';

/** A shade with the mix to preview it in. */
export interface PreviewShade {
  readonly catalogId: string;
  readonly code: string;
  readonly partsDiluent: number;
}

type Asked = Pick<PreviewOptions, 'catalog' | 'code' | 'partsDiluent' | 'session'>;

/**
 * The shade that is asked for, or the chosen or first recommended one, in the mix of its recipe: the session's own where
 * the plan is for this shade.
 * @throws StippleError SMP_OPTION_INVALID when the result recommends no shade of this name and no mix is given
 */
export function previewShade(
  result: MatchResult,
  asked: Asked,
  chosen: Pick<PreviewShade, 'catalogId' | 'code'> | null,
): PreviewShade {
  const { recommendations, sessions } = result;
  const code = asked.code ?? chosen?.code ?? recommendations[0]?.code;
  const catalogId = asked.catalog ?? (asked.code === undefined ? chosen?.catalogId : undefined);
  const found = recommendations.find((r) => r.code === code && (catalogId === undefined || r.catalog.id === catalogId));
  if (code === undefined) {
    throw new StippleError('SMP_OPTION_INVALID', previewRequestsTexts.noShadeRecommended);
  }
  const planned = sessions.find((step) => step.session === asked.session);
  const ofPlan = found === recommendations[0] && planned?.code === code ? planned.partsDiluent : undefined;
  const partsDiluent = asked.partsDiluent ?? ofPlan ?? found?.dilution.partsDiluent;
  const catalog = catalogId ?? found?.catalog.id;
  if (partsDiluent === undefined || catalog === undefined) {
    const sentence = previewRequestsTexts.shadeNotRecommended(code);
    throw new StippleError('SMP_OPTION_INVALID', sentence);
  }
  return { catalogId: catalog, code, partsDiluent };
}

/**
 * The pigment of a shade, `strength` times the catalog's own (studio calibration).
 * @throws StippleError SMP_NOT_FOUND when the shade is no longer in the catalogs
 */
export function pigmentOfShade(
  { catalogId, code }: Pick<PreviewShade, 'catalogId' | 'code'>,
  catalogs: readonly Catalog[],
  strength: number,
): Pigment {
  const catalog = catalogs.find(({ id }) => id === catalogId);
  const found = catalog && preparedShade(catalog, code, strength);
  if (!found) throw new StippleError('SMP_NOT_FOUND', previewRequestsTexts.shadeGone(code));
  return found.pigment;
}
