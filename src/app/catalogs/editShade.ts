import { codeKey } from '../../catalog/checkShadeRules.ts';
import type { Problem } from '../../catalog/problem.ts';
import { type Catalog, diluentSchema, type Shade, shadeSchema } from '../../catalog/shade.ts';
import { fieldsToShade, isSameCode } from '../../catalog/shadeCells.ts';
import { validateShades } from '../../catalog/validateShades.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import {
  type CatalogDraft,
  deleteDraft,
  findDraft,
  type ItemKind,
  listDrafts,
  saveDraft,
} from '../../storage/catalogDraftsRepo.ts';
import { listCatalogVersions } from '../../storage/catalogVersionsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { publishedCatalog } from './currentCatalogs.ts';
import { overlayItems } from './overlayItems.ts';
import { authorName, ownCatalog, ownShades } from './ownCatalog.ts';

/** What a form was opened on: the published version, and the revision of the draft (0: there was none). */
export interface Seen {
  readonly version: number;
  readonly revision: number;
}

export interface OpenShade {
  readonly catalog: Catalog;
  /** With unpublished edits, where there are some; undefined for a code that is not there yet. */
  readonly shade: Shade | undefined;
  readonly draft: CatalogDraft | null;
  readonly seen: Seen;
}

export type ShadeOutcome =
  | { readonly kind: 'saved'; readonly code: string }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  /** Somebody else changed this shade meanwhile: theirs, who and when, and what to send to go on from it. */
  | {
      readonly kind: 'conflict';
      readonly theirs: Shade;
      readonly mine: Shade;
      readonly by: string;
      readonly at: string;
      readonly seen: Seen;
    };

const shadeOf = (catalog: Catalog, code: string) => catalog.shades.find((shade) => isSameCode(shade.code, code));
const draftShade = (draft: CatalogDraft): Shade => shadeSchema.parse(draft.item);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

async function draftDiluents(services: Services, catalogId: string): Promise<Catalog['diluents']> {
  const drafts = await listDrafts(services.db, catalogId);
  return drafts.filter(({ kind }) => kind === 'diluent').map(({ item }) => diluentSchema.parse(item));
}

/** A shade for its form. */
export async function openShade(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  catalogId: string,
  code: string,
): Promise<OpenShade> {
  const published = await ownShades(services, actor, catalogId);
  // A diluent may be approved before it is published with the shade.
  const diluents = overlayItems(published.diluents, await draftDiluents(services, catalogId));
  const catalog: Catalog = { ...published, diluents };
  const draft = await findDraft(services.db, { catalogId, kind: 'shade', codeKey: codeKey(code) });
  const shade = draft ? draftShade(draft) : shadeOf(catalog, code);
  return { catalog, shade, draft, seen: { version: catalog.version, revision: draft?.revision ?? 0 } };
}

/** What another person did to the shade since the form was opened; null when nothing. */
async function meanwhile(
  services: Services,
  open: OpenShade,
  code: string,
  seen: Seen,
): Promise<{ theirs: Shade; by: string; at: string } | null> {
  const { catalog, draft } = open;
  if (draft && draft.revision !== seen.revision) {
    return { theirs: draftShade(draft), by: draft.updatedByName, at: draft.updatedAt };
  }
  if (catalog.version === seen.version || seen.version === 0) return null;
  const now = shadeOf(catalog, code);
  const then = shadeOf(await publishedCatalog(services, { id: catalog.id, version: seen.version }), code);
  if (now === undefined || same(now, then)) return null;
  const [version] = await listCatalogVersions(services.db, catalog.id);
  return { theirs: now, by: version!.author, at: version!.publishedAt };
}

/** Errors of the catalog with this shade in it that the shade itself causes. */
function ruleFaults(catalog: Catalog, shade: Shade, today: string): Problem[] {
  const at = catalog.shades.findIndex(({ code }) => isSameCode(code, shade.code));
  const place = at === -1 ? catalog.shades.length : at;
  const shades = at === -1 ? [...catalog.shades, shade] : catalog.shades.with(at, shade);
  const prefix = `shades[${place}]`;
  return validateShades({ ...catalog, shades }, [shade], today)
    .filter(({ level, path }) => level === 'error' && path.startsWith(prefix))
    .map((problem) => ({ ...problem, path: problem.path.slice(prefix.length + 1) }));
}

/**
 * Saves the fields of a form as a draft of the shade; publishing is another step.
 * @param code the shade the form was opened on; null for a new one
 * @throws StippleError SMP_CATALOG_READ_ONLY, SMP_CATALOG_NOT_FOUND
 */
export async function saveShadeFields(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  edit: { catalogId: string; code: string | null; fields: ReadonlyMap<string, string>; seen: Seen },
): Promise<ShadeOutcome> {
  const code = edit.code ?? edit.fields.get('code')?.trim() ?? '';
  const open = await openShade(services, actor, edit.catalogId, code);
  if (edit.code !== null && open.shade === undefined) throw new StippleError('SMP_NOT_FOUND');
  if (edit.code === null && open.shade !== undefined) {
    const fix = catalogChangesTexts.chooseOtherShadeCode;
    return {
      kind: 'invalid',
      problems: [
        {
          path: 'code',
          column: 'code',
          found: `"${code}"`,
          expected: catalogChangesTexts.codeNotInUse,
          fix,
          level: 'error',
        },
      ],
    };
  }
  const base = edit.code === null ? undefined : open.shade;
  const read = fieldsToShade(base, edit.fields, catalogChangesTexts.enteredBy(actor.displayName));
  if (!('shade' in read)) return { kind: 'invalid', problems: read.problems };
  return await saveShade(services, actor, { open, shade: read.shade, seen: edit.seen });
}

/** Saves a whole shade as a draft. */
export async function saveShade(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  { open, shade, seen }: { open: OpenShade; shade: Shade; seen: Seen },
): Promise<ShadeOutcome> {
  const { catalog } = open;
  const today = services.now().toISOString().slice(0, 10);
  const problems = ruleFaults(catalog, shade, today);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const other = await meanwhile(services, open, shade.code, seen);
  if (other !== null && !same(other.theirs, shade)) return { kind: 'conflict', mine: shade, ...other, seen: open.seen };
  const place = { catalogId: catalog.id, kind: 'shade', codeKey: codeKey(shade.code) } as const;
  const change = { ...place, item: shade, baseVersion: catalog.version, updatedByName: authorName(actor) };
  const saved = await saveDraft(services.db, change, open.seen.revision, services.now());
  if (saved !== null) return { kind: 'saved', code: shade.code };
  // Somebody saved between the look above and the write: look again, and show what they did.
  return await saveShade(services, actor, {
    open: await openShade(services, actor, catalog.id, shade.code),
    shade,
    seen,
  });
}

/** Takes an unpublished edit back. False when there was none, or somebody saved it again meanwhile. */
export async function discardDraft(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  place: { catalogId: string; kind: ItemKind; code: string },
  revision: number,
): Promise<boolean> {
  const { catalogId, kind, code } = place;
  await ownCatalog(services, actor, catalogId);
  return await deleteDraft(services.db, { catalogId, kind, codeKey: codeKey(code) }, revision);
}
