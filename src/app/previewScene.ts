import { StippleError } from '../errors.ts';
import { previewRequestsTexts } from '../language/texts/previewRequests.ts';
import { LABEL, type LabelMask } from '../masks/label.ts';
import { maskOnGrid } from '../masks/maskOnGrid.ts';
import { readMask, writeMask } from '../masks/maskText.ts';
import { CARD_PITCH_MM, type CardType } from '../photo/card/cardScale.ts';
import { CHART_COLUMNS, CHART_ROWS, USUAL_PATCH_SHARE } from '../photo/card/chartLayout.ts';
import { chooseScale, type PictureScale } from '../preview/chooseScale.ts';
import type { Hand } from '../preview/previewLooks.ts';
import type { MatchResult } from './matchResult.ts';

/** What a preview needs to know of one client, as plain data for worker and browser; the photo comes beside it. */
export interface PreviewScene {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Skin, hair and areas to avoid, as mask text over the whole picture. */
  readonly regions: string;
  readonly scale: PictureScale;
  /** Lab D65 of the bare skin. */
  readonly skin: readonly [number, number, number];
  /** Depth of the pigment by the studio's calibration; null for the usual one. */
  readonly gapMm: number | null;
  readonly hand: Hand;
}

type PictureSize = Pick<PreviewScene, 'widthPx' | 'heightPx'>;

/** The proposed areas with what a person marked laid over them. */
function joinRegions(suggested: LabelMask, { regions, input }: MatchResult): LabelMask {
  const { widthPx, heightPx } = suggested;
  const labels = suggested.labels.slice();
  const painted = regions.mask === undefined ? null : readMask(regions.mask);
  if (painted) {
    const over = maskOnGrid(painted, widthPx, heightPx);
    for (let i = 0; i < labels.length; i++) labels[i] = over[i] || labels[i]!;
  }
  const [scaleX, scaleY] = [widthPx / input.widthPx, heightPx / input.heightPx];
  const fill = (boxes: readonly (readonly [number, number, number, number])[], label: number) => {
    for (const [x, y, w, h] of boxes)
      for (let row = Math.floor(y * scaleY); row < Math.min(heightPx, Math.ceil((y + h) * scaleY)); row++) {
        const end = Math.min(widthPx, Math.ceil((x + w) * scaleX));
        labels.fill(label, row * widthPx + Math.floor(x * scaleX), row * widthPx + end);
      }
  };
  if (regions.source === 'given' && !painted) {
    fill(regions.skin, LABEL.skin);
    fill(regions.hair, LABEL.hair);
  }
  fill(regions.avoid, LABEL.avoid);
  return { widthPx, heightPx, labels };
}

/** Photo pixels per mm: stubble measured in both units, or the card's corners and its stated make. */
function cardPxPerMm({ hair, calibration }: MatchResult, cardType: CardType | undefined): number | null {
  if (hair.diameterMm && hair.diameterPx) return hair.diameterPx / hair.diameterMm;
  if (!calibration.card || !cardType) return null;
  const [a, b, c, d] = calibration.card.corners as [number, number][];
  const apart = (one: [number, number], other: [number, number]) => Math.hypot(one[0] - other[0], one[1] - other[1]);
  const across = (apart(a!, b!) + apart(d!, c!)) / 2 / (CHART_COLUMNS - 1 + USUAL_PATCH_SHARE);
  const down = (apart(b!, c!) + apart(a!, d!)) / 2 / (CHART_ROWS - 1 + USUAL_PATCH_SHARE);
  return (across + down) / 2 / CARD_PITCH_MM[cardType];
}

/**
 * The scene of a measured photo at the size it is shown.
 * @param suggested the areas proposed for the photo
 * @throws StippleError SMP_NOT_FOUND when no skin was measured
 */
export function previewScene(
  result: MatchResult,
  suggested: LabelMask,
  { widthPx, heightPx }: PictureSize,
  settings: { readonly gapMm: number | null; readonly cardType: CardType | undefined },
): PreviewScene {
  if (!result.skin) {
    throw new StippleError('SMP_NOT_FOUND', previewRequestsTexts.noSkinWasMeasured);
  }
  const shrunk = widthPx / result.input.widthPx;
  const onCard = cardPxPerMm(result, settings.cardType);
  const { kind, diameterPx } = result.hair;
  const regions = joinRegions(suggested, result);
  const scale = chooseScale({ widthPx, heightPx }, regions, {
    cardPxPerMm: onCard && onCard * shrunk,
    stubblePx: kind === 'stubble' && diameterPx ? diameterPx * shrunk : null,
  });
  const { densityPerCm2, diameterMm } = result.assumptions;
  return {
    widthPx,
    heightPx,
    regions: writeMask(regions),
    scale,
    skin: result.skin.lab,
    gapMm: settings.gapMm,
    hand: { densityPerCm2, diameterMm },
  };
}
