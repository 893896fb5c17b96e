import type { Catalog } from '../catalog/shade.ts';
import { StippleError } from '../errors.ts';
import { measuringTexts } from '../language/texts/measuring.ts';

/** The catalogs a `palette` option names: one by its id, or every one for "all". */
export function chooseCatalogs(catalogs: readonly Catalog[], palette: string): readonly Catalog[] {
  if (palette === 'all') return catalogs;
  const found = catalogs.filter((catalog) => catalog.id === palette);
  if (found.length > 0) return found;
  const known = catalogs.map((catalog) => catalog.id).join(', ');
  throw new StippleError('SMP_CATALOG_NOT_FOUND', measuringTexts.noSuchCatalog(palette, known));
}
