import { currentCatalog } from '../app/catalogs/currentCatalogs.ts';
import {
  type EquivalentsAnswer,
  type ServiceMap,
  type ShadeLook,
  type ShadeLooksTask,
  SKINS,
  type SkinKey,
} from '../app/catalogs/shadeLooks.ts';
import type { Services } from '../app/services.ts';
import type { ShadeName } from '../app/whatIf.ts';
import type { Catalog } from '../catalog/shade.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import { StippleError } from '../errors.ts';
import { ENGLISH } from '../language/english.ts';
import { closenessWords, directionWords } from '../matching/words.ts';

type Audience = Parameters<typeof currentCatalog>[1];

const MOST_COMPARED = 4;
/** The map of clients is worked out for catalogs up to this size. */
export const MOST_MAPPED = 150;

export const skinOf = (asked: unknown): SkinKey => SKINS.find(({ key }) => key === asked)?.key ?? 'intermediate';

/** "catalog/code", once or several times -> its parts. */
export function shadeNamesOf(asked: unknown): ShadeName[] {
  const list = (Array.isArray(asked) ? asked : [asked]).filter((entry) => typeof entry === 'string');
  return list.flatMap((entry) => {
    const slash = entry.indexOf('/');
    return slash === -1 ? [] : [{ catalogId: entry.slice(0, slash), code: entry.slice(slash + 1) }];
  });
}

function ask<T>({ pool }: Services, catalogs: readonly Catalog[], question: ShadeLooksTask['question']): Promise<T> {
  return pool.run<T>({ kind: 'shadeLooks', catalogs, question } satisfies ShadeLooksTask);
}

/** How two shades differ when they are healed, each pair once. */
function pairsOf(looks: readonly ShadeLook[]) {
  return looks.flatMap((one, at) =>
    looks.slice(at + 1).map((other) => {
      const distance = deltaE00(one.healed, other.healed);
      const directions = directionWords(one.healed, other.healed);
      return { one, other, distance, closeness: closenessWords(distance), directions };
    }),
  );
}

/**
 * Two to four shades in the bottle and healed on one skin, pair by pair, with the catalogs they come from.
 * @throws StippleError SMP_OPTION_INVALID for fewer than two, SMP_NOT_FOUND, SMP_CATALOG_NOT_FOUND
 */
export async function compareShades(
  services: Services,
  audience: Audience,
  { shade, skin }: { readonly shade?: unknown; readonly skin?: unknown },
) {
  const shades = shadeNamesOf(shade).slice(0, MOST_COMPARED);
  if (shades.length < 2) throw new StippleError('SMP_OPTION_INVALID', ENGLISH.catalogTools.tickTwoToFourShades);
  const ids = [...new Set(shades.map(({ catalogId }) => catalogId))];
  const catalogs = await Promise.all(ids.map((id) => currentCatalog(services, audience, id)));
  const looks = await ask<ShadeLook[]>(services, catalogs, { ask: 'looks', skin: skinOf(skin), shades });
  return { shades, catalogs, looks, pairs: pairsOf(looks) };
}

/** The shades of another of the lines that heal nearest to a known one; null while shade or line are not chosen. */
export async function findEquivalents(
  services: Services,
  catalogs: readonly Catalog[],
  { shade, in: line, skin }: { readonly shade?: unknown; readonly in?: unknown; readonly skin?: unknown },
): Promise<EquivalentsAnswer | null> {
  const [known] = shadeNamesOf(shade);
  if (!known || typeof line !== 'string' || line === '') return null;
  const involved = catalogs.filter(({ id }) => id === known.catalogId || id === line);
  return await ask(services, involved, { ask: 'equivalents', skin: skinOf(skin), shade: known, inCatalog: line });
}

/** Which clients a catalog serves; null for a catalog too large to try every shade on each of them. */
export async function serviceMapOf(services: Services, catalog: Catalog): Promise<ServiceMap | null> {
  if (catalog.shades.length > MOST_MAPPED) return null;
  return await ask<ServiceMap>(services, [catalog], { ask: 'gaps', catalogId: catalog.id });
}
