import { deltaE00 } from '../colour/deltaE00.ts';
import { type Lab65, lab65 } from '../colour/lab65.ts';
import type { Hand } from '../matching/appearance.ts';
import { limitsOf } from '../matching/candidate.ts';
import type { PreparedShade } from '../matching/matchTypes.ts';
import { makeQuickModel, type QuickModel } from '../matching/screenShades.ts';
import { type DilutionRange, dilutionRange } from '../matching/shadeCurve.ts';
import { solveDilution } from '../matching/solveDilution.ts';
import type { ClientTable } from '../optics/clientTable.ts';

/** The dilutions a shade may be used at. */
export function rangeOf(prepared: PreparedShade): DilutionRange {
  const { minParts, maxParts } = limitsOf(prepared);
  return dilutionRange(minParts, maxParts, prepared.shade.typicalParts);
}

/**
 * How near (CIEDE2000) a pigment comes to a healed colour at its best dilution, by the quick model. This is tabled when
 * first asked: most matches have no large line to search.
 */
export function quickDistance(table: ClientTable, hand: Hand, goal: Lab65): (prepared: PreparedShade) => number {
  let model: QuickModel | null = null;
  return (prepared) => {
    model ??= makeQuickModel(table, hand);
    const quick = model;
    const ready = quick.prepare(prepared.pigment);
    const distance = (x: number) => {
      const [L, a, b] = quick.at(ready, x);
      return deltaE00(goal, lab65(L!, a!, b!));
    };
    return solveDilution(distance, rangeOf(prepared), { gridSteps: 6, refinements: 8 }).cost;
  };
}
