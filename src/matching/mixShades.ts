import type { ClientTable } from '../optics/clientTable.ts';
import type { Pigment, PigmentBasis } from '../optics/pigment.ts';
import type { Hand } from './appearance.ts';
import { byCost, type Candidate, idOf, limitsOf, makeCandidate } from './candidate.ts';
import type { MatchGoal } from './matchGoal.ts';
import type { PreparedShade } from './matchTypes.ts';
import type { Mix } from './recommend.ts';

/** Drops of the two pigments, fewest first. */
const PROPORTIONS: readonly (readonly [number, number])[] = [
  [1, 1],
  [2, 1],
  [1, 2],
  [3, 1],
  [1, 3],
];
/** More drops must lower the cost by this much each. */
const COST_PER_DROP = 0.15;
/** Only the nearest shades are worth mixing. */
const NEAREST = 12;

const POORER: Readonly<Record<PigmentBasis, number>> = { spectral: 0, ladder: 1, swatch: 2 };

/** Two pigments in one liquid, parts by volume: absorption and scattering add. */
export function mixPigments(one: Pigment, other: Pigment, share: number): Pigment {
  const tau = one.neatTau * (1 - share) + other.neatTau * share;
  const weight = (other.neatTau * share) / tau;
  return {
    neatTau: tau,
    shape: one.shape.map((value, i) => value * (1 - weight) + other.shape[i]! * weight),
    scatterRatio: one.scatterRatio * (1 - weight) + other.scatterRatio * weight,
    basis: POORER[one.basis] >= POORER[other.basis] ? one.basis : other.basis,
    sigmaLogTau: Math.max(one.sigmaLogTau, other.sigmaLogTau),
  };
}

/** Mixing is left to shades of one line that the maker does not keep apart, both thinnable or both as bottled. */
function mayMix({ prepared: one }: Candidate, { prepared: other }: Candidate): boolean {
  const [a, b] = [one.shade, other.shade];
  return (
    one.catalog.id === other.catalog.id &&
    a.line === b.line &&
    !a.doNotMixWith.includes(b.code) &&
    !b.doNotMixWith.includes(a.code) &&
    limitsOf(one).maxParts > 0 === limitsOf(other).maxParts > 0
  );
}

/** A mix as a candidate: the first shade's bottle with the second one's drops beside it. */
export interface MixedCandidate {
  readonly candidate: Candidate;
  readonly mix: Mix;
}

function mixedShade(one: PreparedShade, other: PreparedShade, share: number): PreparedShade {
  const minParts = Math.max(one.shade.minParts, other.shade.minParts);
  const maxParts = Math.max(minParts, Math.min(one.shade.maxParts, other.shade.maxParts));
  const { typicalParts: _, ...shade } = one.shade;
  return { ...one, shade: { ...shade, minParts, maxParts }, pigment: mixPigments(one.pigment, other.pigment, share) };
}

/**
 * The best two-shade mix of valid stock within one line, fewest drops first: more drops must pay for themselves.
 * @returns null where no two of the nearest shades may be mixed
 */
export function bestMix(
  table: ClientTable,
  hand: Hand,
  goal: MatchGoal,
  candidates: readonly Candidate[],
  today: string,
): MixedCandidate | null {
  const nearest = [...candidates]
    .sort(byCost)
    .filter(({ lot }) => lot === 'ok')
    .slice(0, NEAREST);
  let best: MixedCandidate | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, one] of nearest.entries()) {
    for (const other of nearest.slice(i + 1)) {
      if (!mayMix(one, other)) continue;
      for (const drops of PROPORTIONS) {
        const share = drops[1] / (drops[0] + drops[1]);
        const prepared = mixedShade(one.prepared, other.prepared, share);
        const mixed = makeCandidate(table, hand, goal, prepared, today, () => 0);
        const candidate = { ...mixed, id: `${one.id}+${idOf(other.prepared)}` };
        const cost = candidate.solved.cost + COST_PER_DROP * (drops[0] + drops[1]);
        if (cost < least - 1e-9) {
          least = cost;
          best = { candidate, mix: { partner: other.prepared, drops } };
        }
      }
    }
  }
  return best;
}
