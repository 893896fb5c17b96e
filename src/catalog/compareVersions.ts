import { setImmediate as nextTurn } from 'node:timers/promises';
import { openCatalogText } from './catalogText.ts';
import { codeKey } from './checkShadeRules.ts';
import { type FieldChange, fieldChanges } from './fieldChanges.ts';
import type { Catalog, Shade } from './shade.ts';

type NamedShade = Pick<Shade, 'code' | 'name'>;

export interface VersionChanges {
  /** Name, supplier, provenance and diluents. */
  readonly header: readonly FieldChange[];
  readonly added: readonly NamedShade[];
  /** Only a restored version leaves shades out; imports and edits remove none. */
  readonly removed: readonly NamedShade[];
  readonly changed: readonly { readonly shade: NamedShade; readonly fields: readonly FieldChange[] }[];
}

const byKey = (shades: readonly Shade[]) => new Map(shades.map((shade) => [codeKey(shade.code), shade]));
const named = ({ code, name }: Shade): NamedShade => ({ code, name });

/** Diluents by code, so that a change names the bottle and not its place in the list. */
function headerOf<T extends Pick<Catalog, 'diluents'>>({ diluents, ...rest }: T): object {
  return { ...rest, diluents: Object.fromEntries(diluents.map((diluent) => [diluent.code, diluent])) };
}

/** Every field that differs between two versions of a catalog. */
export function compareVersions(from: Catalog, to: Catalog): VersionChanges {
  const olds = byKey(from.shades);
  const news = byKey(to.shades);
  const { shades: _olds, version: _oldVersion, ...oldHeader } = from;
  const { shades: _news, version: _newVersion, ...newHeader } = to;
  return {
    header: fieldChanges(headerOf(oldHeader), headerOf(newHeader)),
    added: to.shades.filter(({ code }) => !olds.has(codeKey(code))),
    removed: from.shades.filter(({ code }) => !news.has(codeKey(code))),
    changed: to.shades.flatMap((shade) => {
      const old = olds.get(codeKey(shade.code));
      const fields = old === undefined || old === shade ? [] : fieldChanges(old, shade);
      return fields.length > 0 ? [{ shade, fields }] : [];
    }),
  };
}

/** As `compareVersions`, of two stored texts: neither catalog is ever whole in memory. Other work goes on meanwhile. */
export async function compareTexts(fromText: string | Buffer, toText: string | Buffer): Promise<VersionChanges> {
  const olds = new Map<string, { place: number; shade: NamedShade }>();
  const from = await openCatalogText(fromText, (read, _line, place) => {
    const shade = read();
    olds.set(codeKey(shade.code), { place, shade: named(shade) });
  });
  const news: { place: number; shade: NamedShade }[] = [];
  const to = await openCatalogText(toText, (read, _line, place) => news.push({ place, shade: named(read()) }));
  const { version: _oldVersion, ...oldHeader } = from.header;
  const { version: _newVersion, ...newHeader } = to.header;
  const changed: { shade: NamedShade; fields: readonly FieldChange[] }[] = [];
  const added: NamedShade[] = [];
  for (const { place, shade } of news) {
    const key = codeKey(shade.code);
    const old = olds.get(key);
    olds.delete(key);
    if (old === undefined) added.push(shade);
    else {
      const [before, after] = [from.lines.at(old.place), to.lines.at(place)];
      const fields = before === after ? [] : fieldChanges(JSON.parse(before), JSON.parse(after));
      if (fields.length > 0) changed.push({ shade, fields });
    }
    if (place % 500 === 499) await nextTurn();
  }
  const removed = [...olds.values()].map(({ shade }) => shade);
  return { header: fieldChanges(headerOf(oldHeader), headerOf(newHeader)), added, removed, changed };
}
