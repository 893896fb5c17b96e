import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hexOf } from '../../src/app/report/resultWords.ts';
import { DESKTOP, openSite, PHONE, type Site } from './openSite.ts';
import { clearMatch, noGoodMatch, tooClose, uncalibrated } from './resultStates.ts';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  page = await site.open();
});
afterAll(() => site.stop());

async function show(change: typeof clearMatch, query = ''): Promise<void> {
  await site.store(change(site.measured));
  await page.goto(`${site.match}/result${query}`);
}

/** Decoded pixels of a screenshot of an element or the page. */
async function pixels(target: Locator | Page, options: { fullPage?: boolean } = {}) {
  const png = await target.screenshot({ ...options, animations: 'disabled' });
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const mainPair = () => page.locator('.pair').first();
const swatches = (within: Locator) => within.locator('.swatch');

async function boxOf(element: Locator) {
  return (await element.boundingBox())!;
}

describe('the first screen of a phone', () => {
  it('shows shade, code, pair, closeness, confidence, ratio and drops without scrolling', async () => {
    await page.setViewportSize(PHONE);
    await show(clearMatch);
    const top = site.measured.recommendations[0]!;
    const { partsDiluent, pigmentDrops, diluentDrops } = top.dilution;
    const parts = [
      page.getByRole('heading', { level: 1, name: `${top.name} ${top.code}` }),
      mainPair(),
      page.locator('.verdict', { hasText: top.words }),
      page.getByText('Confidence: High').first(),
      page.getByText(`${partsDiluent} : 1`, { exact: true }).first(),
      page.getByText(`${pigmentDrops} pigment : ${diluentDrops} diluent`).first(),
    ];
    for (const part of parts) {
      const { y, height, x, width } = await boxOf(part);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(PHONE.height);
      expect(x + width).toBeLessThanOrEqual(PHONE.width);
    }
  });

  it('shows the first of equal shades, with recipe and confidence, when they are too close to call', async () => {
    await show(tooClose);
    const card = page.locator('.cards > li').first();
    const button = await boxOf(card.getByRole('button'));
    expect(button.y + button.height).toBeLessThanOrEqual(PHONE.height);
    expect(await page.getByText('Confidence: Low').first().isVisible()).toBe(true);
  });
});

describe.each([
  ['phone', PHONE, 120],
  ['desktop', DESKTOP, 200],
] as const)('pairs on a %s', (_, viewport, least) => {
  it.each([
    ['one shade', clearMatch],
    ['too close to call', tooClose],
  ])('touch, are large and undecorated on the grey stage: %s', async (_name, change) => {
    await page.setViewportSize(viewport);
    await show(change);
    const pairs = page.locator('.pair:has([data-swatch="target"])');
    expect(await pairs.count()).toBeGreaterThan(1);
    for (const pair of await pairs.all()) {
      const [left, right] = [await boxOf(swatches(pair).nth(0)), await boxOf(swatches(pair).nth(1))];
      expect(right.x - (left.x + left.width)).toBeCloseTo(0, 3);
      for (const box of [left, right]) {
        expect(box.width).toBeGreaterThanOrEqual(least);
        expect(box.height).toBeGreaterThanOrEqual(least);
      }
      const stage = await boxOf(pair.locator('xpath=..'));
      expect(left.x - stage.x).toBeGreaterThanOrEqual(24);
      expect(left.y - stage.y).toBeGreaterThanOrEqual(24);
      expect(stage.x + stage.width - (right.x + right.width)).toBeGreaterThanOrEqual(24);
    }
    const decoration = await page.locator('.stage, .stage *').evaluateAll((elements) =>
      elements.flatMap((element) => {
        const s = getComputedStyle(element);
        const plain = [s.boxShadow, s.backgroundImage, s.filter].every((value) => value === 'none');
        const square = element.matches('.stage') || s.borderRadius === '0px';
        return plain && square && s.borderWidth === '0px' && s.opacity === '1' && s.mixBlendMode === 'normal'
          ? []
          : [element.outerHTML.slice(0, 100)];
      }),
    );
    expect(decoration).toEqual([]);
  });
});

describe('colours on the screen', () => {
  it.each(['light', 'dark'] as const)(
    'are those of the API on a stage of rgb(119, 119, 119): %s theme',
    async (theme) => {
      await page.setViewportSize(PHONE);
      await page.emulateMedia({ colorScheme: theme });
      await show(clearMatch);
      const { recommendations, target } = site.measured;
      const top = recommendations[0]!;
      const fills = await mainPair()
        .locator('rect')
        .evaluateAll((rects) => rects.map((rect) => rect.getAttribute('fill')));
      expect(fills).toEqual([hexOf(target!.lab), hexOf(top.predicted.healed)]);
      const others = await page
        .locator('.cards [data-swatch="predicted"] rect')
        .evaluateAll((all) => all.map((r) => r.getAttribute('fill')));
      expect(others).toEqual(
        recommendations.slice(1, 1 + others.length).map(({ predicted }) => hexOf(predicted.healed)),
      );
      const { data, width, height } = await pixels(page.locator('.stage').first());
      const at = (x: number, y: number) => [...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
      const bytes = (hex: string) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
      expect(at(5, 5)).toEqual([119, 119, 119]);
      expect(at(width - 5, height - 5)).toEqual([119, 119, 119]);
      // The strict edge: target and prediction in neighbouring pixels of one row, nothing between them.
      const row = Math.round(height / 2);
      const seen = new Set(Array.from({ length: width - 60 }, (_, i) => at(30 + i, row).join()));
      expect([...seen]).toEqual([bytes(fills[0]!).join(), bytes(fills[1]!).join()]);
      await page.emulateMedia({ colorScheme: 'light' });
    },
  );

  it('are neutral everywhere but in swatches and photos, pixel by pixel', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await show(clearMatch);
      await page.locator('.photo').scrollIntoViewIfNeeded();
      const boxes = await page.locator('.swatch, .photo').evaluateAll((all) =>
        all.map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return { x: x + scrollX, y: y + scrollY, width, height };
        }),
      );
      const { data, width, height } = await pixels(page, { fullPage: true });
      const coloured = [];
      for (let y = 0; y < height; y++) {
        const rows = boxes.filter((box) => y >= box.y - 1 && y <= box.y + box.height + 1);
        for (let x = 0; x < width; x++) {
          const [r, g, b] = data.subarray(3 * (y * width + x));
          if (Math.max(Math.abs(r! - g!), Math.abs(g! - b!)) <= 2) continue;
          if (!rows.some((box) => x >= box.x - 1 && x <= box.x + box.width + 1)) coloured.push([x, y, r, g, b]);
        }
      }
      expect(coloured.slice(0, 5)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('keep the swatches’ own colours in forced colours, with controls that can be seen', async () => {
    await show(clearMatch);
    await page.emulateMedia({ forcedColors: 'active' });
    const { data, width, height } = await pixels(mainPair());
    const middle = 3 * (Math.round(height / 2) * width + 10);
    const seen = `#${Buffer.from(data.subarray(middle, middle + 3)).toString('hex')}`;
    expect(seen).toBe(hexOf(site.measured.target!.lab));
    const border = await page
      .getByRole('button', { name: 'Use this cup' })
      .evaluate((button) => getComputedStyle(button).borderTopWidth);
    expect(border).toBe('1px');
    await page.emulateMedia({ forcedColors: null });
  });

  it('stand a hairline apart on request', async () => {
    await show(clearMatch, '?pair=hairline');
    const [left, right] = [await boxOf(swatches(mainPair()).nth(0)), await boxOf(swatches(mainPair()).nth(1))];
    expect(right.x - (left.x + left.width)).toBeCloseTo(1, 3);
  });
});

describe('what the result says', () => {
  it('never speaks of a best match when there is no good one', async () => {
    await show(noGoodMatch);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('No good match');
    const text = await page.locator('body').innerText();
    expect(text).not.toMatch(/best match|recommended shade/i);
    expect(await page.getByRole('button', { name: 'Search all catalogs' }).isVisible()).toBe(true);
  });

  it('gives no decimal colour difference outside Details without a card', async () => {
    await show(uncalibrated);
    const visible = await page.locator('main').evaluate((main) => {
      const copy = main.cloneNode(true) as HTMLElement;
      for (const details of copy.querySelectorAll('details')) details.remove();
      return copy.textContent;
    });
    expect(visible).toContain('healed, beside the target: very close (predicted for 100 dots per cm² of 0.3 mm)');
    expect(visible).not.toMatch(/ΔE|L\* \d/);
    expect(await page.locator('details').last().textContent()).toContain('ΔE00 1.4');
    expect(await page.locator('#why li').count()).toBeGreaterThanOrEqual(4);
  });

  it('gives tied shades equal prominence and no headline recipe', async () => {
    await show(tooClose);
    const cards = page.locator('.cards > li');
    const widths = new Set(await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect().width)));
    expect(widths.size).toBe(1);
    expect(await page.locator('.recipe-panel').count()).toBe(0);
  });

  it('words confidence with a reason and one next step, never as a percentage', async () => {
    await show(clearMatch);
    const why = await page.locator('#why .columns > div').first().innerText();
    expect(why).toMatch(/^Confidence: High\n.*measured with a colour card.*\n+To be surer: Photograph/s);
    expect(why).not.toMatch(/\d ?%/);
  });
});
