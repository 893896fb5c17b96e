import { join } from 'node:path';
import ejs from 'ejs';
import type { Request, Response } from 'express';
import { projectRoot } from '../projectRoot.ts';

export type PageName =
  | 'home'
  | 'history'
  | 'working'
  | 'refused'
  | 'error'
  | 'photo'
  | 'calibrate'
  | 'regions'
  | 'result'
  | 'settings'
  | 'whatIf';

export interface PageModel {
  readonly title: string;
  /** Browser module in public/build/ that enhances the page. */
  readonly script?: string;
  readonly [key: string]: unknown;
}

const MAIN_LINKS = [
  { href: '/', text: 'Match' },
  { href: '/history', text: 'History' },
  { href: '/settings', text: 'Settings' },
];

function chosenTheme(req: Request): 'light' | 'dark' | null {
  const match = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(req.headers.cookie ?? '');
  return (match?.[1] as 'light' | 'dark' | undefined) ?? null;
}

/** Renders one page; the only way a view is rendered, so that every value goes through EJS's escaping as `it`. */
export async function render(req: Request, res: Response, page: PageName, model: PageModel): Promise<void> {
  const html = await ejs.renderFile(
    join(projectRoot, 'views/pages', `${page}.ejs`),
    {
      ...model,
      script: model.script ?? null,
      problem: model.problem ?? null,
      theme: chosenTheme(req),
      path: req.method === 'GET' ? req.originalUrl : '/',
      navigation: MAIN_LINKS.map((link) => ({ ...link, current: link.href === req.path })),
    },
    { strict: true, _with: false, localsName: 'it', cache: true },
  );
  res.type('html').send(html);
}
