import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { addPerson, sessionCookie } from '../setup/accounts.ts';
import { checkPage } from './checkPage.ts';
import { type EmptySite, openEmptySite } from './openSite.ts';

let site: EmptySite;
let stranger: Page;
let studioOwner: Page;
let technician: Page;

beforeAll(async () => {
  site = await openEmptySite();
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

/** Each page of people who are signed in, in each state, and how to get there. */
const PAGES: Record<string, () => Promise<Page>> = {
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
  'catalog, diluent': () => goCatalog('/diluents/DD-01'),
  'catalog, new diluent': () => goCatalog('/diluents/new'),
  'catalog, discontinue': () => goCatalog('/shades/DA-03/discontinue'),
  'catalog, publish': () => goCatalog('/publish'),
  'catalog, versions': () => goCatalog('/versions'),
  'catalog, lots': () => goCatalog('/lots'),
  'catalog, filtered lots': () => goCatalog('/lots?q=DA'),
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

describe.each(Object.keys(PAGES))('%s', (name) => {
  it('passes axe and stays neutral on phone and desktop, light and dark; fits 320 px; targets are 44 px', async () => {
    await checkPage(await PAGES[name]!());
  });
});
