import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LABEL, type LabelMask } from '../../src/masks/label.ts';
import { readMask } from '../../src/masks/maskText.ts';
import { tabTo } from './keyboard.ts';
import { DESKTOP, openSite, type Site, settle } from './openSite.ts';

let site: Site;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.stop());

const patches = (page: Page) => page.locator('[data-patch-rect]');

async function openRegions(options = {}): Promise<Page> {
  const page = await site.open(options);
  await page.goto(`${site.match}/regions`);
  return page;
}

describe('what is neither skin nor hair', () => {
  it('is drawn with patterns of its own and named beside them', async () => {
    const id = site.match.split('/').at(-1)!;
    const { db } = site.server.services;
    const { proposalJson } = await db
      .selectFrom('matches')
      .select('proposalJson')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const areas = {
      foreign: [
        { kind: 'cloth', mask: '4x3:2a10.' },
        { kind: 'tattoo', mask: '4x3:10.2a' },
      ],
    };
    const store = (text: string) =>
      db.updateTable('matches').set({ proposalJson: text }).where('id', '=', id).execute();
    await store(JSON.stringify({ ...JSON.parse(proposalJson!), ...areas, suggested: '4x3:2a2s4h2s2a' }));
    const page = await openRegions();
    const fills = await page
      .locator('[data-suggestion] path')
      .evaluateAll((paths) =>
        paths.map((path) => [path.getAttribute('fill'), path.getAttribute('d')?.split('M').length]),
      );
    // Left out and ink are the same cells: they show the ink's pattern alone.
    expect(fills).toEqual([
      ['url(#pat-hair)', 2],
      ['url(#pat-skin)', 3],
      ['url(#pat-cloth)', 2],
      ['url(#pat-tattoo)', 2],
    ]);
    const legend = page.locator('[data-foreign]');
    expect(await legend.locator('.choice').allInnerTexts()).toEqual(['Cloth or glove', 'Tattoo or old pigment']);
    expect(await legend.locator('pattern').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'legend-cloth',
      'legend-tattoo',
    ]);
    await store(proposalJson!);
  });
});

describe('patches on the photo', () => {
  it('are added by a mouse click where it falls, and the number fields follow', async () => {
    const page = await openRegions();
    const before = await patches(page).count();
    await page.locator('.choice', { hasText: 'Leave out' }).click();
    const canvas = page.locator('[data-canvas]');
    const { width, height } = (await canvas.boundingBox())!;
    await canvas.click({ position: { x: width / 2, y: height / 2 } });
    expect(await patches(page).count()).toBe(before + 1);
    const { widthPx, heightPx } = site.measured.input;
    const [x, y, w, h] = await Promise.all(
      ['x', 'y', 'w', 'h'].map(async (axis) => Number(await page.locator(`#avoid-0-${axis}`).inputValue())),
    );
    expect(Math.abs(x! + w! / 2 - widthPx / 2)).toBeLessThan(widthPx / width + 1);
    expect(Math.abs(y! + h! / 2 - heightPx / 2)).toBeLessThan(heightPx / height + 1);
  });

  it('are added by a finger', async () => {
    const page = await openRegions({ hasTouch: true, isMobile: true });
    const before = await patches(page).count();
    const canvas = page.locator('[data-canvas]');
    await canvas.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await canvas.boundingBox())!;
    await page.touchscreen.tap(x + width / 3, y + height / 3);
    await expect.poll(() => patches(page).count()).toBe(before + 1);
  });

  it('can be undone and redone over more than twenty steps', async () => {
    const page = await openRegions();
    const before = await patches(page).count();
    const canvas = page.locator('[data-canvas]');
    for (let step = 0; step < 22; step++) await canvas.click({ position: { x: 20 + 12 * step, y: 60 } });
    expect(await patches(page).count()).toBe(before + 22);
    for (let step = 0; step < 22; step++) await page.getByRole('button', { name: 'Undo' }).click();
    expect(await patches(page).count()).toBe(before);
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(await patches(page).count()).toBe(before + 1);
  });

  it('explain with focus what is wrong with a number, and keep it', async () => {
    const page = await openRegions();
    await page.locator('summary').click();
    await page.locator('#skin-0-w').fill('99999');
    await page.getByRole('button', { name: 'Measure these areas' }).click();
    await expect.poll(() => page.locator('#problem').evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await page.locator('#skin-0-w').inputValue()).toBe('99999');
  });
});

