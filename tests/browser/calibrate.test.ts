import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MatchResult } from '../../src/app/matchResult.ts';
import { pressByKeyboard, tabTo } from './keyboard.ts';
import { openSite, type Site } from './openSite.ts';

const CORNERS = ['brown', 'green', 'black', 'white'] as const;

let site: Site;
/** Where the demo's card lies, in photo pixels, in the order the page asks for. */
let corners: readonly (readonly [number, number])[];

beforeAll(async () => {
  site = await openSite();
  corners = site.measured.calibration.card!.corners;
});
afterAll(() => site.stop());

async function openCalibrate(options = {}): Promise<Page> {
  const page = await site.open(options);
  await page.goto(`${site.match}/calibrate`);
  return page;
}

/** Clicks or taps the photo at a point given in photo pixels. */
async function clickPhoto(page: Page, [x, y]: readonly [number, number]): Promise<void> {
  const canvas = page.locator('[data-canvas]');
  const { width } = (await canvas.boundingBox())!;
  const scale = width / site.measured.input.widthPx;
  await canvas.click({ position: { x: x * scale, y: y * scale } });
}

async function fields(page: Page, key: string): Promise<[number, number]> {
  const read = async (axis: string) => Number(await page.locator(`#${key}-${axis}`).inputValue());
  return [await read('x'), await read('y')];
}

async function calibration(page: Page): Promise<MatchResult['calibration']> {
  const result = (await (await page.request.get(`${site.match}/result.json`)).json()) as MatchResult;
  return result.calibration;
}

describe('the calibrate page', () => {
  it('shows the card that was found with its figures and its corners in the photo', async () => {
    const page = await openCalibrate();
    expect(await page.locator('[aria-current="step"]').innerText()).toBe('2 of 4 · Calibrate');
    const text = await page.locator('.lead').innerText();
    const { deltaE00Before, deltaE00After, patchesUsed } = site.measured.calibration.card!;
    expect(text).toContain(`${patchesUsed} of its 24 patches are used`);
    expect(text).toContain(`ΔE00 ${deltaE00Before.toFixed(1)} on average`);
    expect(text).toContain(`off by ${deltaE00After.toFixed(1)} after`);
    const outline = await page.locator('[data-marks] polygon').first().getAttribute('points');
    const drawn = outline!.split(' ').map((pair) => pair.split(',').map(Number));
    for (const [i, [x, y]] of drawn.entries()) {
      expect(Math.hypot(x! - corners[i]![0], y! - corners[i]![1])).toBeLessThan(0.2);
    }
  });

  it('takes four clicks in the named order, with a loupe, and measures with that card', async () => {
    const page = await openCalibrate();
    for (const [i, name] of ['brown dark-skin', 'bluish green', 'black', 'white'].entries()) {
      expect(await page.locator('[data-next]').innerText()).toMatch(new RegExp(`Corner ${i + 1} of 4: .*${name}`));
      const loupe = (await page.locator('[data-loupe]').boundingBox())!;
      expect(loupe.width).toBeGreaterThan(100);
      await clickPhoto(page, corners[i]!);
    }
    const pixel = site.measured.input.widthPx / (await page.locator('[data-canvas]').boundingBox())!.width;
    for (const [i, key] of CORNERS.entries()) {
      const [x, y] = await fields(page, key);
      expect(Math.hypot(x - corners[i]![0], y - corners[i]![1])).toBeLessThan(2 * pixel);
    }
    await page.getByRole('button', { name: 'Use these corners' }).click();
    await page.waitForURL(/result$/);
    const { method, card } = await calibration(page);
    expect(method).toBe('card');
    expect(card!.patchesUsed).toBeGreaterThan(12);
    await page.goto(`${site.match}/calibrate`);
    expect(await page.locator('.lead').innerText()).toContain('The card you placed is used');
  });

  it('moves corners by keyboard, 1 pixel an arrow and 10 with Shift, and needs no mouse', async () => {
    const page = await openCalibrate();
    const [x, y] = await fields(page, 'brown');
    await tabTo(page, page.locator('[data-canvas]'));
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowUp']) {
      await page.keyboard.press(key);
    }
    expect((await fields(page, 'brown')).map((value) => value.toFixed(1))).toEqual([
      (x - 8).toFixed(1),
      (y - 9).toFixed(1),
    ]);
    expect(await page.locator('[data-loupe]').getAttribute('data-at')).toBe(
      `${Math.round(x - 8)},${Math.round(y - 9)}`,
    );
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowDown', 'ArrowLeft', 'ArrowLeft', 'ArrowUp']) {
      await page.keyboard.press(key);
    }
    expect(await fields(page, 'brown')).toEqual([x, y]);
    await page.keyboard.press('Enter');
    expect(await page.locator('[data-next]').innerText()).toContain('Corner 2 of 4');
    await pressByKeyboard(page, page.getByRole('button', { name: 'Use these corners' }));
    await page.waitForURL(/result$/);
    expect((await calibration(page)).method).toBe('card');
  });

  it('takes a white spot in one click', async () => {
    const page = await openCalibrate();
    await page.locator('.choice', { hasText: 'Spot' }).click();
    // The white patch lies inside its corner, a twelfth of the way to the opposite one.
    const [from, to] = [corners[3]!, corners[1]!];
    await clickPhoto(page, [from[0] + (to[0] - from[0]) / 12, from[1] + (to[1] - from[1]) / 12]);
    await page.getByRole('button', { name: 'Use this spot' }).click();
    await page.waitForURL(/result$/);
    expect((await calibration(page)).method).toBe('white');
  });

  it('comes back with the corners and the reason when no card lies there', async () => {
    const page = await openCalibrate();
    const { widthPx, heightPx } = site.measured.input;
    const wrong = [0.1, 0.3].flatMap((x) =>
      [0.2, 0.5].map((y) => [Math.round(x * widthPx), Math.round(y * heightPx)] as const),
    );
    await page.locator('summary').click();
    for (const [i, key] of CORNERS.entries()) {
      await page.locator(`#${key}-x`).fill(String(wrong[i]![0]));
      await page.locator(`#${key}-y`).fill(String(wrong[i]![1]));
    }
    await page.getByRole('button', { name: 'Use these corners' }).click();
    await page.locator('#problem').waitFor();
    expect(page.url()).toMatch(/calibrate$/);
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.locator('#problem').innerText()).toContain('card');
    for (const [i, key] of CORNERS.entries()) expect(await fields(page, key)).toEqual(wrong[i]);
  });
});

