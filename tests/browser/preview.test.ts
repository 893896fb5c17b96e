import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareTour, type Tour } from '../screenshots/prepareTour.ts';
import { signInAs } from '../setup/accounts.ts';
import { checkPage } from './checkPage.ts';
import { openSite, type Site } from './openSite.ts';

let site: Site;
let page: Page;
let tour: Tour & { readonly cookie: string };
beforeAll(async () => {
  site = await openSite();
  page = await site.open();
  const owner = await signInAs(site.server);
  tour = { ...(await prepareTour(site.server, owner)), cookie: owner.cookie('stipple') };
});
afterAll(() => site.stop());

const drawn = () => page.locator('[data-pair]:not([hidden]) canvas');

async function openStudio(query = ''): Promise<void> {
  await page.goto(`${site.match}/preview${query}`);
  await drawn().first().waitFor();
}

/** Sum of the picture's red values where the label is not: one figure that changes with the dots. */
const tone = () =>
  drawn()
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, Math.floor(canvas.height * 0.8));
      return data.reduce((sum, value, i) => (i % 4 === 0 ? sum + value : sum), 0);
    });

it('draws in the browser, redraws with each choice, and its address brings everything back', async () => {
  await openStudio();
  const medium = await tone();
  await page.selectOption('#density', 'full');
  await expect.poll(tone).toBeLessThan(medium);
  const full = await tone();
  await page.selectOption('#light', 'a');
  await expect.poll(tone).not.toBe(full);
  await page.selectOption('#stage', 'aged');
  await expect.poll(() => drawn().count()).toBe(2);
  await page.selectOption('#treatment', 'hairline');
  await page.selectOption('#preset', 'crown');
  const address = page.url();
  const before = await tone();
  await page.goto('about:blank');
  await page.goto(address);
  await expect.poll(() => drawn().count()).toBe(2);
  for (const [id, value] of Object.entries({
    ...{ density: 'full', light: 'a', stage: 'aged', treatment: 'hairline', preset: 'crown' },
  })) {
    expect(await page.locator(`#${id}`).inputValue()).toBe(value);
  }
  await expect.poll(tone).toBe(before);
});

it('compares by keyboard and by buttons', async () => {
  await openStudio();
  const shown = () =>
    page
      .locator('[data-compare]')
      .first()
      .evaluate((pair: HTMLElement) => pair.style.getPropertyValue('--shown'));
  await page.getByRole('button', { name: 'After' }).first().click();
  expect(await shown()).toBe('100%');
  await page
    .getByRole('slider', { name: /before or after/ })
    .first()
    .press('ArrowRight');
  expect(await shown()).toBe('99%');
  await page.getByRole('button', { name: 'Before', exact: true }).first().click();
  expect(await shown()).toBe('0%');
});

it('adds and removes area by brush, outline and keyboard, takes back and resets', async () => {
  await openStudio('?preset=none');
  const mask = () => page.locator('input[name="mask"]').inputValue();
  const frame = page.locator('[data-frame]').first();
  await frame.scrollIntoViewIfNeeded();
  const box = (await frame.boundingBox())!;
  const at = (u: number, v: number) => [box.x + u * box.width, box.y + v * box.height] as const;

  // Looking is the start: a drag paints nothing.
  await page.mouse.move(...at(0.2, 0.3));
  await page.mouse.down();
  await page.mouse.move(...at(0.4, 0.5), { steps: 4 });
  await page.mouse.up();
  expect(await mask()).toBe('none');

  await page.getByText('Brush', { exact: true }).click();
  await frame.scrollIntoViewIfNeeded();
  const moved = (await frame.boundingBox())!;
  await page.mouse.move(moved.x + 0.2 * moved.width, moved.y + 0.3 * moved.height);
  await page.mouse.down();
  await page.mouse.move(moved.x + 0.4 * moved.width, moved.y + 0.5 * moved.height, { steps: 6 });
  await page.mouse.up();
  await expect.poll(mask).toMatch(/^none\.b/);

  await page.getByText('Outline: tap points').click();
  for (const [u, v] of [
    [0.3, 0.6],
    [0.5, 0.6],
    [0.4, 0.8],
  ] as const) {
    await frame.click({ position: { x: u * moved.width, y: v * moved.height } });
  }
  await page.getByRole('button', { name: 'Close the outline' }).click();
  await expect.poll(mask).toMatch(/^none\.b\w+\.o/);

  await page.getByText('Eraser', { exact: true }).click();
  await frame.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(mask).toMatch(/\.o\w+\.e/);
  await page.keyboard.press('Control+z');
  await expect.poll(mask).not.toMatch(/\.e/);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(mask).toMatch(/\.e/);
  await page.getByRole('button', { name: 'Reset to suggestion' }).click();
  await expect.poll(mask).toBe('auto');
});

