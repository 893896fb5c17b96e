import { createHash } from 'node:crypto';
import type { Catalog } from '../catalog/shade.ts';
import type { PreparedShade } from '../matching/matchTypes.ts';
import { preparePalette } from '../matching/preparePalette.ts';
import { type Correction, correctionFor, EVERY_SHADE } from './corrections.ts';
import { searchShades } from './searchShades.ts';

/** More catalogs than a studio uses at once; the oldest is forgotten first. */
const MOST_KEPT = 40;
/** A line of up to so many shades is worked out as a whole: some milliseconds a shade, and a task has half a minute. */
export const MOST_WHOLE = 1500;
/** Of a larger line so many at most, those that may come nearest. */
const MOST_SEARCHED = 900;

/**
 * Pigments do not depend on the client, so each is worked out once a catalog. Kept by content, because a catalog that
 * crossed a thread is another object. Its keys come in one order every time, so that plain JSON tells the content: putting
 * them in order first costs ten times as much, at every match.
 */
const kept = new Map<string, (PreparedShade | undefined)[]>();

/** All of a large catalog as JSON would take a second: a published version never changes, and these tell parts of it apart. */
function contentOf({ id, version, shades }: Catalog): string {
  return JSON.stringify([
    id,
    version,
    shades.map(({ code, masstone, letDowns }) => [code, masstone.lab, letDowns.length]),
  ]);
}

function keptFor(catalog: Catalog): (PreparedShade | undefined)[] {
  const content = catalog.shades.length > MOST_WHOLE ? contentOf(catalog) : JSON.stringify(catalog);
  const key = createHash('sha256').update(content).digest('hex');
  const known = kept.get(key) ?? [];
  kept.set(key, known);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return known;
}

type Prepare = (place: number) => PreparedShade;

/** Works single shades out, once each, at a strength and as corrected. */
function preparing(catalog: Catalog, strength: number, corrections: readonly Correction[]): Prepare {
  const known = keptFor(catalog);
  return (place) => {
    const prepared = known[place] ?? preparePalette({ ...catalog, shades: [catalog.shades[place]!] })[0]!;
    known[place] = prepared;
    return adjusted(prepared, catalog.id, strength, corrections);
  };
}

function adjusted(
  prepared: PreparedShade,
  catalogId: string,
  strength: number,
  corrections: readonly Correction[],
): PreparedShade {
  if (strength === 1 && corrections.length === 0) return prepared;
  const { pigment, shade } = prepared;
  const found = correctionFor(corrections, catalogId, shade.code);
  const correction = found && found.factor !== 1 ? found : null;
  const neatTau = pigment.neatTau * strength * (correction?.factor ?? 1);
  if (!correction) return { ...prepared, pigment: { ...pigment, neatTau } };
  const { factor, cases, key } = correction;
  return { ...prepared, pigment: { ...pigment, neatTau }, learned: { factor, cases, ofShade: key !== EVERY_SHADE } };
}

/**
 * Every shade of a catalog with its pigment, at `strength` times the catalog's own (studio calibration) and as the studio's
 * healed results correct it: with `preparedShade` and `preparedNear` the one place where either enters a prediction.
 */
export function preparedShades(
  catalog: Catalog,
  strength = 1,
  corrections: readonly Correction[] = [],
): readonly PreparedShade[] {
  const prepare = preparing(catalog, strength, corrections);
  return catalog.shades.map((_, place) => prepare(place));
}

/** One shade of a catalog, as `preparedShades` has it; undefined when there is none with this code. */
export function preparedShade(
  catalog: Catalog,
  code: string,
  strength = 1,
  corrections: readonly Correction[] = [],
): PreparedShade | undefined {
  const place = catalog.shades.findIndex((shade) => shade.code === code);
  return place === -1 ? undefined : preparing(catalog, strength, corrections)(place);
}

/** As `preparedShades`; of a large catalog only those that may come nearest by `costOf`, cheapest first. */
export function preparedNear(
  catalog: Catalog,
  costOf: (prepared: PreparedShade) => number,
  { keep, strength = 1, corrections = [] }: { keep: number; strength?: number; corrections?: readonly Correction[] },
): readonly PreparedShade[] {
  if (catalog.shades.length <= MOST_WHOLE) return preparedShades(catalog, strength, corrections);
  const prepare = preparing(catalog, strength, corrections);
  const asked = { keep, most: MOST_SEARCHED };
  return searchShades(catalog.shades, (place) => costOf(prepare(place)), asked).map(prepare);
}
