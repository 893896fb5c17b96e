import { type LotStatus, lotStatus } from '../catalog/lotStatus.ts';
import type { ClientTable } from '../optics/clientTable.ts';
import type { Appearance, Hand } from './appearance.ts';
import { appearanceCost, METAMERISM_WEIGHT } from './matchCost.ts';
import type { MatchGoal } from './matchGoal.ts';
import type { PreparedShade } from './matchTypes.ts';
import { appearanceAt, type DilutionRange, dilutionRange, makeShadeCurve, type ShadeCurve } from './shadeCurve.ts';
import { type SolvedDilution, solveDilution } from './solveDilution.ts';

/**
 * Two bottles of one hue at different strengths reach the same colour. The one that does so away from the ends of its
 * range is the better recipe: at an end the cost rises by this much, less than the eye can see.
 */
const RANGE_END_COST = 0.3;
/** A shade used as bottled leaves no room at all: it costs as much as standing most of the way to an end. */
const NO_RANGE_COST = 0.15;
/** Stock that is expired or has no lot comes after a valid shade that does as well. */
const STOCK_COST = 0.5;

/** Cost of standing off the everyday mix, on the axis x = ln(1 + N): quadratic towards either end. */
export function rangeCost({ strongest, weakest, usual }: DilutionRange, x: number): number {
  if (weakest - strongest <= 1e-9) return NO_RANGE_COST;
  const room = x > usual ? weakest - usual : usual - strongest;
  if (room <= 1e-9) return 0;
  const off = (x - usual) / room;
  return RANGE_END_COST * off * off;
}

export function stockCost(lot: LotStatus): number {
  return lot === 'ok' ? 0 : STOCK_COST;
}

/** A shade under consideration with its least cost inside its limits. */
export interface Candidate {
  /** `catalog/code`: unique and sortable, so that ties break alike on every run. */
  readonly id: string;
  readonly prepared: PreparedShade;
  readonly lot: LotStatus;
  readonly curve: ShadeCurve;
  /** Costs that do not depend on the dilution. */
  readonly fixedCost: number;
  readonly solved: SolvedDilution;
  readonly seen: Appearance;
}

/** The limits a recipe must keep: as bottled for a shade that cannot be thinned. */
export function limitsOf({ shade }: Pick<PreparedShade, 'shade'>): { minParts: number; maxParts: number } {
  if (!shade.dilutable || shade.form === 'readyToUse') return { minParts: 0, maxParts: 0 };
  return { minParts: shade.minParts, maxParts: shade.maxParts };
}

export const idOf = ({ catalog, shade }: PreparedShade): string => `${catalog.id}/${shade.code}`;

/** What the look of a shade is judged by. */
export interface Judged {
  readonly curve: ShadeCurve;
  readonly goal: MatchGoal;
}

/** Cost of the look alone at x. */
export function lookCost(x: number, { curve, goal }: Judged): number {
  return appearanceCost(goal, appearanceAt(curve, x));
}

/** Whole cost of a candidate at x: look, place in the range and what does not depend on the dilution. */
export function candidateCost(x: number, judged: Judged & { readonly fixedCost: number }): number {
  return lookCost(x, judged) + rangeCost(judged.curve.range, x) + judged.fixedCost;
}

export function makeCandidate(
  table: ClientTable,
  hand: Hand,
  goal: MatchGoal,
  prepared: PreparedShade,
  today: string,
  metamerismAt: (prepared: PreparedShade, x: number) => number,
): Candidate {
  const { minParts, maxParts } = limitsOf(prepared);
  const curve = makeShadeCurve(
    table,
    prepared.pigment,
    hand,
    dilutionRange(minParts, maxParts, prepared.shade.typicalParts),
  );
  const lot = lotStatus(prepared.shade, today);
  const stock = stockCost(lot);
  const solved = solveDilution(candidateCost, curve.range, { of: { curve, fixedCost: stock, goal } });
  // The index hardly changes with dilution: it is taken once, at the solved mix.
  const fixedCost = stock + METAMERISM_WEIGHT * metamerismAt(prepared, solved.x);
  return {
    id: idOf(prepared),
    prepared,
    lot,
    curve,
    fixedCost,
    solved: { x: solved.x, cost: candidateCost(solved.x, { curve, fixedCost, goal }) },
    seen: appearanceAt(curve, solved.x),
  };
}

/** Least cost first; equal costs by id. */
export function byCost(one: Candidate, other: Candidate): number {
  return one.solved.cost - other.solved.cost || (one.id < other.id ? -1 : 1);
}
