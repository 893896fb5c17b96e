import { createHash } from 'node:crypto';
import type { Catalog } from '../catalog/shade.ts';
import type { PreparedShade } from '../matching/matchTypes.ts';
import { preparePalette } from '../matching/preparePalette.ts';
import { type Correction, correctionFor, EVERY_SHADE } from './corrections.ts';

/** More catalogs than a studio uses at once; the oldest is forgotten first. */
const MOST_KEPT = 40;

/**
 * Pigments do not depend on the client, so they are worked out once a catalog. Kept by content, because a catalog that
 * crossed a thread is another object. Its keys come in one order every time, so that plain JSON tells the content: putting
 * them in order first costs ten times as much, at every match.
 */
const kept = new Map<string, readonly PreparedShade[]>();

/**
 * Every shade of a catalog with its pigment, at `strength` times the catalog's own (studio calibration) and as the studio's
 * healed results correct it: the one place where either enters a prediction.
 */
export function preparedShades(
  catalog: Catalog,
  strength = 1,
  corrections: readonly Correction[] = [],
): readonly PreparedShade[] {
  const key = createHash('sha256').update(JSON.stringify(catalog)).digest('hex');
  let shades = kept.get(key);
  if (!shades) {
    shades = preparePalette(catalog);
    kept.set(key, shades);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  }
  if (strength === 1 && corrections.length === 0) return shades;
  return shades.map((prepared) => {
    const { pigment, shade } = prepared;
    const found = correctionFor(corrections, catalog.id, shade.code);
    const correction = found && found.factor !== 1 ? found : null;
    const neatTau = pigment.neatTau * strength * (correction?.factor ?? 1);
    if (!correction) return { ...prepared, pigment: { ...pigment, neatTau } };
    const { factor, cases, key } = correction;
    return { ...prepared, pigment: { ...pigment, neatTau }, learned: { factor, cases, ofShade: key !== EVERY_SHADE } };
  });
}
