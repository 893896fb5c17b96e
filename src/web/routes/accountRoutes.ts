import { type Request, type Response, Router } from 'express';
import { scopesFor } from '../../app/access.ts';
import {
  changePassword,
  endOwnSignIns,
  makeToken,
  readOwnAccount,
  revokeToken,
  TOKEN_DAYS,
} from '../../app/people/ownAccount.ts';
import { adoptTryOuts, checkSignIn } from '../../app/people/signIn.ts';
import type { Services } from '../../app/services.ts';
import { ERRORS, StippleError } from '../../errors.ts';
import { shownDay, shownTime } from '../../language/dates.ts';
import { ENGLISH } from '../../language/english.ts';
import { countMatches } from '../../storage/matchesRepo.ts';
import { signInKeyOf } from '../../storage/peopleRepo.ts';
import { ROLE_WORDS, SCOPE_WORDS, startPage } from '../accountWords.ts';
import { actorFor } from '../actor.ts';
import { localPath, redirectAfterPost, textField, textFields } from '../forms.ts';
import { limitRate } from '../rateLimit.ts';
import { type PageProblem, render } from '../render.ts';
import { keepForNextPage, takeOnce } from '../showOnce.ts';

const QUARTER_HOUR_MS = 15 * 60 * 1000;
const TRIES_OF_ADDRESS = 30;
const TRIES_OF_NAME = 10;
const WAIT = ENGLISH.accounts.tooManyTriesThatFailedWait;

/** Signing in and out, and what people change of their own account. */
export function accountRoutes(services: Services): Router {
  const router = Router();
  const failures = { windowMs: QUARTER_HOUR_MS, failuresOnly: true, sentence: WAIT, now: services.now };
  const limitAddress = limitRate(services.db, { ...failures, name: 'signIn', limit: TRIES_OF_ADDRESS });
  const limitName = limitRate(services.db, {
    ...failures,
    name: 'signInName',
    limit: TRIES_OF_NAME,
    keyOf: (req) => req.actor?.personId ?? signInKeyOf(textField(req, 'name')),
  });

  async function showSignIn(req: Request, res: Response, wrong: boolean): Promise<void> {
    const { known } = req.browserSession;
    const tryOuts = known ? await countMatches(services.db, { browserSessionId: known.id }) : 0;
    const next = req.method === 'GET' ? req.query.next : textField(req, 'next');
    if (wrong) res.status(422);
    await render(req, res, 'signIn', {
      title: wrong ? ENGLISH.frame.errorTitle(ENGLISH.accounts.signIn) : ENGLISH.accounts.signIn,
      problem: wrong ? [{ text: ENGLISH.accounts.nameOrPasswordIsWrongCheck, field: 'name' }] : null,
      name: textField(req, 'name'),
      next: typeof next === 'string' && next !== '' ? localPath(next) : '',
      tryOuts,
      adopt: textField(req, 'adopt') === 'yes',
    });
  }

  router.get('/sign-in', async (req, res) => {
    if (req.actor) return redirectAfterPost(res, startPage(req.actor.organisationKind));
    await showSignIn(req, res, false);
  });

  router.post('/sign-in', limitAddress, limitName, async (req, res) => {
    const actor = await checkSignIn(services, textField(req, 'name'), textField(req, 'password'));
    if (!actor) return showSignIn(req, res, true);
    const { known } = req.browserSession;
    if (known && textField(req, 'adopt') === 'yes' && actor.organisationKind === 'studio') {
      await adoptTryOuts(services, actor, known.id);
    }
    await req.browserSession.signIn(actor.personId);
    const next = textField(req, 'next');
    redirectAfterPost(res, next === '' ? startPage(actor.organisationKind) : localPath(next));
  });

  router.post('/sign-out', async (req, res) => {
    await req.browserSession.signOut();
    redirectAfterPost(res, '/');
  });

  router.post('/sign-out-everywhere', async (req, res) => {
    await endOwnSignIns(services, actorFor(req, 'self:manage'));
    await req.browserSession.signOut();
    redirectAfterPost(res, '/sign-in');
  });

  async function showAccount(req: Request, res: Response, problem: PageProblem | null): Promise<void> {
    const actor = actorFor(req, 'self:manage');
    const { signInName, signIns, tokens } = await readOwnAccount(services, actor);
    if (problem) res.status(422);
    await render(req, res, 'account', {
      title: problem ? ENGLISH.frame.errorTitle(ENGLISH.common.account) : ENGLISH.common.account,
      problem,
      displayName: actor.displayName,
      signInName,
      organisationName: actor.organisationName,
      roleText: ROLE_WORDS[actor.role],
      madeToken: takeOnce(req, res, '/account'),
      signIns: signIns.map(({ id, signedInAt, signInExpiresAt }) => ({
        id,
        text: ENGLISH.accounts.signedIn(shownTime(signedInAt)),
        ends: ENGLISH.accounts.endsByItself(shownTime(signInExpiresAt)),
        here: id === req.browserSession.known?.id,
      })),
      tokens: tokens.map(({ id, name, scopes, expiresAt, lastUsedOn }) => ({
        id,
        name,
        text: scopes.map((scope) => SCOPE_WORDS[scope as keyof typeof SCOPE_WORDS] ?? scope).join(', '),
        use: ENGLISH.accounts.goodUntil(
          shownDay(expiresAt),
          lastUsedOn ? ENGLISH.accounts.lastUsed(lastUsedOn) : ENGLISH.accounts.notUsedYet,
        ),
      })),
      scopes: scopesFor(actor).map((scope) => ({
        value: scope,
        text: SCOPE_WORDS[scope],
        chosen: textFields(req, 'scope').includes(scope),
      })),
      days: TOKEN_DAYS.map((days) => ({ value: String(days), chosen: textField(req, 'days') === String(days) })),
      tokenName: textField(req, 'tokenName'),
    });
  }

  router.get('/account', async (req, res) => {
    await showAccount(req, res, null);
  });

  router.post('/account/password', limitName, async (req, res) => {
    const actor = actorFor(req, 'self:manage');
    const form = { current: textField(req, 'current'), password: textField(req, 'password') };
    const faults = await changePassword(services, actor, form, req.browserSession.known?.id);
    if (faults.length > 0) return showAccount(req, res, faults);
    await req.browserSession.signIn(actor.personId);
    redirectAfterPost(res, '/account');
  });

  router.post('/account/sign-ins/:id/end', async (req, res) => {
    await endOwnSignIns(services, actorFor(req, 'self:manage'), String(req.params.id));
    redirectAfterPost(res, '/account');
  });

  router.post('/account/tokens', async (req, res) => {
    const actor = actorFor(req, 'self:manage');
    const form = {
      name: textField(req, 'tokenName'),
      scopes: textFields(req, 'scope'),
      days: Number(textField(req, 'days')),
    };
    try {
      keepForNextPage(req, res, '/account', await makeToken(services, actor, form));
    } catch (error) {
      if (!(error instanceof StippleError) || ERRORS[error.code].status !== 422) throw error;
      return showAccount(req, res, [{ text: error.message, field: 'tokenName' }]);
    }
    redirectAfterPost(res, '/account#tokens');
  });

  router.post('/account/tokens/:id/revoke', async (req, res) => {
    await revokeToken(services, actorFor(req, 'self:manage'), String(req.params.id));
    redirectAfterPost(res, '/account#tokens');
  });

  return router;
}
