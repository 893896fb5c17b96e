import type { MatchResult } from '../app/matchResult.ts';
import type { Measurement } from '../app/measurePhoto.ts';
import { ENGLISH } from '../language/english.ts';
import { LABEL, type LabelMask } from '../masks/label.ts';
import { readMask } from '../masks/maskText.ts';
import { outlineMask } from '../masks/outlineMask.ts';
import { outlinesOf } from './matchPages.ts';

const FOREIGN_NAMES = { cloth: ENGLISH.photo.clothOrGlove, tattoo: ENGLISH.photo.tattooOrOldPigment } as const;

/** What was found in a photo as paths over it, each with its pattern, and the legend of what a person cannot mark. */
export function suggestedAreas(measurement: Partial<Measurement> | null, { widthPx, heightPx }: MatchResult['input']) {
  const suggested = readMask(measurement?.suggested ?? '');
  if (!suggested) return { areas: [], foreign: [] };
  const found = (measurement?.foreign ?? []).flatMap(({ kind, mask }) => {
    const read = readMask(mask);
    return read ? [{ kind, read, name: FOREIGN_NAMES[kind] }] : [];
  });
  const rest = found.reduce<LabelMask>((mask, { read }) => takeOut(mask, read), suggested);
  return {
    areas: [
      ...outlinesOf(rest, { widthPx, heightPx }),
      ...found.map(({ kind, read }) => ({ kind, d: outlineMask(read, LABEL.avoid, widthPx, heightPx) })),
    ],
    foreign: found.map(({ kind, name }) => ({ kind, name })),
  };
}

/** A mask without what another marks, so that no two patterns lie over each other. */
function takeOut(mask: LabelMask, other: LabelMask): LabelMask {
  return { ...mask, labels: mask.labels.map((label, i) => (other.labels[i] ? LABEL.other : label)) };
}
