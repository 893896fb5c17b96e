import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { DESKTOP, PHONE } from './openSite.ts';

/** Put into a page once: starting it anew for each theme and width takes longer than its rules. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules among them that depend on theme and width. */
const LOOKS = ['color-contrast', 'target-size', 'link-in-text-block'];
/** Words that promise what nobody can (PRODUCT requirement 37). */
const FORBIDDEN = /guaranteed|safe for you|diagnosis/i;

/** What every page keeps: one heading, no promise, WCAG 2.2 AA and no hue in both themes on phone and desktop, 44 px targets, 320 px. */
export async function checkPage(page: Page): Promise<void> {
  expect(await page.locator('h1').count()).toBe(1);
  expect(await page.locator('body').innerText()).not.toMatch(FORBIDDEN);
  expect(await findViolations(page)).toEqual([]);
  await page.evaluate(openDetails);
  expect(await page.evaluate(smallTargets)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.setViewportSize(PHONE);
}

/** What a page looks like changes with theme and width, what it is made of does not: every rule runs once. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found: string[] = [];
  for (const [viewport, colorScheme, runOnly] of [
    [PHONE, 'light', { type: 'tag', values: WCAG_22_AA }],
    [PHONE, 'dark', { type: 'rule', values: LOOKS }],
    [DESKTOP, 'dark', { type: 'rule', values: LOOKS }],
    [DESKTOP, 'light', { type: 'rule', values: LOOKS }],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const options: RunOptions = { runOnly: { ...runOnly, values: [...runOnly.values] }, resultTypes: ['violations'] };
    const violations = await page.evaluate(runAxe, options);
    found.push(...violations.map((violation) => `${viewport.width} ${colorScheme} ${violation}`));
    if (viewport === PHONE) found.push(...(await page.evaluate(colouredElements)));
  }
  await page.setViewportSize(PHONE);
  return found;
}

/** Runs in the page: rules that are broken, each with the elements that break it. */
async function runAxe(options: RunOptions): Promise<string[]> {
  const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
  const { violations } = await axe.run(options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

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
