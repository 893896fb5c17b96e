import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { pressByKeyboard, tabTo } from './keyboard.ts';
import { openSite, type Site, settle } from './openSite.ts';

let site: Site;
/** A small copy of the demo photo, as a visitor's own. */
let photo: { name: string; mimeType: string; buffer: Buffer };

beforeAll(async () => {
  const original = await readFile(join(projectRoot, 'public/demo/scalp-with-card.jpg'));
  const buffer = await sharp(original).resize(1000).jpeg({ quality: 92 }).toBuffer();
  photo = { name: 'client.jpg', mimeType: 'image/jpeg', buffer };
  site = await openSite(async (page) => {
    await page.goto('/');
    await pressByKeyboard(page, page.getByRole('button', { name: 'Try the demo' }));
    await settle(page);
  });
});
afterAll(() => site.stop());

const patches = (page: Page) => page.locator('[data-patch-rect]');

async function stored(): Promise<number> {
  const rows = await site.server.services.db.selectFrom('matches').select('id').execute();
  return rows.length;
}

it('goes by keyboard alone from the demo over corrected regions to another shade', async () => {
  const page = await site.open();
  await page.goto(`${site.match}/result`);
  await pressByKeyboard(page, page.getByRole('link', { name: 'Correct the regions' }));
  await page.waitForURL(/regions$/);
  const before = await patches(page).count();

  const canvas = page.locator('[data-canvas]');
  await tabTo(page, canvas);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  expect(await patches(page).count()).toBe(before + 1);
  await pressByKeyboard(page, page.getByRole('button', { name: 'Undo' }));
  expect(await patches(page).count()).toBe(before);
  await pressByKeyboard(page, page.getByRole('button', { name: 'Redo' }));
  expect(await patches(page).count()).toBe(before + 1);

  await page.keyboard.press('Control+z');
  expect(await patches(page).count()).toBe(before);
  await page.keyboard.press('Control+Shift+z');
  await tabTo(page, page.locator('input[name="kind"]:checked'));
  await page.keyboard.press('End');
  while (!(await page.getByLabel('Remove', { exact: true }).isChecked())) await page.keyboard.press('ArrowDown');
  await tabTo(page, canvas);
  await page.keyboard.press('Enter');
  expect(await patches(page).count()).toBe(before);

  await pressByKeyboard(page, page.getByRole('button', { name: 'Measure these areas' }));
  await page.waitForURL(/result$/);
  const other = page.locator('.cards form button').last();
  const code = await other.getAttribute('value');
  await pressByKeyboard(page, other);
  await page.getByText(`You chose ${code} instead`).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(code!);
});

it('repeats nothing when the page after a form is loaded again', async () => {
  const page = await site.open();
  const before = await stored();
  await page.goto(`${site.match}/result`);
  await page.locator('.cards form button').first().click();
  await page
    .getByText(/You chose|Recommended shade/)
    .first()
    .waitFor();
  await page.reload();
  await page.goBack();
  await page.goForward();
  expect(await stored()).toBe(before);
});

describe('without JavaScript', () => {
  it('measures a photo, takes a tap on the regions and shows the result', async () => {
    const page = await site.visit({ javaScriptEnabled: false });
    await page.goto('/');
    await page.setInputFiles('#photo', photo);
    await page.getByLabel('Client alias').fill('No script');
    await page.getByRole('button', { name: 'Measure this photo' }).click();
    await waitPatiently(page);
    const base = page.url().replace(/\/\w+$/, '');
    await page.goto(`${base}/regions`);
    const before = await patches(page).count();
    await page.locator('.choice', { hasText: 'Leave out' }).click();
    await page.locator('input[type="image"]').click({ position: { x: 40, y: 60 } });
    await waitPatiently(page);
    await page.goto(`${base}/regions`);
    expect(await patches(page).count()).toBe(before + 1);
    await page.goto(`${base}/result`);
    expect(
      await page
        .getByText(/Confidence: /)
        .first()
        .isVisible(),
    ).toBe(true);
  });

  it('keeps what was typed when patches are refused', async () => {
    const page = await site.open({ javaScriptEnabled: false });
    await page.goto(`${site.match}/regions`);
    await page.locator('summary').click();
    await page.getByLabel('Skin patch 1, left').fill('99999');
    await page.getByRole('button', { name: 'Measure these areas' }).click();
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByLabel('Skin patch 1, left').inputValue()).toBe('99999');
  });

  /** The waiting page is left by its link, again and again. */
  async function waitPatiently(page: Page): Promise<void> {
    for (let turn = 0; turn < 60 && (await page.getByRole('link', { name: 'Check again' }).count()) > 0; turn++) {
      await page.getByRole('link', { name: 'Check again' }).click();
    }
  }
});

describe('an upload with JavaScript', () => {
  it('names what it is doing, survives a lost connection and reaches the result', async () => {
    const page = await site.visit();
    await page.goto('/');
    await page.setInputFiles('#photo', photo);
    await page.route('**/matches', (route) => route.abort('connectionreset'));
    await page.getByRole('button', { name: 'Measure this photo' }).click();
    await page.getByText('Upload stopped. Your photo is still here. Try again.').waitFor();
    expect(await page.locator('#photo').evaluate((input: HTMLInputElement) => input.files?.[0]?.name)).toBe(
      'client.jpg',
    );
    await page.unroute('**/matches');

    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/matches', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    const status = page.locator('[data-status]');
    await expect.poll(() => status.innerText()).toMatch(/^(Sending|Reading) the photo$/);
    expect(await page.getByRole('progressbar').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Cancel' }).isVisible()).toBe(true);
    letGo();
    await settle(page);
  });

  it('can be cancelled and keeps the photo', async () => {
    const page = await site.visit();
    await page.goto('/');
    await page.setInputFiles('#photo', photo);
    await page.route('**/matches', () => {});
    await page.getByRole('button', { name: 'Measure this photo' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Your photo is still here.').waitFor();
    expect(await page.locator('#photo').evaluate((input: HTMLInputElement) => input.files?.length)).toBe(1);
  });

  it('moves the focus to a summary of what is wrong, which leads to the field', async () => {
    const page = await site.visit();
    await page.goto('/');
    await page.getByLabel('Client alias').fill('Kept');
    await page.setInputFiles('#photo', { ...photo, buffer: Buffer.from('this is not a photo') });
    await page.getByRole('button', { name: 'Measure this photo' }).click();
    await expect.poll(() => page.locator('#problem').evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator('#problem').innerText()).toContain('not a photo Stipple can read');
    await page.locator('#problem a').click();
    expect(await page.locator('#photo').evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await page.getByLabel('Client alias').inputValue()).toBe('Kept');
  });
});

it('names each step while it measures and then moves on by itself', async () => {
  const page = await site.open();
  let end = (): void => {};
  let report = (_: 'regions' | 'matching'): void => {};
  void site.server.services.jobs.start(site.match.split('/').at(-1)!, async (tell) => {
    report = tell;
    tell('regions');
    await new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  await page.goto(site.match);
  const status = page.locator('[data-status]');
  expect(await status.innerText()).toBe('Finding skin and hair …');
  report('matching');
  await expect.poll(() => status.innerText(), { timeout: 10_000 }).toBe('Comparing the shades …');
  expect(await page.locator('[aria-current="step"]').innerText()).toContain('Comparing the shades');
  end();
  await settle(page);
});
