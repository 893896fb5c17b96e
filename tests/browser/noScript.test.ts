import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { addPerson, sessionCookie } from '../setup/accounts.ts';
import { openSite, type Site } from './openSite.ts';

let site: Site;
let studio: Page;
/** A small copy of the demo photo, as a technician's own. */
let photo: { name: string; mimeType: string; buffer: Buffer };

beforeAll(async () => {
  const original = await readFile(join(projectRoot, 'public/demo/scalp-with-card.jpg'));
  const buffer = await sharp(original).resize(1000).jpeg({ quality: 92 }).toBuffer();
  photo = { name: 'client.jpg', mimeType: 'image/jpeg', buffer };
  site = await openSite(async (page) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Try the demo' }).click();
    await page.waitForURL(/\/matches\/\w+\/\w+$/);
  });
  studio = await site.visit({ javaScriptEnabled: false });
  const { personId } = await addPerson(site.server);
  const value = await sessionCookie(site.server, personId);
  await studio.context().addCookies([{ name: 'stipple', value, url: site.server.url }]);
});
afterAll(() => site.stop());

/** The waiting page is left by its link, again and again. */
async function waitPatiently(page: Page): Promise<void> {
  const again = page.getByRole('link', { name: 'Check again' });
  for (let turn = 0; turn < 60 && (await again.count()) > 0; turn++) await again.click();
}

it('goes from a photo to the client’s yes without JavaScript, asking no other site for anything', async () => {
  await studio.goto('/');
  await studio.setInputFiles('#photo', photo);
  await studio.getByLabel('Client alias').fill('No script');
  await studio.getByRole('button', { name: 'Measure this photo' }).click();
  await waitPatiently(studio);
  await studio.goto(studio.url().replace(/\/\w+$/, '/result'));
  await studio.locator('.cards form button').first().click();
  await studio.getByRole('link', { name: 'Its consultation' }).click();

  for (const decision of await studio.locator('select[name^="decision."]').all()) await decision.selectOption('absent');
  await studio.getByRole('button', { name: 'Record decisions' }).click();
  await studio.getByRole('link', { name: 'Share with the client' }).click();
  await studio.getByRole('button', { name: 'Make the link' }).click();
  const link = await studio.getByLabel('Link for the client').inputValue();

  const client = await site.visit({ javaScriptEnabled: false });
  const elsewhere: string[] = [];
  client.on('request', (request) => {
    if (!request.url().startsWith(site.server.url)) elsewhere.push(request.url());
  });
  await client.goto(new URL(link).pathname);
  expect(await client.getByText('These pictures are a simulation').isVisible()).toBe(true);
  for (const tick of await client.locator('input[name="tick"]').all()) await tick.check();
  await client.getByLabel('Your name', { exact: true }).fill('Jo');
  await client.getByRole('button', { name: 'Approve' }).click();
  await client.getByText(/Jo approved this plan/).waitFor();
  await client.waitForLoadState('networkidle');
  expect(elsewhere).toEqual([]);
  await studio.goto('/consultations');
  expect(await studio.locator('main').innerText()).toMatch(/Approved/i);
});

it('prints the report on one page of A4 and of Letter, with its swatches and its limits, without navigation', async () => {
  const page = await site.open();
  await page.goto(`${site.match}/report`);
  await page.emulateMedia({ media: 'print' });
  for (const format of ['A4', 'Letter'] as const) {
    const pdf = (await page.pdf({ format, printBackground: false })).toString('latin1');
    expect(pdf.match(/\/Type ?\/Page\b/g), format).toHaveLength(1);
  }
  const swatch = page.locator('.swatch').first();
  const { data, info } = await sharp(await swatch.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const middle = 3 * (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2));
  expect(`#${data.subarray(middle, middle + 3).toString('hex')}`).toBe(
    await swatch.locator('rect').getAttribute('fill'),
  );
  expect(await page.locator('.disclaimer').isVisible()).toBe(true);
  expect(await page.locator('nav:visible, a:visible, button:visible').count()).toBe(0);
});
