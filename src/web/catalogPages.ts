import type { Request } from 'express';
import { mayDo } from '../app/access.ts';
import type { Audience } from '../app/catalogs/currentCatalogs.ts';
import type { Seen } from '../app/catalogs/editShade.ts';
import { isOwn } from '../app/catalogs/ownCatalog.ts';
import { hexOf } from '../app/report/resultWords.ts';
import type { Services } from '../app/services.ts';
import { measurementToLab65, needsSpectrum } from '../catalog/measurementToLab65.ts';
import type { Catalog, Shade } from '../catalog/shade.ts';
import { shownDay } from '../language/dates.ts';
import { ENGLISH } from '../language/english.ts';
import { actorFor } from './actor.ts';
import { textField } from './forms.ts';

/** What this request may see: somebody signed in must hold the right to read, a visitor sees the bundled lines. */
export function catalogAudience(req: Request): Audience {
  if (req.actor === null) return 'public';
  actorFor(req, 'catalog:read');
  return 'members';
}

export const catalogPath = (id: string): string => `/catalogs/${encodeURIComponent(id)}`;
export const diluentPath = (id: string, code: string): string =>
  `${catalogPath(id)}/diluents/${encodeURIComponent(code)}`;
export const shadePath = (id: string, code: string): string => `${catalogPath(id)}/shades/${encodeURIComponent(code)}`;

/** What a form was opened on, as it sends it back. */
export const seenOf = (req: Request): Seen => ({
  version: Number(textField(req, 'version')) || 0,
  revision: Number(textField(req, 'revision')) || 0,
});

const TABS = [
  { key: 'shades', text: ENGLISH.catalogForms.shades, path: '', edits: false },
  { key: 'versions', text: ENGLISH.catalogForms.versions, path: '/versions', edits: false },
  { key: 'health', text: ENGLISH.catalogForms.health, path: '/health', edits: false },
  { key: 'lots', text: ENGLISH.catalogForms.lots, path: '/lots', edits: false },
  { key: 'import', text: ENGLISH.catalogForms.import, path: '/import', edits: true },
  { key: 'publish', text: ENGLISH.catalogForms.publish, path: '/publish', edits: true },
] as const;
export type CatalogTab = (typeof TABS)[number]['key'];

export interface CatalogFrame {
  readonly base: string;
  readonly name: string;
  readonly versionText: string;
  readonly demonstration: boolean;
  readonly own: boolean;
  readonly mayEdit: boolean;
  readonly mayPublish: boolean;
  readonly mayCopy: boolean;
  readonly tabs: readonly { readonly href: string; readonly text: string; readonly current: boolean }[];
}

/** What every page of a catalog shows above its contents. */
export async function catalogFrame(
  services: Services,
  req: Request,
  catalog: Pick<Catalog, 'id' | 'name' | 'version' | 'demonstration'>,
  current: CatalogTab | null,
): Promise<CatalogFrame> {
  const { actor } = req;
  const own = await isOwn(services, actor, catalog.id);
  const mayEdit = own && actor !== null && mayDo(actor, 'catalog:edit');
  const base = catalogPath(catalog.id);
  return {
    base,
    name: catalog.name,
    versionText: catalog.version === 0 ? ENGLISH.catalogForms.noVersionYet : ENGLISH.records.version(catalog.version),
    demonstration: catalog.demonstration,
    own,
    mayEdit,
    mayPublish: own && actor !== null && mayDo(actor, 'catalog:publish'),
    mayCopy: actor !== null && mayDo(actor, 'catalog:publish'),
    tabs: TABS.filter(({ key, edits }) => (edits ? mayEdit : key !== 'lots' || actor !== null)).map(
      ({ key, text, path }) => ({ href: base + path, text, current: key === current }),
    ),
  };
}

/** The colour of the bottle as a page shows it; null for a reading that has no place in D65/2°. */
export function bottleHex({ masstone }: Pick<Shade, 'masstone'>): string | null {
  return needsSpectrum(masstone) ? null : hexOf(measurementToLab65(masstone));
}

/** The tint that tells neighbours apart: the let-down nearest to the weakest mix that is allowed; null without one. */
export function tintView({ letDowns, maxParts }: Pick<Shade, 'letDowns' | 'maxParts'>) {
  const readable = letDowns.filter(({ measurement }) => !needsSpectrum(measurement));
  const apart = ({ partsDiluent }: (typeof readable)[number]) =>
    Math.abs(Math.log((1 + partsDiluent) / (1 + maxParts)));
  const [nearest] = readable.toSorted((one, other) => apart(one) - apart(other));
  return nearest
    ? { hex: hexOf(measurementToLab65(nearest.measurement)), text: ENGLISH.catalogForms.thinned1(nearest.partsDiluent) }
    : null;
}

/** A value of a diff in few words. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (Array.isArray(value)) {
    return value.length > 3 && typeof value[0] === 'number'
      ? ENGLISH.records.values(value.length)
      : value.map(valueText).join(', ') || 'nothing';
  }
  if (typeof value === 'object') {
    // A yes or no alone says nothing: it is named by its field.
    const said = Object.entries(value).map(([field, entry]) => {
      if (typeof entry === 'boolean') return `${field}: ${valueText(entry)}`;
      return entry === undefined || (Array.isArray(entry) && entry.length === 0) ? '' : valueText(entry);
    });
    return said.filter(Boolean).join(', ');
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** "2 min ago", "3 h ago", then the day. */
export function agoText(at: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(at).getTime()) / 60_000);
  if (minutes < 1) return ENGLISH.catalogForms.justNow;
  if (minutes < 60) return ENGLISH.catalogForms.minAgo(minutes);
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h ago` : shownDay(at);
}
