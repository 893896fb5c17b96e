import { codeKey } from '../../catalog/checkShadeRules.ts';
import type { Problem } from '../../catalog/problem.ts';
import { schemaProblems } from '../../catalog/schemaProblems.ts';
import { type Catalog, diluentSchema } from '../../catalog/shade.ts';
import { isSameCode } from '../../catalog/shadeCells.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { catalogProblemsTexts } from '../../language/texts/catalogProblems.ts';
import { type CatalogDraft, findDraft, listDrafts, saveDraft } from '../../storage/catalogDraftsRepo.ts';
import { listCatalogVersions } from '../../storage/catalogVersionsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { publishedCatalog } from './currentCatalogs.ts';
import type { Seen } from './editShade.ts';
import { authorName, ownShades } from './ownCatalog.ts';

export type Diluent = Catalog['diluents'][number];

export interface OpenDiluent {
  readonly catalog: Catalog;
  /** With unpublished edits, where there are some; undefined for a code that is not there yet. */
  readonly diluent: Diluent | undefined;
  readonly draft: CatalogDraft | null;
  readonly seen: Seen;
  /** Codes of the shades that approve it, unpublished edits included. */
  readonly approvedBy: readonly string[];
}

export type DiluentOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  /** Somebody else changed it since the form was opened: theirs, by whom, and what to send to go on from it. */
  | {
      readonly kind: 'conflict';
      readonly theirs: Diluent;
      readonly by: string;
      readonly at: string;
      readonly seen: Seen;
    };

/** A diluent for its form. */
export async function openDiluent(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  catalogId: string,
  code: string,
): Promise<OpenDiluent> {
  const catalog = await ownShades(services, actor, catalogId);
  const draft = await findDraft(services.db, { catalogId, kind: 'diluent', codeKey: codeKey(code) });
  const published = catalog.diluents.find((one) => isSameCode(one.code, code));
  const edited = (await listDrafts(services.db, catalogId)).filter(({ kind }) => kind === 'shade');
  const editedKeys = new Set(edited.map((entry) => entry.codeKey));
  const shades = [
    ...catalog.shades.filter((shade) => !editedKeys.has(codeKey(shade.code))),
    ...edited.map(({ item }) => item as unknown as Catalog['shades'][number]),
  ];
  return {
    catalog,
    diluent: draft ? diluentSchema.parse(draft.item) : published,
    draft,
    seen: { version: catalog.version, revision: draft?.revision ?? 0 },
    approvedBy: shades
      .filter(({ diluents }) => diluents.some((one) => isSameCode(one, code)))
      .map((shade) => shade.code),
  };
}

/** What a version that came since the form was opened made of the diluent; null when it is as it was. */
async function publishedMeanwhile(services: Services, { catalog, diluent }: OpenDiluent, version: number) {
  if (diluent === undefined || version === 0 || version === catalog.version) return null;
  const before = (await publishedCatalog(services, { id: catalog.id, version })).diluents;
  const then = before.find(({ code }) => isSameCode(code, diluent.code));
  if (JSON.stringify(then) === JSON.stringify(diluent)) return null;
  const [latest] = await listCatalogVersions(services.db, catalog.id);
  return { theirs: diluent, by: latest!.author, at: latest!.publishedAt };
}

const MOST_NAMED = 5;

/**
 * Saves a diluent as a draft; publishing is another step. Its lots stay as they are.
 * @param code the diluent the form was opened on; null for a new one
 * @throws StippleError SMP_NOT_FOUND, SMP_CATALOG_READ_ONLY, SMP_CATALOG_NOT_FOUND
 */
export async function saveDiluent(
  services: Services,
  actor: Authorized<'catalog:edit'>,
  edit: {
    catalogId: string;
    code: string | null;
    entry: { code: string; name: string; sterile: boolean | null };
    seen: Seen;
  },
): Promise<DiluentOutcome> {
  const code = edit.code ?? edit.entry.code.trim();
  const open = await openDiluent(services, actor, edit.catalogId, code);
  const { catalog, diluent: old, draft } = open;
  if (edit.code !== null && old === undefined) throw new StippleError('SMP_NOT_FOUND');
  const invalid = (column: string, found: string, expected: string, fix: string): DiluentOutcome => {
    return { kind: 'invalid', problems: [{ path: column, column, found, expected, fix, level: 'error' }] };
  };
  if (edit.code === null && old !== undefined) {
    return invalid('code', `"${code}"`, catalogChangesTexts.codeNotInUse, catalogChangesTexts.chooseOtherDiluentCode);
  }
  const { sterile } = edit.entry;
  if (sterile === null)
    return invalid(
      'sterile',
      catalogProblemsTexts.nothing,
      catalogChangesTexts.yesOrNo,
      catalogChangesTexts.sayWhetherTheBottleIsSterile,
    );
  if (!sterile && open.approvedBy.length > 0) {
    const named = open.approvedBy.slice(0, MOST_NAMED).join(', ');
    const more =
      open.approvedBy.length > MOST_NAMED ? catalogChangesTexts.andMore(open.approvedBy.length - MOST_NAMED) : '';
    const fix = catalogChangesTexts.onlyASterileDiluentMay;
    return invalid('sterile', catalogChangesTexts.approvedByShades(named, more), 'yes', fix);
  }
  const parsed = diluentSchema.safeParse({ lots: [], ...old, name: edit.entry.name, code: old?.code ?? code, sterile });
  if (!parsed.success) {
    const problems = schemaProblems({ ...edit.entry, code }, parsed.error.issues);
    return { kind: 'invalid', problems: problems.map((problem) => ({ ...problem, column: problem.path })) };
  }
  if (draft !== null && draft.revision !== edit.seen.revision) {
    const { updatedByName: by, updatedAt: at } = draft;
    return { kind: 'conflict', theirs: diluentSchema.parse(draft.item), by, at, seen: open.seen };
  }
  const published = draft === null ? await publishedMeanwhile(services, open, edit.seen.version) : null;
  if (published !== null && JSON.stringify(published.theirs) !== JSON.stringify(parsed.data)) {
    return { kind: 'conflict', ...published, seen: open.seen };
  }
  const place = { catalogId: catalog.id, kind: 'diluent', codeKey: codeKey(code) } as const;
  const change = { ...place, item: parsed.data, baseVersion: catalog.version, updatedByName: authorName(actor) };
  const saved = await saveDraft(services.db, change, open.seen.revision, services.now());
  // Somebody saved between the look above and the write: look again, and show what they did.
  return saved === null ? await saveDiluent(services, actor, edit) : { kind: 'saved' };
}
