import { CONDITIONS, type LetDownPatch, type MeasurementPatch, type ShadePatch } from './formats/catalogFile.ts';
import { type LetDown, type Measurement, type Shade, shadeSchema } from './shade.ts';

const SHADE_FIELDS = Object.keys(shadeSchema.shape);
/** Fields that a clearing cell empties instead of removing. */
const LISTS = new Set(['diluents', 'letDowns', 'ingredients', 'lots', 'regulatory', 'doNotMixWith']);

const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object';
/** Whether two lists of numbers are the same; what is no list is the same as itself only. */
function sameNumbers(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

function withoutCleared(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

/**
 * A new reading brings its own conditions: those of the old reading are not taken over, so a missing illuminant is
 * found by the schema. An unchanged reading keeps what it had. Without a stated source the file itself is the source.
 */
function mergeMeasurement(old: Measurement | undefined, patch: MeasurementPatch, source: string): unknown {
  const merged = withoutCleared({ ...old, ...patch });
  const sameReading =
    old !== undefined && sameNumbers(merged.lab, old.lab) && sameNumbers(merged.spectrum, old.spectrum);
  if (!sameReading) {
    for (const field of CONDITIONS) if (patch[field] === undefined) delete merged[field];
    if (patch.source === undefined) merged.source = source;
  }
  return merged;
}

/** Steps of the ladder are met by their dilution; a step that the file does not name stays. */
function mergeLetDowns(old: readonly LetDown[], patches: readonly LetDownPatch[], source: string): unknown[] {
  const merged: unknown[] = [...old];
  for (const patch of patches) {
    if (!isRecord(patch) || !isRecord(patch.measurement)) {
      merged.push(patch);
      continue;
    }
    const at = old.findIndex((step) => step.partsDiluent === patch.partsDiluent);
    const measurement = mergeMeasurement(old[at]?.measurement, patch.measurement, source);
    if (at === -1) merged.push({ partsDiluent: patch.partsDiluent, measurement });
    else merged[at] = { partsDiluent: patch.partsDiluent, measurement };
  }
  return merged;
}

/** A lot that is named again keeps what the file has no place for, its drawdown. */
function mergeLots(old: Shade['lots'], patches: readonly unknown[]): unknown[] {
  return patches.map((patch) => {
    const known = isRecord(patch) ? old.find(({ lot }) => lot === patch.lot) : undefined;
    const { drawdown } = known ?? {};
    return isRecord(patch) && drawdown !== undefined ? { ...patch, drawdown: patch.drawdown ?? drawdown } : patch;
  });
}

const NEW_SHADE = {
  diluents: [],
  letDowns: [],
  ingredients: [],
  lots: [],
  regulatory: [],
  doNotMixWith: [],
  status: 'active',
};

/**
 * What a shade becomes with a row's changes; unchecked. Absent fields stay as they are, null clears an optional field,
 * and nothing is removed from a ladder.
 * @param defaults fields of a new shade that the row does not give
 */
export function mergeShade(
  old: Shade | undefined,
  patch: ShadePatch,
  source: string,
  defaults: Partial<Shade> = {},
): Record<string, unknown> {
  const base: Record<string, unknown> = old === undefined ? { ...NEW_SHADE, ...defaults } : { ...old };
  const given: Record<string, unknown> = patch;
  for (const field of SHADE_FIELDS) {
    const value = given[field];
    if (value === undefined) continue;
    if (value === null) {
      if (LISTS.has(field)) base[field] = [];
      else delete base[field];
    } else if (field === 'masstone' && isRecord(value)) {
      base.masstone = mergeMeasurement(old?.masstone, value as MeasurementPatch, source);
    } else if (field === 'letDowns' && Array.isArray(value)) {
      base.letDowns = mergeLetDowns(old?.letDowns ?? [], value as LetDownPatch[], source);
    } else if (field === 'lots' && Array.isArray(value)) base.lots = mergeLots(old?.lots ?? [], value);
    else base[field] = value;
  }
  // The code identifies the shade; a row that writes it in another case does not rename it.
  if (old !== undefined) base.code = old.code;
  return base;
}
