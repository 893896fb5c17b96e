import { maskOnGrid } from '../masks/maskOnGrid.ts';
import { readMask } from '../masks/maskText.ts';
import type { Box } from '../photo/rasterPhoto.ts';
import { LABEL, type LabelMap } from '../photo/regions/labelMap.ts';
import { labelsOfBoxes } from '../photo/regions/labelsOfBoxes.ts';
import { pickBoxes } from '../photo/regions/pickBoxes.ts';
import type { HairKind, RegionProposal } from '../photo/regions/proposeRegions.ts';
import type { SampleArea } from '../photo/sampling/samplePixels.ts';
import type { MatchOptions } from './matchOptions.ts';

/** Where skin and hair are measured, and what of it a person said. */
export interface SettledRegions {
  /** Boxes that are measured or, of a painted area, squares that show where it is. */
  readonly skin: readonly Box[];
  readonly hair: readonly Box[];
  readonly avoid: readonly Box[];
  readonly skinArea: SampleArea;
  readonly hairArea: SampleArea;
  readonly source: 'automatic' | 'given';
  readonly labels: LabelMap;
  readonly kind: HairKind;
  readonly notes: RegionProposal['notes'];
}

type GivenRegions = Pick<MatchOptions, 'skin' | 'hair' | 'avoid' | 'mask' | 'hairFrom'>;

/** What a person gave wins, boxes over paint; the kind that was left out is proposed. */
export function settleRegions(proposal: RegionProposal, options: GivenRegions): SettledRegions {
  const grid = proposal.labels;
  const mask = options.mask === undefined ? null : readMask(options.mask);
  const painted = mask && maskOnGrid(mask, grid.widthPx, grid.heightPx);
  const own = labelsOfBoxes(grid, options, painted);
  const gives = (kind: 'skin' | 'hair') => options[kind].length > 0 || own.labels.includes(LABEL[kind]);
  const gave = { skin: gives('skin'), hair: gives('hair') };
  const given = gave.skin || gave.hair;
  const choose = (kind: 'skin' | 'hair'): { boxes: readonly Box[]; area: SampleArea } => {
    if (painted && gave[kind]) return { boxes: pickBoxes(own, LABEL[kind]), area: { map: own, label: LABEL[kind] } };
    const proposed = kind === 'skin' ? proposal.skinBoxes : proposal.hairBoxes;
    const boxes = gave[kind] ? options[kind] : painted ? pickBoxes(overlay(grid, own), LABEL[kind]) : proposed;
    return { boxes, area: { boxes } };
  };
  const [skin, hair] = [choose('skin'), choose('hair')];
  const answered = new Set<string>([...(gave.skin ? ['skinVisible'] : []), ...(gave.hair ? ['hairVisible'] : [])]);
  const rest = { skin: gave.skin ? [] : skin.boxes, hair: gave.hair ? [] : hair.boxes, avoid: [] };
  return {
    skin: skin.boxes,
    hair: hair.boxes,
    avoid: options.avoid,
    skinArea: skin.area,
    hairArea: hair.area,
    source: given ? 'given' : 'automatic',
    labels: given ? overlay(labelsOfBoxes(grid, rest), own) : grid,
    kind: kindOf(options.hairFrom, gave.hair && proposal.hairKind === 'none' ? 'stubble' : proposal.hairKind),
    notes: proposal.notes.filter((note) => !answered.has(note.check)),
  };
}

/** The first map with the second laid over it where that says something. */
function overlay(under: LabelMap, over: LabelMap): LabelMap {
  return { ...under, labels: under.labels.map((label, i) => over.labels[i] || label) };
}

/** What a person said of the hair area: dots are read mark by mark as stubble is, brows and beards by their mass. */
function kindOf(hairFrom: MatchOptions['hairFrom'], seen: HairKind): HairKind {
  if (hairFrom === 'scalp') return seen;
  return hairFrom === 'smp' ? 'stubble' : 'short';
}
