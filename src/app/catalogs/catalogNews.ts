import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import type { MatchOwner } from '../../storage/matchRecord.ts';
import type { MatchResult } from '../matchResult.ts';
import type { Services } from '../services.ts';
import { audienceOf, currentCatalogs } from './currentCatalogs.ts';

/**
 * What happened to the catalogs of a result since it was made, in sentences: shades of it that are no longer made, with
 * their replacements, and newer versions. The result itself stays as it was. Empty when nothing happened.
 */
export async function catalogNews(services: Services, owner: MatchOwner, result: MatchResult): Promise<string[]> {
  const catalogs = await currentCatalogs(services, audienceOf(owner));
  const newer = new Map<string, string>();
  const ended = result.recommendations.flatMap(({ code, catalog: cited }) => {
    const catalog = catalogs.find(({ id }) => id === cited.id);
    if (!catalog || catalog.version === cited.version) return [];
    newer.set(catalog.id, catalogChangesTexts.hasVersionNow(catalog.name, catalog.version, cited.version));
    const shade = catalog.shades.find((one) => one.code === code);
    if (shade?.status !== 'discontinued') return [];
    const instead = shade.replacement ? catalogChangesTexts.takesItsPlace(shade.replacement) : '';
    return [catalogChangesTexts.isNoLongerMade(code, instead)];
  });
  return [...new Set(ended), ...newer.values()];
}
