import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StippleError } from '../errors.ts';
import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
import { freezeDeep } from './freezeDeep.ts';
import type { Problem } from './problem.ts';
import type { Catalog } from './shade.ts';
import { validateCatalog } from './validateCatalog.ts';

/** "shades[3].code: found …, expected …" of the first error, and how many more there are. */
function firstError(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.level === 'error');
  const first = errors[0]!;
  const more = errors.length > 1 ? catalogProblemsTexts.andMore(errors.length - 1) : '';
  return catalogProblemsTexts.foundAt(first.path, first.found, first.expected, more);
}

/** @throws StippleError SMP_CATALOG_INVALID naming the file and the first error. */
export function parseCatalogJson(text: string, fileName: string): Catalog {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new StippleError('SMP_CATALOG_INVALID', catalogProblemsTexts.notJson(fileName), { cause });
  }
  const { catalog, problems } = validateCatalog(value);
  if (catalog === undefined) {
    throw new StippleError('SMP_CATALOG_INVALID', catalogProblemsTexts.paletteNotUsed(fileName, firstError(problems)));
  }
  return freezeDeep(catalog);
}

/**
 * The bundled catalogs: `dir/<id>/catalog.json`, frozen, in order of id. Their versions are those of the files.
 * @throws StippleError SMP_CATALOG_INVALID when one is broken: a bundled catalog is never left out silently.
 */
export async function loadPalettes(dir: string): Promise<Catalog[]> {
  const folders = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const catalogs = await Promise.all(
    folders.map(async ({ name }) => {
      const fileName = join(name, 'catalog.json');
      const catalog = parseCatalogJson(await readFile(join(dir, fileName), 'utf8'), fileName);
      if (catalog.id !== name) {
        throw new StippleError('SMP_CATALOG_INVALID', catalogProblemsTexts.wrongId(fileName, catalog.id, name));
      }
      return catalog;
    }),
  );
  return catalogs.sort((one, other) => (one.id < other.id ? -1 : 1));
}
