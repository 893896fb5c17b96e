import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, sessionCookie } from '../setup/accounts.ts';
import { DESKTOP, openSite, PHONE, type Site } from './openSite.ts';
import { clearMatch, noGoodMatch, refused, tooClose, uncalibrated } from './resultStates.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Rules that depend on theme and width. */
const LOOKS = ['color-contrast', 'target-size', 'link-in-text-block'];
/** Words that promise what nobody can (PRODUCT requirement 37). */
const FORBIDDEN = /guaranteed|safe for you|diagnosis/i;

let site: Site;
let owner: Page;
let stranger: Page;
/** Somebody who is signed in: a studio's owner, and a technician of it. */
let studioOwner: Page;
let technician: Page;

beforeAll(async () => {
  site = await openSite();
  owner = await site.open();
  stranger = await site.visit();
  const { personId, organisationId } = await addPerson(site.server, { displayName: 'Zoë van der Westhuizen' });
  const colleague = await addPerson(site.server, { organisationId, role: 'technician', displayName: 'Ben' });
  studioOwner = await signedIn(personId);
  technician = await signedIn(colleague.personId);
});
afterAll(() => site.stop());

async function signedIn(personId: string): Promise<Page> {
  const page = await site.visit();
  const { url } = site.server;
  await page.context().addCookies([{ name: 'stipple', value: await sessionCookie(site.server, personId), url }]);
  return page;
}

