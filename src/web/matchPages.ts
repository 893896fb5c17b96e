import type { MatchResult } from '../app/matchResult.ts';
import { ENGLISH } from '../language/english.ts';
import { LABEL, type LabelMask } from '../masks/label.ts';
import { readMask } from '../masks/maskText.ts';
import { outlineMask } from '../masks/outlineMask.ts';
import type { MatchRecord } from '../storage/matchRecord.ts';
import type { PhotoRecord } from '../storage/photosRepo.ts';

/** Parts of the page models that the photo, regions and result pages share. */

export const KIND_NAMES = {
  hair: ENGLISH.result.hairOrStubble,
  skin: ENGLISH.result.skin,
  avoid: ENGLISH.result.leaveOut,
} as const;
export const KINDS = ['hair', 'skin', 'avoid'] as const;

export function stepLinks(id: string, current: 'photo' | 'calibrate' | 'regions' | 'result', hasResult: boolean) {
  const base = `/matches/${id}`;
  return [
    { number: 1, text: ENGLISH.common.photo, href: `${base}/photo`, current: current === 'photo' },
    { number: 2, text: ENGLISH.common.calibrate, href: `${base}/calibrate`, current: current === 'calibrate' },
    { number: 3, text: ENGLISH.result.regions, href: `${base}/regions`, current: current === 'regions' },
    {
      number: 4,
      text: ENGLISH.result.result,
      href: hasResult ? `${base}/result` : null,
      current: current === 'result',
    },
  ];
}

/** Sizes and addresses of the stored pictures; patterns and strokes scale with the photo. */
export function photoView(match: MatchRecord, result: MatchResult, display: PhotoRecord) {
  const { widthPx: fullWidthPx, heightPx: fullHeightPx } = result.input;
  const tapWidthPx = 330;
  return {
    src: `/matches/${match.id}/display.jpg`,
    widthPx: display.widthPx,
    heightPx: display.heightPx,
    fullWidthPx,
    fullHeightPx,
    tall: fullHeightPx > 1.25 * fullWidthPx,
    unit: Math.max(6, Math.round(fullWidthPx / 36)),
    stroke: Math.max(1, Math.round(fullWidthPx / 500)),
    tapWidthPx,
    tapHeightPx: Math.round((tapWidthPx * fullHeightPx) / fullWidthPx),
  };
}

/** Patches that are measured as they are: beside painted areas only what is left out, since the rest lies inside them. */
export function patchesOf(regions: MatchResult['regions']) {
  const kinds = regions.mask === undefined ? KINDS : KINDS.filter((kind) => kind === 'avoid');
  return kinds.flatMap((kind) => regions[kind].map((box) => ({ kind, box })));
}

/** The areas of a mask as paths over the photo; none for a missing or unreadable mask. */
export function areasOf(mask: string | undefined, { widthPx, heightPx }: MatchResult['input']) {
  const read = mask === undefined ? null : readMask(mask);
  return read ? outlinesOf(read, { widthPx, heightPx }) : [];
}

export function outlinesOf(mask: LabelMask, { widthPx, heightPx }: { widthPx: number; heightPx: number }) {
  return KINDS.map((kind) => ({ kind, d: outlineMask(mask, LABEL[kind], widthPx, heightPx) })).filter(
    ({ d }) => d !== '',
  );
}

/** Quality entries with a place, as ellipses round it. */
export function circledFaults(result: MatchResult) {
  return result.quality.flatMap((entry) => {
    if (entry.level === 'ok' || !entry.at) return [];
    const [x, y, width, height] = entry.at;
    return [{ cx: x + width / 2, cy: y + height / 2, rx: 0.62 * width, ry: 0.62 * height }];
  });
}
