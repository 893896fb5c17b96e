import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { projectRoot } from '../../src/projectRoot.ts';
import { signInAs } from '../setup/accounts.ts';
import { launchBrowser } from '../setup/browser.ts';
import { startTestServer } from '../setup/visitor.ts';
import { prepareTour, type Tour } from './prepareTour.ts';

/**
 * `npm run screenshots` makes the README's pictures again; `npm run screenshots -- FOLDER [NAME…]` takes every page (or the
 * named ones) as phone and desktop, light and dark, for somebody to look at.
 */
const PAGES: Record<string, (tour: Tour) => string> = {
  home: () => '/',
  result: ({ match }) => `${match}/result`,
  regions: ({ match }) => `${match}/regions`,
  calibrate: ({ match }) => `${match}/calibrate`,
  photo: ({ match }) => `${match}/photo`,
  preview: ({ match }) => `${match}/preview`,
  whatIf: ({ match }) => `${match}/what-if`,
  report: ({ match }) => `${match}/report`,
  consultations: () => '/consultations',
  consultation: ({ consultation }) => consultation,
  share: ({ consultation }) => `${consultation}/share`,
  client: ({ link }) => link,
  clientAged: ({ link }) => `${link}?stage=aged&lang=es`,
  clients: () => '/clients',
  settings: () => '/settings',
  people: () => '/people',
  account: () => '/account',
  catalogs: () => '/catalogs',
  catalog: () => '/catalogs/demo-ash',
  health: () => '/catalogs/demo-ash/health',
  versions: () => '/catalogs/demo-ash/versions',
  how: () => '/how-stipple-decides',
};

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;
const README_PAGES = ['result', 'preview', 'client', 'catalog'] as const;

async function shoot(context: BrowserContext, path: string, file: string, fullPage: boolean): Promise<void> {
  const page = await context.newPage();
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  // More of the treated half than of the photo: on the demo that is where the bare skin lies.
  const slider = page.locator('[data-compare-controls]:not([hidden]) input[type="range"]').first();
  if ((await slider.count()) > 0) {
    await slider.fill('70');
    await slider.blur();
    await page.evaluate(() => scrollTo(0, 0));
  }
  await page.screenshot({ path: file, fullPage, type: 'jpeg', quality: 82 });
  await page.close();
}

const [folder, ...names] = process.argv.slice(2);
const [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
try {
  const owner = await signInAs(server, { displayName: 'Ada' });
  const tour = await prepareTour(server, owner);
  const contextOf = async (size: keyof typeof SIZES, colorScheme: 'light' | 'dark') => {
    const context = await browser.newContext({ baseURL: server.url, viewport: SIZES[size], colorScheme });
    const { hostname } = new URL(server.url);
    await context.addCookies([{ name: 'stipple', value: owner.cookie('stipple'), domain: hostname, path: '/' }]);
    return context;
  };
  if (folder === undefined) {
    const out = join(projectRoot, 'public/tour');
    await mkdir(out, { recursive: true });
    const context = await contextOf('desktop', 'light');
    for (const name of README_PAGES) await shoot(context, PAGES[name]!(tour), join(out, `${name}.jpg`), false);
  } else {
    await mkdir(folder, { recursive: true });
    for (const size of ['phone', 'desktop'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        const context = await contextOf(size, theme);
        for (const name of names.length > 0 ? names : Object.keys(PAGES)) {
          await shoot(context, PAGES[name]!(tour), join(folder, `${name}-${size}-${theme}.jpg`), true);
        }
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
