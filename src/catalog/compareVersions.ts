import { codeKey } from './checkShadeRules.ts';
import { type FieldChange, fieldChanges } from './fieldChanges.ts';
import type { Catalog, Shade } from './shade.ts';

export interface VersionChanges {
  /** Name, supplier, provenance and diluents. */
  readonly header: readonly FieldChange[];
  readonly added: readonly Shade[];
  /** Only a restored version leaves shades out; imports and edits remove none. */
  readonly removed: readonly Shade[];
  readonly changed: readonly { readonly shade: Shade; readonly fields: readonly FieldChange[] }[];
}

const byKey = (shades: readonly Shade[]) => new Map(shades.map((shade) => [codeKey(shade.code), shade]));

/** Every field that differs between two versions of a catalog. */
export function compareVersions(from: Catalog, to: Catalog): VersionChanges {
  const olds = byKey(from.shades);
  const news = byKey(to.shades);
  const { shades: _olds, version: _oldVersion, ...oldHeader } = from;
  const { shades: _news, version: _newVersion, ...newHeader } = to;
  return {
    header: fieldChanges(oldHeader, newHeader),
    added: to.shades.filter(({ code }) => !olds.has(codeKey(code))),
    removed: from.shades.filter(({ code }) => !news.has(codeKey(code))),
    changed: to.shades.flatMap((shade) => {
      const old = olds.get(codeKey(shade.code));
      const fields = old === undefined ? [] : fieldChanges(old, shade);
      return fields.length > 0 ? [{ shade, fields }] : [];
    }),
  };
}