const maskOf = async (page: Page) => readMask(await page.locator('input[name="mask"]').inputValue());
const cells = (mask: LabelMask | null, label: number) => mask?.labels.filter((own) => own === label).length ?? 0;

async function takeBrush(page: Page, kind: string): Promise<{ x: number; y: number; width: number; height: number }> {
  await page.locator('.choice', { hasText: 'Brush' }).click();
  await page.locator('.choice', { hasText: kind }).click();
  await page.locator('[data-canvas]').scrollIntoViewIfNeeded();
  return (await page.locator('[data-canvas]').boundingBox())!;
}

/** Fingers on the screen, as the browser's own input pipeline takes them. */
async function fingers(page: Page) {
  const session = await page.context().newCDPSession(page);
  return (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
}

describe('the brush', () => {
  it('paints areas that are measured as painted, and shown again', async () => {
    const page = await openRegions();
    const { x, y, width, height } = await takeBrush(page, 'Hair');
    await page.mouse.move(x + 0.1 * width, y + 0.5 * height);
    await page.mouse.down();
    await page.mouse.move(x + 0.3 * width, y + 0.6 * height, { steps: 4 });
    await page.mouse.up();
    const painted = await maskOf(page);
    expect(cells(painted, LABEL.hair)).toBeGreaterThan(100);
    expect(cells(painted, LABEL.skin)).toBeGreaterThan(100);
    await page.getByRole('button', { name: 'Measure these areas' }).click();
    await settle(page);
    const result = await (await page.request.get(`${site.match}/result.json`)).json();
    expect(readMask(result.regions.mask)).toEqual(painted);
    await page.goto(`${site.match}/regions`);
    expect(await maskOf(page)).toEqual(painted);
    await page.getByRole('button', { name: 'Reset to suggestion' }).click();
    await settle(page);
    const again = await (await page.request.get(`${site.match}/result.json`)).json();
    expect(again.regions).toEqual(site.measured.regions);
  });

  it('grows, shrinks and removes areas, each one step back', async () => {
    const page = await openRegions();
    const { x, y, width, height } = await takeBrush(page, 'Leave out');
    await page.mouse.click(x + 0.5 * width, y + 0.9 * height);
    const dab = cells(await maskOf(page), LABEL.avoid);
    expect(dab).toBeGreaterThan(5);
    await page.getByRole('button', { name: 'Grow' }).click();
    expect(cells(await maskOf(page), LABEL.avoid)).toBeGreaterThan(dab);
    await page.getByRole('button', { name: 'Shrink' }).click();
    expect(cells(await maskOf(page), LABEL.avoid)).toBe(dab);
    await page.locator('.choice', { hasText: 'Patches' }).click();
    await page.locator('.choice', { hasText: 'Remove' }).click();
    await page.locator('[data-canvas]').click({ position: { x: 0.5 * width, y: 0.9 * height } });
    expect(cells(await maskOf(page), LABEL.avoid)).toBe(0);
    for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z');
    expect(await maskOf(page)).toBeNull();
    expect(await page.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('works by keyboard alone, with zoom', async () => {
    const page = await openRegions();
    await tabTo(page, page.locator('input[name="kind"]:checked'));
    await page.keyboard.press('ArrowRight');
    await tabTo(page, page.locator('input[name="tool"]:checked'));
    await page.keyboard.press('ArrowRight');
    await tabTo(page, page.locator('[data-canvas]'));
    for (const key of ['+', ']', 'Shift+ArrowDown', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
    expect(cells(await maskOf(page), LABEL.avoid)).toBeGreaterThan(5);
    expect(await page.locator('[data-layer]').evaluate((layer) => layer.style.transform)).toContain('scale(1.5)');
    await page.keyboard.press('0');
    expect(await page.locator('[data-layer]').evaluate((layer) => layer.style.transform)).toBe('');
  });
});

describe('two fingers', () => {
  it('enlarge the photo and never paint, even where one of them began to', async () => {
    const page = await openRegions({ hasTouch: true, isMobile: true });
    const { x, y, width, height } = await takeBrush(page, 'Hair');
    const at = (u: number, v: number): [number, number] => [x + u * width, y + v * height];
    const touch = await fingers(page);
    await touch('touchStart', at(0.4, 0.5));
    await touch('touchMove', at(0.45, 0.5));
    await touch('touchStart', at(0.45, 0.5), at(0.6, 0.5));
    await touch('touchMove', at(0.2, 0.5), at(0.9, 0.5));
    await touch('touchEnd', at(0.2, 0.5));
    await touch('touchMove', at(0.5, 0.8));
    await touch('touchEnd');
    expect(await maskOf(page)).toBeNull();
    const layer = page.locator('[data-layer]');
    expect(await layer.evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThan(2 * width);
    expect(await page.evaluate(() => scrollX + (visualViewport?.scale ?? 1))).toBe(1);
    await touch('touchStart', at(0.5, 0.5));
    await touch('touchMove', at(0.6, 0.5));
    await touch('touchEnd');
    expect(cells(await maskOf(page), LABEL.hair)).toBeGreaterThan(0);
  });

  it('leave the page to scroll outside the photo', async () => {
    const page = await openRegions({ hasTouch: true, isMobile: true });
    const actions = await page.evaluate(() =>
      [document.querySelector('[data-canvas]')!, document.querySelector('h1')!, document.body].map(
        (element) => getComputedStyle(element).touchAction,
      ),
    );
    expect(actions).toEqual(['none', 'auto', 'auto']);
  });
});

/** How a patch looks without colour: share of inked pixels, and how much more it changes along one diagonal. */
async function looks(page: Page, kind: string): Promise<{ ink: number; direction: number }> {
  const patch = page.locator(`[data-patch-rect][fill="url(#pat-${kind})"]`).first();
  const { x, y, width, height } = (await patch.boundingBox())!;
  const clip = {
    x: Math.ceil(x) + 4,
    y: Math.ceil(y) + 4,
    width: Math.floor(width) - 8,
    height: Math.floor(height) - 8,
  };
  const png = await page.screenshot({ clip });
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const step = info.channels;
  const at = (column: number, row: number) => data[step * (row * info.width + column)]!;
  let inked = 0;
  let down = 0;
  let up = 0;
  for (let row = 1; row < info.height - 1; row++) {
    for (let column = 1; column < info.width - 1; column++) {
      if (Math.abs(at(column, row) - 0x77) > 30) inked++;
      down += Math.abs(at(column + 1, row + 1) - at(column - 1, row - 1));
      up += Math.abs(at(column + 1, row - 1) - at(column - 1, row + 1));
    }
  }
  return { ink: inked / (info.width * info.height), direction: Math.max(down, up) / Math.min(down, up) };
}

it('tells hair, skin and avoid apart by pattern in greyscale, each with its name', async () => {
  const page = await openRegions({ viewport: DESKTOP, deviceScaleFactor: 2 });
  await page.locator('.choice', { hasText: 'Leave out' }).click();
  await page.locator('[data-canvas]').click({ position: { x: 330, y: 240 } });
  await page.locator('h1').click();
  await page.locator('[data-canvas]').scrollIntoViewIfNeeded();
  // The photo and its suggestion go, the grey of the stage stays: only the drawn patches are looked at.
  await page.locator('[data-canvas] img').evaluateAll((images) => {
    for (const image of images as HTMLImageElement[]) image.style.visibility = 'hidden';
    document.querySelector<SVGElement>('[data-suggestion]')!.style.visibility = 'hidden';
  });
  const [hair, skin, avoid] = [await looks(page, 'hair'), await looks(page, 'skin'), await looks(page, 'avoid')];
  expect(hair.direction).toBeGreaterThan(2);
  expect(skin.direction).toBeLessThan(1.3);
  expect(avoid.direction).toBeLessThan(1.3);
  expect(avoid.ink).toBeGreaterThan(1.5 * skin.ink);
  for (const name of ['Hair or stubble', 'Skin', 'Leave out']) {
    expect(await page.locator('.choice', { hasText: name }).locator('svg pattern').count()).toBe(1);
  }
});
