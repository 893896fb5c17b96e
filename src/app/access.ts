import { StippleError } from '../errors.ts';

/** Studios treat clients; suppliers make catalogs. Neither sees the other's records. */
export const ORGANISATION_KINDS = ['studio', 'supplier'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export const ROLES = ['owner', 'technician', 'supplierEditor', 'publisher'] as const;
export type Role = (typeof ROLES)[number];

/** The roles an organisation has, from the one that may do most. */
export function rolesOf(kind: OrganisationKind): readonly Role[] {
  return kind === 'studio' ? ['owner', 'technician'] : ['owner', 'publisher', 'supplierEditor'];
}

/** What an API token may be used for (design: a token never does more than its maker). */
export const SCOPES = ['match', 'catalog:read', 'catalog:write'] as const;
export type Scope = (typeof SCOPES)[number];

/** Somebody who is signed in, or an API token speaking for them. */
export interface Actor {
  readonly personId: string;
  readonly displayName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly organisationKind: OrganisationKind;
  readonly role: Role;
  /** Scopes of the API token; null for a person on the pages. */
  readonly scopes: readonly Scope[] | null;
}

const EVERYONE = [
  'studio:owner',
  'studio:technician',
  'supplier:owner',
  'supplier:supplierEditor',
  'supplier:publisher',
] as const;
type Post = (typeof EVERYONE)[number];

interface Rule {
  readonly posts: readonly Post[];
  /** The scope an API token needs; null where no token is accepted. */
  readonly scope: Scope | null;
}

const OWNERS: readonly Post[] = ['studio:owner', 'supplier:owner'];
const CLIENT_STAFF: readonly Post[] = ['studio:owner', 'studio:technician'];
const CATALOG_EDITORS: readonly Post[] = [...OWNERS, 'supplier:supplierEditor', 'supplier:publisher'];

/** Who may do what. A studio's owner may keep a catalog of the studio's own; a technician may not change catalogs. */
const RULES = {
  'match:write': { posts: CLIENT_STAFF, scope: 'match' },
  'consultation:read': { posts: CLIENT_STAFF, scope: null },
  'consultation:write': { posts: CLIENT_STAFF, scope: null },
  'consultation:erase': { posts: CLIENT_STAFF, scope: null },
  'share:write': { posts: CLIENT_STAFF, scope: null },
  'followUp:write': { posts: CLIENT_STAFF, scope: null },
  'studio:settings': { posts: CLIENT_STAFF, scope: null },
  'studio:policy': { posts: ['studio:owner'], scope: null },
  'catalog:read': { posts: EVERYONE, scope: 'catalog:read' },
  'catalog:edit': { posts: CATALOG_EDITORS, scope: 'catalog:write' },
  'catalog:publish': { posts: [...OWNERS, 'supplier:publisher'], scope: 'catalog:write' },
  'people:manage': { posts: OWNERS, scope: null },
  'audit:read': { posts: OWNERS, scope: null },
  'self:manage': { posts: EVERYONE, scope: null },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof RULES;
export const ACTIONS = Object.keys(RULES) as readonly Action[];

declare const checked: unique symbol;

/** An actor whose right to an action was checked. Only `authorize` makes one, so an unchecked write does not compile. */
export type Authorized<A extends Action> = Actor & { readonly [checked]: { readonly [K in A]: true } };

export function mayDo(actor: Actor, action: Action): boolean {
  const rule: Rule = RULES[action];
  const inPost = rule.posts.includes(`${actor.organisationKind}:${actor.role}` as Post);
  const inScope = actor.scopes === null || (rule.scope !== null && actor.scopes.includes(rule.scope));
  return inPost && inScope;
}

/** Scopes with which a token of this person could do anything at all. */
export function scopesFor(actor: Actor): Scope[] {
  return SCOPES.filter((scope) =>
    ACTIONS.some((action) => RULES[action].scope === scope && mayDo({ ...actor, scopes: [scope] }, action)),
  );
}

/**
 * Proves that the actor may do this.
 * @throws StippleError SMP_SIGN_IN_NEEDED when nobody is signed in, SMP_NOT_ALLOWED when the role or token does not reach so far
 */
export function authorize<A extends Action>(actor: Actor | null, action: A): Authorized<A> {
  if (!actor) throw new StippleError('SMP_SIGN_IN_NEEDED');
  if (!mayDo(actor, action)) throw new StippleError('SMP_NOT_ALLOWED');
  return actor as Authorized<A>;
}
