import { matchingTexts } from '../language/texts/matching.ts';
import { type Drops, dropsForRatio, type Measures } from './drops.ts';
import { weakerBy } from './tradeRatio.ts';
import { ratioWords } from './words.ts';

/** What the plan needs of a recommended shade. `maxParts` 0 or `dilutable` false: used as it is. */
export interface PlannedShade {
  readonly code: string;
  readonly name: string;
  readonly dilutable: boolean;
  readonly minParts: number;
  readonly maxParts: number;
  /** Parts of diluent of the final match. */
  readonly partsDiluent: number;
}

export interface SessionStep {
  readonly session: 1 | 2 | 3;
  readonly code: string;
  readonly partsDiluent: number;
  readonly pigmentDrops: number;
  readonly diluentDrops: number;
  /** Share of the natural follicular spacing set by the end of this session. */
  readonly spacingPercent: number;
  readonly drops: Drops;
  readonly note: string;
}

/**
 * Spacing 30 → 70 → 100 % of the natural follicles (protocol of DOMAIN.md [33]); strengths below the final mix so that
 * 12:1 starts at 18:1: a pale session can be built up, a dark one needs laser.
 */
const STAGES = [
  { session: 1, spacingPercent: 30, weaker: 1.45 },
  { session: 2, spacingPercent: 70, weaker: 1.2 },
  { session: 3, spacingPercent: 100, weaker: 1 },
] as const;

const LOOK_FOR = {
  1: matchingTexts.lookForInSession1,
  2: matchingTexts.lookForInSession2,
  3: matchingTexts.lookForInSession3,
} as const;

function limitNote(stage: 1 | 2, shade: PlannedShade, parts: number, lighter: PlannedShade | null): string {
  if (lighter) return matchingTexts.lighterShadeInSession(shade.code, stage, lighter.code, lighter.name);
  if (!shade.dilutable) return matchingTexts.asStrongNotThinned(shade.code);
  return matchingTexts.asStrongWeakestMix(ratioWords(parts), shade.code);
}

/**
 * Recipes of sessions 1–3, lighter first, never stronger than the next without a note.
 * @param lighter the next lighter shade of the same line, for a shade that cannot be thinned; null where there is none
 */
export function planSessions(shade: PlannedShade, lighter: PlannedShade | null, measures: Measures): SessionStep[] {
  const partsOf = (factor: number): number =>
    shade.dilutable ? weakerBy(factor, shade.partsDiluent, shade.minParts, shade.maxParts) : shade.partsDiluent;
  const planned = STAGES.map((stage) => ({ ...stage, shade, partsDiluent: partsOf(stage.weaker) }));
  return planned.map((stage, index) => {
    const next = planned[index + 1];
    const limited = next !== undefined && stage.session !== 3 && stage.partsDiluent <= next.partsDiluent;
    const replaced = limited && stage.session === 1 && !shade.dilutable ? lighter : null;
    const used = replaced ?? shade;
    const parts = replaced ? replaced.partsDiluent : stage.partsDiluent;
    const drops = dropsForRatio(parts, measures);
    const notes = [
      LOOK_FOR[stage.session],
      limited ? limitNote(stage.session, shade, parts, replaced) : null,
      drops.note,
    ];
    return {
      session: stage.session,
      code: used.code,
      partsDiluent: parts,
      pigmentDrops: drops.pigmentDrops,
      diluentDrops: drops.diluentDrops,
      spacingPercent: stage.spacingPercent,
      drops,
      note: notes.filter((note) => note !== null).join(' '),
    };
  });
}
