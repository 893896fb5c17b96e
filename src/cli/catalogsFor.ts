import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chooseCatalogs } from '../app/chooseCatalogs.ts';
import { loadPalettes } from '../catalog/loadPalettes.ts';
import { openCatalogFile } from '../catalog/openCatalogFile.ts';
import type { Catalog } from '../catalog/shade.ts';
import { projectRoot } from '../projectRoot.ts';

/** The catalogs `--palette` names: a bundled id, "all", or a catalog file. */
export async function catalogsFor(palette: string): Promise<readonly Catalog[]> {
  const bundled = await loadPalettes(join(projectRoot, 'palettes'));
  const known = palette === 'all' || bundled.some((catalog) => catalog.id === palette);
  if (!known && existsSync(palette)) return [await openCatalogFile(palette)];
  return chooseCatalogs(bundled, palette);
}