it('keeps a forehead free by points tapped from the link beside the pictures', async () => {
  await openStudio();
  await expect(page.locator('[data-sentences]').innerText()).resolves.toMatch(/is painted/);
  await page.getByRole('link', { name: /stays free/ }).press('Enter');
  const tool = page.getByLabel('Keep free: tap points');
  expect(await tool.isChecked()).toBe(true);
  expect(await tool.evaluate((radio) => document.activeElement === radio)).toBe(true);
  const frame = page.locator('[data-frame]').first();
  await frame.scrollIntoViewIfNeeded();
  const before = await tone();
  const box = (await frame.boundingBox())!;
  for (const [u, v] of [
    [0.02, 0.02],
    [0.98, 0.02],
    [0.98, 0.7],
    [0.02, 0.7],
  ] as const) {
    await frame.click({ position: { x: u * box.width, y: v * box.height } });
  }
  await page.getByRole('button', { name: 'Close the outline' }).click();
  await expect.poll(() => page.locator('input[name="mask"]').inputValue()).toMatch(/^auto\.x/);
  await expect.poll(tone).toBeGreaterThan(before);
});

it('shows both ends of a range for each shade side by side, and follows the choices', async () => {
  await openStudio('?stage=aged');
  const shades = await page
    .locator('#shade option')
    .evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
  const side = shades.slice(0, 2).map((shade) => `&side=${encodeURIComponent(shade)}`);
  await openStudio(`?stage=aged${side.join('')}`);
  const shown = page.locator('[data-side] [data-end]:not([hidden]) img');
  expect(await shown.count()).toBe(4);
  const widths = await shown.evaluateAll((images) => images.map((image) => image.getBoundingClientRect().width));
  expect(Math.min(...widths)).toBeGreaterThan(120);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.selectOption('#stage', 'healed');
  await expect.poll(() => shown.count()).toBe(2);
  await expect.poll(() => shown.first().getAttribute('src')).toContain('stage=healed');
  expect(page.url()).toContain('side=');
});

it('works as a form without JavaScript, two shades side by side included', async () => {
  const plain = await site.open({ javaScriptEnabled: false });
  await plain.goto(`${site.match}/preview`);
  expect(await plain.locator('[data-sentences]').innerText()).toMatch(/is painted/);
  expect(await plain.getByRole('link', { name: /stays free/ }).getAttribute('href')).toMatch(/\/regions$/);
  await plain.selectOption('#stage', 'fresh');
  await plain.selectOption('#density', 'light');
  const [first, second] = await plain
    .locator('#shade option')
    .evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
  await plain.locator('summary').click();
  await plain.check(`input[name="side"][value="${first}"]`);
  await plain.check(`input[name="side"][value="${second}"]`);
  await plain.getByRole('button', { name: 'Show side by side' }).click();
  expect(await plain.locator('#stage').inputValue()).toBe('fresh');
  const pictures = plain.locator('figure:not([hidden]) > img[alt^="Simulation"]');
  expect(await pictures.count()).toBe(3);
  for (const picture of await pictures.all()) {
    expect(
      await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
    ).toBeGreaterThan(100);
  }
  await plain.close();
});

it('offers the client’s pictures whole, with the word that is burnt into them', async () => {
  const sharing = await site.visit();
  const { hostname } = new URL(site.server.url);
  await sharing.context().addCookies([{ name: 'stipple', value: tour.cookie, domain: hostname, path: '/' }]);
  await sharing.goto(`${tour.consultation}/share`);
  const pictures = sharing.locator('.tick-grid img');
  expect(await pictures.count()).toBe(4);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    const [shown, own] = await picture.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return [image.clientWidth / image.clientHeight, image.naturalWidth / image.naturalHeight];
    });
    expect(shown).toBeCloseTo(own!, 1);
  }
  expect(await sharing.locator('.tick-grid').innerText()).toMatch(/Lightest likely[\s\S]*Darkest likely/);
  await sharing.context().close();
});

it('the client’s page slides, switches stage, and tells that it was opened', async () => {
  const client = await site.visit();
  const told = client.waitForRequest((request) => request.url().endsWith('/opened'));
  await client.goto(tour.link);
  await told;
  await client.getByRole('button', { name: 'After' }).click();
  await client.getByRole('link', { name: '3 years' }).click();
  expect(await client.locator('[data-compare]').count()).toBe(2);
  expect(await client.locator('main').innerText()).not.toMatch(/ΔE|Lab\b|drops/);
  // An answer that lacks something comes back with a summary, and asks for nothing that is not there.
  const refused: number[] = [];
  client.on('response', (response) => response.status() >= 400 && refused.push(response.status()));
  await client.getByRole('button', { name: 'Approve' }).click();
  await client.locator('#problem').waitFor();
  await client.waitForLoadState('networkidle');
  expect(refused).toEqual([422]);
  for (const name of [/seen the pictures/, /Your name/]) {
    const field = client.getByLabel(name).first();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await client.locator(`#${await field.getAttribute('aria-describedby')}`).isVisible()).toBe(true);
  }
  await client.close();
});

it('studio and client page are accessible in both themes on phone and desktop', async () => {
  const window = await site.open();
  for (const path of [
    `${site.match}/preview`,
    `${site.match}/preview?stage=aged&treatment=scar`,
    tour.link,
    `${tour.link}?lang=es&stage=aged`,
  ]) {
    await window.goto(path);
    await checkPage(window);
  }
});
