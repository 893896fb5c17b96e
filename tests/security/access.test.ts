import { expect, it } from 'vitest';
import {
  ACTIONS,
  type Actor,
  type Authorized,
  authorize,
  mayDo,
  ROLES,
  rolesOf,
  SCOPES,
  scopesFor,
} from '../../src/app/access.ts';
import { invite } from '../../src/app/people/invitations.ts';
import { disablePerson } from '../../src/app/people/managePeople.ts';
import type { Services } from '../../src/app/services.ts';
import { StippleError } from '../../src/errors.ts';

const actor = (change: Partial<Actor> = {}): Actor => ({
  personId: 'p',
  displayName: 'Ada',
  organisationId: 'o',
  organisationName: 'Studio Nord',
  organisationKind: 'studio',
  role: 'owner',
  scopes: null,
  ...change,
});

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof StippleError ? error.code : 'another error';
  }
};

it('lets nobody do what their post does not name', () => {
  for (const action of ACTIONS) expect(codeOf(() => authorize(null, action))).toBe('SMP_SIGN_IN_NEEDED');
  const table = (['studio', 'supplier'] as const).map((organisationKind) =>
    Object.fromEntries(
      ROLES.map((role) => [
        role,
        ACTIONS.filter((action) => mayDo(actor({ organisationKind, role }), action)).length > 0,
      ]),
    ),
  );
  expect(table).toEqual([
    { owner: true, technician: true, supplierEditor: false, publisher: false },
    { owner: true, technician: false, supplierEditor: true, publisher: true },
  ]);
  for (const role of rolesOf('supplier')) {
    for (const action of ACTIONS.filter((each) => /^(match|consultation|share|followUp|studio):/.test(each))) {
      expect(codeOf(() => authorize(actor({ organisationKind: 'supplier', role }), action))).toBe('SMP_NOT_ALLOWED');
    }
  }
});

it('never gives a token more than its maker has, nor anything without a scope for it', () => {
  for (const organisationKind of ['studio', 'supplier'] as const) {
    for (const role of rolesOf(organisationKind)) {
      const person = actor({ organisationKind, role });
      for (const action of ACTIONS) {
        expect(mayDo({ ...person, scopes: [] }, action)).toBe(false);
        if (mayDo({ ...person, scopes: SCOPES }, action)) expect(mayDo(person, action)).toBe(true);
      }
    }
  }
  for (const action of ['people:manage', 'self:manage', 'consultation:read', 'audit:read'] as const) {
    expect(mayDo(actor({ scopes: SCOPES }), action)).toBe(false);
  }
  expect(scopesFor(actor({ role: 'technician' }))).toEqual(['match', 'catalog:read']);
  expect(scopesFor(actor({ organisationKind: 'supplier', role: 'publisher' }))).toEqual([
    'catalog:read',
    'catalog:write',
  ]);
});

it('does not compile without the right proof (checked by tsc)', () => {
  const services = {} as Services;
  const owner = authorize(actor(), 'people:manage');
  const other = authorize(actor(), 'match:write');
  const proved: Authorized<'people:manage'> = owner;
  const calls = [
    () => disablePerson(services, proved, 'id'),
    // @ts-expect-error an actor nobody checked
    () => disablePerson(services, actor(), 'id'),
    // @ts-expect-error checked for something else
    () => disablePerson(services, other, 'id'),
    // @ts-expect-error a proof cannot be written by hand
    () => invite(services, { ...actor(), checked: { 'people:manage': true } }, 'owner', 'Ben'),
    // @ts-expect-error no such action
    () => authorize(actor(), 'people:erase'),
  ];
  expect(calls).toHaveLength(5);
});
