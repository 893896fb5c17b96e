import { join } from 'node:path';
import ejs from 'ejs';
import type { Request, Response } from 'express';
import { type Actor, mayDo } from '../app/access.ts';
import { ENGLISH } from '../language/english.ts';
import { SCRIPT_WORDS } from '../language/scriptWords.ts';
import { projectRoot } from '../projectRoot.ts';

export type PageName =
  | 'home'
  | 'history'
  | 'how'
  | 'working'
  | 'refused'
  | 'error'
  | 'photo'
  | 'calibrate'
  | 'regions'
  | 'result'
  | 'pool'
  | 'settings'
  | 'card'
  | 'signIn'
  | 'account'
  | 'people'
  | 'newAccount'
  | 'clients'
  | 'client'
  | 'consultations'
  | 'consultation'
  | 'consultationNew'
  | 'erase'
  | 'personData'
  | 'studioRules'
  | 'followUpNew'
  | 'learning'
  | 'clientLink'
  | 'clientPin'
  | 'clientClosed'
  | 'share'
  | 'preview'
  | 'shareView'
  | 'whatIf'
  | 'catalogs'
  | 'catalog'
  | 'catalogImport'
  | 'catalogCheck'
  | 'catalogShade'
  | 'catalogDiluent'
  | 'catalogDiscontinue'
  | 'catalogPublish'
  | 'catalogVersions'
  | 'catalogLots'
  | 'catalogRecall'
  | 'catalogHealth'
  | 'catalogCompare'
  | 'catalogEquivalent';

/** What is wrong with a form, with the field each fault is in. */
export type PageProblem = readonly { readonly text: string; readonly field: string | null }[];

export interface PageModel {
  readonly title: string;
  /** Browser module in public/build/ that enhances the page. */
  readonly script?: string;
  readonly [key: string]: unknown;
}

interface Link {
  readonly href: string;
  readonly text: string;
}

/** Pages of the work itself: what this person, or a visitor, may open. */
function mainLinks(actor: Actor | null): Link[] {
  const matches = actor === null || mayDo(actor, 'match:write');
  return [
    ...(matches
      ? [
          { href: '/', text: ENGLISH.frame.match },
          actor
            ? { href: '/consultations', text: ENGLISH.frame.consultations }
            : { href: '/history', text: ENGLISH.frame.history },
        ]
      : []),
    ...(actor && mayDo(actor, 'catalog:read') ? [{ href: '/catalogs', text: ENGLISH.common.catalogs }] : []),
    ...(matches ? [{ href: '/settings', text: ENGLISH.common.settings }] : []),
  ];
}

/** Who is signed in and what belongs to that. */
function accountLinks(actor: Actor | null): Link[] {
  if (!actor) return [{ href: '/sign-in', text: ENGLISH.frame.signIn2 }];
  const people = mayDo(actor, 'people:manage') ? [{ href: '/people', text: ENGLISH.frame.people }] : [];
  return [...people, { href: '/account', text: actor.displayName }];
}

export function chosenTheme(req: Request): 'light' | 'dark' | null {
  const match = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(req.headers.cookie ?? '');
  return (match?.[1] as 'light' | 'dark' | undefined) ?? null;
}

/** Renders one page; the only way a view is rendered, so that every value goes through EJS's escaping as `it`. */
export async function render(req: Request, res: Response, page: PageName, model: PageModel): Promise<void> {
  // An error before anybody was identified is shown as to a visitor.
  const actor = (req.actor as Actor | null | undefined) ?? null;
  const marked = (link: Link) => ({ ...link, current: link.href === req.path });
  const html = await ejs.renderFile(
    join(projectRoot, 'views/pages', `${page}.ejs`),
    {
      ...model,
      t: ENGLISH,
      script: model.script ?? null,
      words: model.script && SCRIPT_WORDS[model.script] ? JSON.stringify(SCRIPT_WORDS[model.script]) : null,
      problem: model.problem ?? null,
      theme: chosenTheme(req),
      path: req.method === 'GET' ? req.originalUrl : '/',
      navigation: mainLinks(actor).map(marked),
      account: accountLinks(actor).map(marked),
      signedIn: actor !== null,
    },
    { strict: true, _with: false, localsName: 'it', cache: true },
  );
  res.type('html').send(html);
}
