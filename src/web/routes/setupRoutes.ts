import { type Request, type Response, Router } from 'express';
import type { AccountFault } from '../../app/people/accountFaults.ts';
import { acceptInvitation, type Invitation, openInvitation } from '../../app/people/invitations.ts';
import { openResetLink, resetPassword } from '../../app/people/resetPassword.ts';
import { checkSetupLink, setUp } from '../../app/people/setUp.ts';
import type { Services } from '../../app/services.ts';
import { ENGLISH } from '../../language/english.ts';
import { KIND_WORDS, ROLE_HINTS, ROLE_WORDS, startPage } from '../accountWords.ts';
import { redirectAfterPost, textField } from '../forms.ts';
import { render } from '../render.ts';

/** Pages behind one-time links: the first account, an invited one, a new password. Whoever finishes one is signed in. */
export function setupRoutes(services: Services): Router {
  const router = Router();
  const tokenOf = (req: Request) => String(req.params.token);
  const account = (req: Request) => ({
    signInName: textField(req, 'signInName'),
    displayName: textField(req, 'displayName'),
    password: textField(req, 'password'),
  });

  async function showForm(
    req: Request,
    res: Response,
    faults: readonly AccountFault[],
    page: { heading: string; lead: string; setup: boolean; displayName?: string; signInName?: string; button: string },
  ): Promise<void> {
    if (faults.length > 0) res.status(422);
    await render(req, res, 'newAccount', {
      title: faults.length > 0 ? ENGLISH.frame.errorTitle(page.heading) : page.heading,
      problem: faults.length > 0 ? faults : null,
      kind: textField(req, 'kind') || 'studio',
      organisationName: textField(req, 'organisationName'),
      ...page,
      action: req.path,
      displayName: textField(req, 'displayName') || page.displayName || '',
      signInName: textField(req, 'signInName') || page.signInName || '',
      fixedName: page.signInName !== undefined,
    });
  }

  const showSetup = (req: Request, res: Response, faults: readonly AccountFault[]) =>
    showForm(req, res, faults, {
      heading: ENGLISH.accounts.setUpStipple,
      lead: ENGLISH.accounts.thisMakesTheFirstAccount,
      setup: true,
      button: ENGLISH.accounts.makeMyAccount,
    });

  router.get('/setup/:token', async (req, res) => {
    await checkSetupLink(services, tokenOf(req));
    await showSetup(req, res, []);
  });

  router.post('/setup/:token', async (req, res) => {
    const organisationKind = textField(req, 'kind') === 'supplier' ? 'supplier' : 'studio';
    const form = { ...account(req), organisationName: textField(req, 'organisationName'), organisationKind } as const;
    const outcome = await setUp(services, tokenOf(req), form);
    if ('faults' in outcome) return showSetup(req, res, outcome.faults);
    await req.browserSession.signIn(outcome.personId);
    redirectAfterPost(res, startPage(organisationKind));
  });

  const showInvitation = (req: Request, res: Response, invitation: Invitation, faults: readonly AccountFault[]) =>
    showForm(req, res, faults, {
      heading: ENGLISH.accounts.join(invitation.organisationName),
      lead: ENGLISH.accounts.youAreInvited(
        KIND_WORDS[invitation.organisationKind],
        ROLE_WORDS[invitation.role].toLowerCase(),
        ROLE_HINTS[invitation.role],
      ),
      setup: false,
      displayName: invitation.invitee,
      button: ENGLISH.accounts.makeMyAccount,
    });

  router.get('/invitations/:token', async (req, res) => {
    await showInvitation(req, res, await openInvitation(services, tokenOf(req)), []);
  });

  router.post('/invitations/:token', async (req, res) => {
    const invitation = await openInvitation(services, tokenOf(req));
    const outcome = await acceptInvitation(services, tokenOf(req), account(req));
    if ('faults' in outcome) return showInvitation(req, res, invitation, outcome.faults);
    await req.browserSession.signIn(outcome.personId);
    redirectAfterPost(res, startPage(invitation.organisationKind));
  });

  const showReset = (req: Request, res: Response, signInName: string, faults: readonly AccountFault[]) =>
    showForm(req, res, faults, {
      heading: ENGLISH.accounts.setANewPassword,
      lead: ENGLISH.accounts.savingItSignsYouOutEverywhere,
      setup: false,
      signInName,
      button: ENGLISH.accounts.saveThePassword,
    });

  router.get('/reset/:token', async (req, res) => {
    await showReset(req, res, (await openResetLink(services, tokenOf(req))).signInName, []);
  });

  router.post('/reset/:token', async (req, res) => {
    const { signInName, organisationKind } = await openResetLink(services, tokenOf(req));
    const outcome = await resetPassword(services, tokenOf(req), textField(req, 'password'));
    if ('faults' in outcome) return showReset(req, res, signInName, outcome.faults);
    await req.browserSession.signIn(outcome.personId);
    redirectAfterPost(res, startPage(organisationKind));
  });

  return router;
}
