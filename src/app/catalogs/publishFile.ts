import { writeCatalogText } from '../../catalog/catalogText.ts';
import { type CatalogDiff, diffCatalogs } from '../../catalog/diffCatalogs.ts';
import type { Answers, CatalogFile } from '../../catalog/formats/catalogFile.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { publishNextVersion } from '../../storage/catalogVersionsRepo.ts';
import type { Authorized } from '../access.ts';
import type { CatalogServices } from '../services.ts';
import { authorName, type CatalogEditor, ownCatalog, ownShades } from './ownCatalog.ts';
import { checkNote } from './publishDraft.ts';

/** What a file would do to a catalog at its latest version. */
export interface CheckedFile {
  readonly catalogId: string;
  /** The version it was compared with; 0 before the first. */
  readonly after: number;
  readonly diff: CatalogDiff;
}

/** Compares a file with the latest version of the editor's own catalog; changes nothing. @throws as `ownCatalog` */
export async function checkFile(
  services: CatalogServices,
  actor: CatalogEditor,
  { catalogId, file, answers }: { catalogId: string; file: CatalogFile; answers: Answers },
): Promise<CheckedFile> {
  const catalog = await ownShades(services, actor, catalogId);
  const today = services.now().toISOString().slice(0, 10);
  const diff = diffCatalogs(catalog, file, { today, ...(answers.shade && { defaults: answers.shade }) });
  return { catalogId, after: catalog.version, diff };
}

/**
 * Publishes every accepted row of a checked file as the next version.
 * @throws StippleError SMP_CATALOG_CONFLICT when another version came after the check, SMP_OPTION_INVALID when nothing
 * would change or the note is missing
 */
export async function publishFile(
  services: CatalogServices,
  actor: Authorized<'catalog:publish'>,
  { catalogId, after, diff }: CheckedFile,
  note: string,
): Promise<number> {
  if (diff.added.length + diff.changed.length === 0) {
    throw new StippleError('SMP_OPTION_INVALID', catalogChangesTexts.thisFileChangesNothing);
  }
  const said = checkNote(note);
  await ownCatalog(services, actor, catalogId);
  const catalogJson = await writeCatalogText({ ...diff.result, version: after + 1 });
  const next = { catalogId, after, catalogJson, note: said, author: authorName(actor) };
  const published = await publishNextVersion(services.db, next, services.now());
  if (published === null) throw new StippleError('SMP_CATALOG_CONFLICT');
  return published.version;
}