describe('the calibrate page without JavaScript', () => {
  it('takes taps on a small copy, then the corners, and can be skipped', async () => {
    const page = await openCalibrate({ javaScriptEnabled: false });
    const copy = page.locator('input[type="image"]');
    for (const [i, key] of CORNERS.entries()) {
      expect(await page.locator(`input[name="point"][value="${key}"]`).isChecked()).toBe(true);
      const { width } = (await copy.boundingBox())!;
      const scale = width / site.measured.input.widthPx;
      const [x, y] = corners[i]!;
      await copy.click({ position: { x: x * scale, y: y * scale } });
      const [placedX, placedY] = await fields(page, key);
      expect(Math.hypot(placedX - x, placedY - y)).toBeLessThan(2 / scale);
    }
    await page.getByRole('button', { name: 'Use these corners' }).click();
    await waitPatiently(page);
    expect((await calibration(page)).method).toBe('card');

    await page.goto(`${site.match}/calibrate`);
    await page.getByRole('button', { name: 'Skip: estimate' }).click();
    await waitPatiently(page);
    expect(['estimated', 'none']).toContain((await calibration(page)).method);
    await page.goto(`${site.match}/calibrate`);
    expect(await page.locator('.lead').innerText()).toContain('expect a wider range');
  });

  it('explains every corner that is missing, 422, and keeps the others', async () => {
    const page = await openCalibrate({ javaScriptEnabled: false });
    await page.locator('summary').click();
    await page.locator('#brown-x').fill('12');
    await page.locator('#brown-y').fill('99999');
    for (const key of ['green', 'black', 'white']) {
      for (const axis of ['x', 'y']) await page.locator(`#${key}-${axis}`).fill('');
    }
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === 'POST'),
      page.getByRole('button', { name: 'Use these corners' }).click(),
    ]);
    expect(response.status()).toBe(422);
    expect(await page.locator('#problem li').count()).toBe(4);
    expect(await fields(page, 'brown')).toEqual([12, 99999]);
  });

  /** The waiting page is left by its link, again and again. */
  async function waitPatiently(page: Page): Promise<void> {
    for (let turn = 0; turn < 60 && (await page.getByRole('link', { name: 'Check again' }).count()) > 0; turn++) {
      await page.getByRole('link', { name: 'Check again' }).click();
    }
  }
});
