import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { catalogFromFile } from './catalogFromFile.ts';
import type { Answers } from './formats/catalogFile.ts';
import { readCatalogFile } from './formats/readCatalogFile.ts';
import type { Catalog } from './shade.ts';

/**
 * A catalog from a file of any supported format, as `--palette FILE` takes it.
 * @param answers what the file does not say, for example its illuminant
 * @throws StippleError SMP_CATALOG_INVALID for a file that is not a complete, valid catalog
 */
export async function openCatalogFile(path: string, answers: Answers = {}): Promise<Catalog> {
  return catalogFromFile(readCatalogFile(await readFile(path), basename(path), answers), answers.shade);
}
