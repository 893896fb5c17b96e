import { listPeople, type PersonRecord } from '../../storage/peopleRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { createResetLink, disable, enable, giveRole } from './changePeople.ts';

type Owner = Authorized<'people:manage'>;

const changeBy = ({ organisationId, personId }: Owner) => ({ organisationId, by: personId });

/** Everybody of the actor's organisation, in the order they came. */
export function peopleOf({ db }: Services, actor: Owner): Promise<PersonRecord[]> {
  return listPeople(db, actor.organisationId);
}

/** What an owner does to the people of their own organisation; see changePeople.ts for what each throws. */
export function disablePerson({ db, now }: Services, actor: Owner, personId: string): Promise<void> {
  return disable(db, changeBy(actor), personId, now());
}

export function enablePerson({ db, now }: Services, actor: Owner, personId: string): Promise<void> {
  return enable(db, changeBy(actor), personId, now());
}

export function changeRole({ db, now }: Services, actor: Owner, personId: string, role: string): Promise<void> {
  return giveRole(db, changeBy(actor), personId, role, now());
}

/** @returns token of a link with which the person sets a new password */
export function makeResetLink({ db, now }: Services, actor: Owner, personId: string): Promise<string> {
  return createResetLink(db, changeBy(actor), personId, now());
}
