import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { MatchResult } from '../../src/app/matchResult.ts';
import { launchBrowser } from '../setup/browser.ts';
import { startTestServer, type TestServer } from '../setup/visitor.ts';

/** Patience of every wait: the machine may be busy with other tests. */
const PATIENCE_MS = 45_000;

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1280, height: 800 } as const;

/** A server with one measured demo match and a browser whose visitors may see it. */
export interface Site {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Path of the demo match: `/matches/…`. */
  readonly match: string;
  /** The demo's own result, as measured. */
  readonly measured: MatchResult;
  /** A new window of the visitor who owns the match. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** A window of somebody who has never been here. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  /** Stores another result with the match, so that a page shows a state the demo does not reach. */
  store(result: MatchResult): Promise<void>;
  stop(): Promise<void>;
}

/** @param reachResult goes from an open page to the demo's result; by mouse unless told otherwise */
export async function openSite(reachResult: (page: Page) => Promise<void> = clickDemo): Promise<Site> {
  const [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  const contextOf = async (options: BrowserContextOptions): Promise<BrowserContext> => {
    const context = await browser.newContext({ viewport: PHONE, ...options, baseURL: server.url });
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  };
  const first = await contextOf({});
  const page = await first.newPage();
  await reachResult(page);
  const match = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
  const storageState = await first.storageState();
  const measured = (await (await page.request.get(`${match}/result.json`)).json()) as MatchResult;
  await first.close();
  return {
    server,
    browser,
    match,
    measured,
    open: async (options = {}) => (await contextOf({ storageState, ...options })).newPage(),
    visit: async (options = {}) => (await contextOf(options)).newPage(),
    async store(result) {
      await server.services.db
        .updateTable('matches')
        .set({ resultJson: JSON.stringify(result) })
        .where('id', '=', match.split('/').at(-1)!)
        .execute();
    },
    async stop() {
      await browser.close();
      await server.stop();
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
