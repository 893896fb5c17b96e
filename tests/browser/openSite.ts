import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { MatchResult } from '../../src/app/matchResult.ts';
import { launchBrowser } from '../setup/browser.ts';
import { startTestServer, type TestServer } from '../setup/visitor.ts';

/** Patience of every wait: the machine may be busy with other tests. */
const PATIENCE_MS = 45_000;

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1280, height: 800 } as const;

/** A server and a browser whose visitors have never been there. */
export interface EmptySite {
  readonly server: TestServer;
  readonly browser: Browser;
  /** A window of somebody who has never been here. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

/** One with a measured demo match. */
export interface Site extends EmptySite {
  /** Path of the demo match: `/matches/…`. */
  readonly match: string;
  /** The demo's own result, as measured. */
  readonly measured: MatchResult;
  /** A new window of the visitor who owns the match. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Stores another result with the match, so that a page shows a state the demo does not reach. */
  store(result: MatchResult): Promise<void>;
}

export async function openEmptySite(): Promise<EmptySite> {
  const [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  return {
    server,
    browser,
    async visit(options = {}) {
      const context = await browser.newContext({ viewport: PHONE, ...options, baseURL: server.url });
      context.setDefaultTimeout(PATIENCE_MS);
      return await context.newPage();
    },
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

/** @param reachResult goes from an open page to the demo's result; by mouse unless told otherwise */
export async function openSite(reachResult: (page: Page) => Promise<void> = clickDemo): Promise<Site> {
  const site = await openEmptySite();
  const page = await site.visit();
  await reachResult(page);
  const match = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
  const storageState = await page.context().storageState();
  const measured = (await (await page.request.get(`${match}/result.json`)).json()) as MatchResult;
  await page.context().close();
  return {
    ...site,
    match,
    measured,
    open: (options = {}) => site.visit({ storageState, ...options }),
    async store(result) {
      await site.server.services.db
        .updateTable('matches')
        .set({ resultJson: JSON.stringify(result) })
        .where('id', '=', match.split('/').at(-1)!)
        .execute();
    },
  };
}

async function clickDemo(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await settle(page);
}

/** Waits for a page of a match that shows something other than progress. */
export async function settle(page: Page): Promise<void> {
  await page.waitForURL(/\/matches\/\w+\/\w+$/);
}
