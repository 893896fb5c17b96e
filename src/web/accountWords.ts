import type { OrganisationKind, Role, Scope } from '../app/access.ts';
import { ENGLISH } from '../language/english.ts';

/** What people read for the words the program uses. */
export const ROLE_WORDS: Record<Role, string> = {
  owner: ENGLISH.accounts.owner,
  technician: ENGLISH.accounts.technician,
  supplierEditor: ENGLISH.accounts.editor,
  publisher: ENGLISH.accounts.publisher,
};

export const ROLE_HINTS: Record<Role, string> = {
  owner: ENGLISH.accounts.everythingAndThePeople,
  technician: ENGLISH.accounts.clientsAndResults,
  supplierEditor: ENGLISH.accounts.editsCatalogs,
  publisher: ENGLISH.accounts.editsAndPublishesCatalogs,
};

export const KIND_WORDS: Record<OrganisationKind, string> = { studio: 'studio', supplier: 'supplier' };

export const SCOPE_WORDS: Record<Scope, string> = {
  match: ENGLISH.accounts.measurePhotosAndReadResults,
  'catalog:read': ENGLISH.accounts.readCatalogs,
  'catalog:write': ENGLISH.accounts.changeAndPublishCatalogs,
};

/** Where somebody starts: studios match, suppliers keep catalogs. */
export function startPage(kind: OrganisationKind): string {
  return kind === 'studio' ? '/' : '/catalogs';
}