/** Each page in each state, and how to get there. */
const PAGES: Record<string, () => Promise<Page>> = {
  home: () => go(stranger, '/'),
  'how Stipple decides': () => go(stranger, '/how-stipple-decides'),
  'home with a try-out': () => go(owner, '/'),
  'history, empty': () => go(stranger, '/history'),
  'history, filled': () => go(owner, '/history'),
  'sign in': () => go(stranger, '/sign-in'),
  'sign in, wrong password': signInWrongly,
  'first account': () => go(stranger, new URL(site.server.setupUrl!).pathname),
  'account with a new token': makeToken,
  'people with an invitation': invite,
  'not allowed': () => go(technician, '/people'),
  catalogs: () => go(studioOwner, '/catalogs'),
  'catalog, of others': () => go(stranger, '/catalogs/demo-ash'),
  'catalog, own': () => goCatalog(''),
  'catalog, import': () => goCatalog('/import'),
  'catalog, import checked': checkSample,
  'catalog, shade': () => goCatalog('/shades/DA-02'),
  'catalog, shade with a fault': faultyShade,
  'catalog, discontinue': () => goCatalog('/shades/DA-03/discontinue'),
  'catalog, publish': () => goCatalog('/publish'),
  'catalog, versions': () => goCatalog('/versions'),
  'catalog, lots': () => goCatalog('/lots'),
  'catalog, health': () => goCatalog('/health'),
  'compare shades': () => go(stranger, '/catalogs/compare?shade=demo-ash/DA-01&shade=demo-ash/DA-07'),
  'same shade elsewhere': () => go(stranger, '/catalogs/equivalent?shade=demo-ash/DA-03&in=demo-meridian'),
  'recall a lot': () => go(studioOwner, '/catalogs/recall?lot=L-1'),
  'home of a studio': () => go(technician, '/'),
  'consultations, none': () => go(technician, '/consultations?q=nobody'),
  'consultations of a studio': async () => go(technician, await openConsultation('/consultations')),
  'consultation, new': () => go(technician, '/consultations/new'),
  consultation: async () => go(technician, await openConsultation()),
  'consultation with a fault': faultyConsultation,
  clients: () => go(technician, '/clients'),
  client: () => goClient(''),
  'data of a client': () => goClient('/data'),
  'erase a client': () => goClient('/erase'),
  'healed result': async () => go(technician, `${await openConsultation()}/follow-ups/new?match=none`),
  'learning, nothing yet': () => go(technician, '/learning'),
  'rules of a studio': () => go(studioOwner, '/studio/rules'),
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

/** A page of the studio's own copy of the demonstration line. */
async function goCatalog(path: string): Promise<Page> {
  await go(studioOwner, '/catalogs/demo-ash-copy');
  if ((await studioOwner.locator('h1').innerText()) === 'Not found') {
    await go(studioOwner, '/catalogs/demo-ash');
    await studioOwner.getByRole('button', { name: 'Copy to edit' }).click();
    await studioOwner.waitForURL('**/demo-ash-copy');
  }
  return go(studioOwner, `/catalogs/demo-ash-copy${path}`);
}

async function checkSample(): Promise<Page> {
  const page = await goCatalog('/import');
  const sample = await page.request.get('/catalogs/demo-ash-copy/sample.csv');
  await page.setInputFiles('#file', { name: 'sample.csv', mimeType: 'text/csv', buffer: await sample.body() });
  await page.getByRole('button', { name: 'Check this file' }).click();
  await page.getByRole('heading', { name: 'Errors: 3 rows are left out' }).waitFor();
  return page;
}

async function faultyShade(): Promise<Page> {
  const page = await goCatalog('/shades/DA-04');
  await page.locator('#min_parts').fill('many');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.locator('#problem').waitFor();
  return page;
}

let consultation: string | null = null;
/** The one consultation of the studio, made at first; or another path once there is one. */
async function openConsultation(path?: string): Promise<string> {
  if (consultation === null) {
    await go(technician, '/consultations/new');
    await technician.locator('#alias').fill('J. 1984');
    await technician.getByRole('button', { name: 'Open the consultation' }).click();
    await technician.getByRole('heading', { name: 'J. 1984, session 1' }).waitFor();
    consultation = new URL(technician.url()).pathname;
  }
  return path ?? consultation;
}

async function faultyConsultation(): Promise<Page> {
  await go(technician, await openConsultation());
  await technician.locator('#session').fill('99');
  await technician.getByRole('button', { name: 'Save' }).click();
  await technician.locator('#problem').waitFor();
  return technician;
}

async function goClient(path: string): Promise<Page> {
  await go(technician, await openConsultation());
  const href = await technician.getByRole('link', { name: 'Client J. 1984' }).getAttribute('href');
  return go(technician, `${href}${path}`);
}

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

async function makeToken(): Promise<Page> {
  await go(studioOwner, '/account');
  await studioOwner.fill('#tokenName', 'Booking system');
  await studioOwner.getByLabel('Read catalogs').check();
  await studioOwner.getByRole('button', { name: 'Make the token' }).click();
  await studioOwner.locator('.secret').waitFor();
  return studioOwner;
}

async function invite(): Promise<Page> {
  await go(studioOwner, '/people');
  await studioOwner.fill('#invitee', 'Carla');
  await studioOwner.getByRole('button', { name: 'Make the link' }).click();
  await studioOwner.locator('.secret').waitFor();
  return studioOwner;
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

/** What a page looks like changes with theme and width, what it is made of does not: every rule runs once. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [viewport, colorScheme, rules] of [
    [PHONE, 'light', { type: 'tag', values: TAGS }],
    [PHONE, 'dark', { type: 'rule', values: LOOKS }],
    [DESKTOP, 'light', { type: 'rule', values: LOOKS }],
    [DESKTOP, 'dark', { type: 'rule', values: LOOKS }],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const runOnly = { ...rules, values: [...rules.values] };
    const { violations } = await new AxeBuilder({ page }).options({ runOnly, resultTypes: ['violations'] }).analyze();
    for (const { id, nodes } of violations) {
      found.push(`${viewport.width} ${colorScheme} ${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    }
    if (viewport === PHONE) found.push(...(await page.evaluate(colouredElements)));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PHONE);
  return found;
}

describe.each(Object.keys(PAGES))('%s', (name) => {
  it('passes axe and stays neutral on phone and desktop, light and dark; fits 320 px; targets are 44 px', async () => {
    const page = await PAGES[name]!();
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('body').innerText()).not.toMatch(FORBIDDEN);
    expect(await violations(page)).toEqual([]);
    await page.evaluate(openDetails);
    expect(await page.evaluate(smallTargets)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.setViewportSize(PHONE);
  });
});

function openDetails(): void {
  for (const details of document.querySelectorAll('details')) details.open = true;
}

/** Runs in the page: what can be tapped and is lower or narrower than 44 px, as seen on a phone. */
function smallTargets(): string[] {
  const targets = [...document.querySelectorAll('a, button, input, select, summary, [tabindex="0"]')];
  return targets.flatMap((element) => {
    // A label is part of its control's target; the skip link is off the screen until it has focus.
    const target = element.closest('label') ?? element;
    const { width, height } = target.getBoundingClientRect();
    const unseen = width === 0 || element.classList.contains('skip') || (element as HTMLInputElement).type === 'hidden';
    return unseen || (width >= 44 && height >= 44) ? [] : [`${element.outerHTML.slice(0, 80)} ${width} × ${height}`];
  });
}

/** Runs in the page: computed colours with a hue on anything but swatches and what is drawn in photos. */
function colouredElements(): string[] {
  const sides = ['top', 'right', 'bottom', 'left'].map((side) => `border-${side}-color`);
  const properties = [
    'color',
    'background-color',
    'outline-color',
    'fill',
    'stroke',
    'box-shadow',
    'caret-color',
    ...sides,
  ];
  properties.push('background-image', 'accent-color', 'text-decoration-color', 'stop-color');
  const found: string[] = [];
  for (const element of document.querySelectorAll('body, body *')) {
    if (element.closest('.swatch')) continue;
    const pseudos = element.matches('summary')
      ? ['::before']
      : element.matches('input')
        ? ['::file-selector-button']
        : [];
    for (const pseudo of [undefined, ...pseudos]) {
      const style = getComputedStyle(element, pseudo);
      for (const property of properties) {
        for (const [colour, r, g, b] of style.getPropertyValue(property).matchAll(/rgba?\((\d+), (\d+), (\d+)/g)) {
          const hue = Math.max(Math.abs(Number(r) - Number(g)), Math.abs(Number(g) - Number(b)));
          if (hue > 2) found.push(`${element.tagName}${pseudo ?? ''} ${property} ${colour}`);
        }
      }
    }
  }
  return found;
}

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
