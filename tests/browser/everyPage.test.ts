import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPage } from './checkPage.ts';
import { openSite, type Site } from './openSite.ts';
import { clearMatch, noGoodMatch, refused, tooClose, uncalibrated } from './resultStates.ts';

let site: Site;
let owner: Page;
let stranger: Page;

beforeAll(async () => {
  site = await openSite();
  owner = await site.open();
  stranger = await site.visit();
});
afterAll(() => site.stop());

/** Each page in each state, and how to get there. The pages of a studio: everyStudioPage.test.ts. */
const PAGES: Record<string, () => Promise<Page>> = {
  home: () => go(stranger, '/'),
  'how Stipple decides': () => go(stranger, '/how-stipple-decides'),
  'home with a try-out': () => go(owner, '/'),
  'history, empty': () => go(stranger, '/history'),
  'history, filled': () => go(owner, '/history'),
  'sign in': () => go(stranger, '/sign-in'),
  'sign in, wrong password': signInWrongly,
  'first account': () => go(stranger, new URL(site.server.setupUrl!).pathname),
  'not found': () => go(owner, '/nothing'),
  'refused upload': refuse,
  waiting: wait,
  settings: () => go(owner, '/settings'),
  'what if': () => go(owner, `${site.match}/what-if`),
  report: () => go(owner, `${site.match}/report`),
  'photo check': () => go(owner, `${site.match}/photo`),
  calibrate: () => go(owner, `${site.match}/calibrate`),
  'calibrate, points missing': () => missPoints(),
  'another photo': () => go(owner, `${site.match}/pool`),
  'own card': () => go(stranger, '/settings/card'),
  regions: () => go(owner, `${site.match}/regions`),
  'result, one shade': () => show(clearMatch, ''),
  'result, session 1 parted by a hairline': () => show(clearMatch, '?session=1&pair=hairline'),
  'result, too close to call': () => show(tooClose, ''),
  'result, no good match': () => show(noGoodMatch, ''),
  'result, without a card': () => show(uncalibrated, ''),
  'result, nothing found': () => show(refused, ''),
};

async function go(page: Page, path: string): Promise<Page> {
  await page.goto(path);
  return page;
}

async function show(change: typeof clearMatch, query: string): Promise<Page> {
  await site.store(change(site.measured));
  return go(owner, `${site.match}/result${query}`);
}

async function missPoints(): Promise<Page> {
  const page = await go(owner, `${site.match}/calibrate`);
  await page.getByText('Points as numbers').click();
  await page.locator('#brown-x').fill('');
  await page.getByRole('button', { name: 'Use these corners' }).click();
  await page.locator('#problem').waitFor();
  return page;
}

async function signInWrongly(): Promise<Page> {
  await go(stranger, '/sign-in');
  await stranger.fill('#name', 'ada');
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await stranger.locator('#problem').waitFor();
  return stranger;
}

async function refuse(): Promise<Page> {
  await go(stranger, '/');
  await stranger.setInputFiles('#photo', {
    name: 'photo.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('no photo'),
  });
  await stranger.getByRole('button', { name: 'Measure this photo' }).click();
  await stranger.locator('#problem').waitFor();
  return stranger;
}

/** The waiting page: a job that ends when it is shown, and whose script is told that it has not. */
async function wait(): Promise<Page> {
  const { jobs } = site.server.services;
  let end = (): void => {};
  void jobs.start(site.match.split('/').at(-1)!, async (report) => {
    report('regions');
    await new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  const step = { done: false, text: 'Finding skin and hair …', number: 3 };
  await owner.route('**/step', (route) => route.fulfill({ json: step }));
  await go(owner, site.match);
  end();
  return owner;
}

describe.each(Object.keys(PAGES))('%s', (name) => {
  it('passes axe and stays neutral on phone and desktop, light and dark; fits 320 px; targets are 44 px', async () => {
    await checkPage(await PAGES[name]!());
  });
});

it('has a skip link that shows itself and leads past the navigation', async () => {
  await go(owner, '/history');
  await owner.keyboard.press('Tab');
  const skip = owner.getByRole('link', { name: 'Skip to content' });
  expect(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0)).toBe(
    true,
  );
  await owner.keyboard.press('Enter');
  await owner.keyboard.press('Tab');
  expect(await owner.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

it('draws a ring round whatever has the keyboard focus', async () => {
  await show(clearMatch, '');
  const seen = new Set<string>();
  for (let turn = 0; turn < 60; turn++) {
    await owner.keyboard.press('Tab');
    const focus = await owner.evaluate(() => {
      const element = document.activeElement!;
      const style = getComputedStyle(element);
      return {
        html: element.outerHTML.slice(0, 120),
        ring: `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`,
      };
    });
    if (focus.html.startsWith('<body')) break;
    expect(focus.ring, focus.html).toMatch(/^solid 3px rgb\(255, 255, 255\) 0px 0px 0px 6px/);
    seen.add(focus.html);
  }
  expect(seen.size).toBeGreaterThan(12);
});

it('moves nothing for a person who asks for less motion', async () => {
  await owner.emulateMedia({ reducedMotion: 'reduce' });
  await show(clearMatch, '');
  const moving = await owner.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== 'none' || transitionDuration !== '0s';
      }).length,
  );
  expect(moving).toBe(0);
  await owner.emulateMedia({ reducedMotion: null });
});
