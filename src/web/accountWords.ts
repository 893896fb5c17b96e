import type { OrganisationKind, Role, Scope } from '../app/access.ts';

/** What people read for the words the program uses. */
export const ROLE_WORDS: Record<Role, string> = {
  owner: 'Owner',
  technician: 'Technician',
  supplierEditor: 'Editor',
  publisher: 'Publisher',
};

export const ROLE_HINTS: Record<Role, string> = {
  owner: 'everything, and the people',
  technician: 'clients and results',
  supplierEditor: 'edits catalogs',
  publisher: 'edits and publishes catalogs',
};

export const KIND_WORDS: Record<OrganisationKind, string> = { studio: 'studio', supplier: 'supplier' };

export const SCOPE_WORDS: Record<Scope, string> = {
  match: 'Measure photos and read results',
  'catalog:read': 'Read catalogs',
  'catalog:write': 'Change and publish catalogs',
};

/** Where somebody starts: studios match, suppliers keep catalogs. */
export function startPage(kind: OrganisationKind): string {
  return kind === 'studio' ? '/' : '/catalogs';
}
