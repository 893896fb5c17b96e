import type { Shade } from '../../catalog/shade.ts';
import { isSameCode } from '../../catalog/shadeCells.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { catalogProblemsTexts } from '../../language/texts/catalogProblems.ts';
import { countPlansWithShade } from '../../storage/catalogPlansRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { openShade, type Seen, type ShadeOutcome, saveShade } from './editShade.ts';

export interface Discontinuation {
  readonly reason: string;
  /** Code of the shade that takes its place, or '' for none. */
  readonly replacement: string;
  /** ISO day, today or earlier. */
  readonly on: string;
}

/**
 * What discontinuing a shade would touch.
 * @throws StippleError SMP_NOT_FOUND when the catalog has no such shade
 */
export async function discontinuationOf(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  catalogId: string,
  code: string,
) {
  const open = await openShade(services, actor, catalogId, code);
  const { shade, catalog, seen } = open;
  if (!shade) throw new StippleError('SMP_NOT_FOUND');
  const others = catalog.shades.filter((other) => other.status === 'active' && !isSameCode(other.code, code));
  return { open, shade, seen, others, plans: await countPlansWithShade(services.db, catalogId, shade.code) };
}

/** Saves the discontinuation as a draft; it holds from the version that publishes it. */
export async function discontinueShade(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  { catalogId, code, seen, ...entry }: Discontinuation & { catalogId: string; code: string; seen: Seen },
): Promise<ShadeOutcome> {
  const { open, shade } = await discontinuationOf(services, actor, catalogId, code);
  const { replacement: _old, ...kept } = shade;
  const next: Shade = {
    ...kept,
    status: 'discontinued',
    discontinuedReason: entry.reason.trim(),
    discontinuedOn: entry.on,
    ...(entry.replacement && { replacement: entry.replacement }),
  };
  const today = services.now().toISOString().slice(0, 10);
  const faults: [boolean, string, string, string][] = [
    [entry.reason.trim() === '', 'reason', catalogChangesTexts.aReason, catalogChangesTexts.sayWhyItIsNoLonger],
    [
      !/^\d{4}-\d\d-\d\d$/.test(entry.on) || entry.on > today,
      'on',
      catalogChangesTexts.dayUpToToday,
      catalogChangesTexts.giveDay,
    ],
  ];
  const problems = faults
    .filter(([isFault]) => isFault)
    .map(([, column, expected, fix]) => {
      const found = column === 'on' ? `"${entry.on}"` : catalogProblemsTexts.nothing;
      return { path: column, column, found, expected, fix, level: 'error' as const };
    });
  if (problems.length > 0) return { kind: 'invalid', problems };
  return await saveShade(services, actor, { open, shade: next, seen });
}
