import { type Request, type Response, Router } from 'express';
import { rolesOf } from '../../app/access.ts';
import { invite, pendingInvitations, withdrawInvitation } from '../../app/people/invitations.ts';
import { changeRole, disablePerson, enablePerson, makeResetLink, peopleOf } from '../../app/people/managePeople.ts';
import type { Services } from '../../app/services.ts';
import { ERRORS, StippleError } from '../../errors.ts';
import { shownTime } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import { ROLE_HINTS, ROLE_WORDS } from '../accountWords.ts';
import { actorFor } from '../actor.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { type PageProblem, render } from '../render.ts';
import { keepForNextPage, takeOnce } from '../showOnce.ts';

/** What an owner does with the people of their organisation. */
export function peopleRoutes(services: Services): Router {
  const router = Router();

  async function show(req: Request, res: Response, problem: PageProblem | null): Promise<void> {
    const actor = actorFor(req, 'people:manage');
    const [people, invitations] = [await peopleOf(services, actor), await pendingInvitations(services, actor)];
    const roles = rolesOf(actor.organisationKind);
    const link = takeOnce(req, res, '/people');
    if (problem) res.status(422);
    await render(req, res, 'people', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.accounts.people) : ENGLISH.accounts.people,
      problem,
      organisationName: actor.organisationName,
      madeLink: link === null ? null : `${req.protocol}://${req.get('host') ?? ''}${link}`,
      people: people.map(({ id, displayName, signInName, role, disabledAt }) => ({
        id,
        displayName,
        signInName,
        roleText: ROLE_WORDS[role],
        closed: disabledAt !== null,
        self: id === actor.personId,
        roles: roles.map((each) => ({ value: each, text: ROLE_WORDS[each], chosen: each === role })),
      })),
      invitations: invitations.map(({ id, invitee, role, expiresAt }) => ({
        id,
        invitee: invitee ?? '',
        text: ENGLISH.accounts.roleGoodUntil(role ? ROLE_WORDS[role] : '', shownTime(expiresAt)),
      })),
      roles: roles.map((role) => ({
        value: role,
        text: `${ROLE_WORDS[role]}: ${ROLE_HINTS[role]}`,
        chosen: role === (textField(req, 'role') || roles.at(-1)),
      })),
      invitee: textField(req, 'invitee'),
    });
  }

  /** Runs what a form asks for; what is wrong with it is said above the page. */
  const change = (field: string | null, work: (req: Request, res: Response) => Promise<void>) => {
    return async (req: Request, res: Response) => {
      try {
        await work(req, res);
      } catch (error) {
        if (!(error instanceof StippleError) || ERRORS[error.code].status !== 422) throw error;
        return show(req, res, [{ text: error.message, field }]);
      }
      redirectAfterPost(res, '/people');
    };
  };

  router.get('/people', async (req, res) => {
    await show(req, res, null);
  });

  router.post(
    '/people/invitations',
    change('invitee', async (req, res) => {
      const actor = actorFor(req, 'people:manage');
      const token = await invite(services, actor, textField(req, 'role'), textField(req, 'invitee'));
      keepForNextPage(req, res, '/people', `/invitations/${token}`);
    }),
  );

  router.post(
    '/people/invitations/:id/withdraw',
    change(null, (req) => withdrawInvitation(services, actorFor(req, 'people:manage'), String(req.params.id))),
  );

  router.post(
    '/people/:id/disable',
    change(null, (req) => disablePerson(services, actorFor(req, 'people:manage'), String(req.params.id))),
  );

  router.post(
    '/people/:id/enable',
    change(null, (req) => enablePerson(services, actorFor(req, 'people:manage'), String(req.params.id))),
  );

  router.post(
    '/people/:id/role',
    change(null, (req) =>
      changeRole(services, actorFor(req, 'people:manage'), String(req.params.id), textField(req, 'role')),
    ),
  );

  router.post(
    '/people/:id/reset',
    change(null, async (req, res) => {
      const token = await makeResetLink(services, actorFor(req, 'people:manage'), String(req.params.id));
      keepForNextPage(req, res, '/people', `/reset/${token}`);
    }),
  );

  return router;
}
