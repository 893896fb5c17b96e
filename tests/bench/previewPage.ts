import type { Page } from 'playwright-core';
import { prepareTour } from '../screenshots/prepareTour.ts';
import { signInAs } from '../setup/accounts.ts';
import { launchBrowser } from '../setup/browser.ts';
import { startTestServer } from '../setup/visitor.ts';
import { median } from './timing.ts';

const DRAG_STEPS = 120;
const CHANGES = 9;
/** Everything a page does between two frames of 60 a second. */
const FRAME_MS = 1000 / 60;

/** Times between frames while the slider is dragged to and fro by mouse, ms; and for comparison of the same page at rest. */
async function framesWhile(page: Page, work: () => Promise<void>): Promise<number[]> {
  // As text: the loader that runs this file would put a helper of its own into a named function.
  await page.evaluate(`
    window.frames60 = [];
    window.watching = true;
    let last = 0;
    requestAnimationFrame(function watch(now) {
      if (last > 0) frames60.push(now - last);
      last = now;
      if (watching) requestAnimationFrame(watch);
    });
  `);
  await work();
  return await page.evaluate<number[]>('(window.watching = false, window.frames60)');
}

async function dragSlider(page: Page): Promise<void> {
  const slider = page.locator('[data-compare-controls]:not([hidden]) input[type="range"]').first();
  await slider.scrollIntoViewIfNeeded();
  const box = (await slider.boundingBox())!;
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.5));
  await page.mouse.down();
  for (let step = 0; step < DRAG_STEPS; step++) {
    await page.mouse.move(...at(0.5 + 0.4 * Math.sin((step / DRAG_STEPS) * 4 * Math.PI)));
    await page.waitForTimeout(FRAME_MS);
  }
  await page.mouse.up();
}

/** Time of the page's own work from a choice to the canvas that shows it, ms. */
function changeMs(page: Page, id: string, turn: number): Promise<number> {
  return page.evaluate(
    ([name, n]) => {
      const field = document.getElementById(name) as HTMLSelectElement;
      field.selectedIndex = n % field.options.length;
      const start = performance.now();
      field.dispatchEvent(new Event('change', { bubbles: true }));
      return new Promise<number>((resolve) => {
        // The page draws in the next frame; the frame after shows it.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
      });
    },
    [id, turn] as const,
  );
}

function frameRow(name: string, frames: readonly number[]): string {
  const total = frames.reduce((sum, ms) => sum + ms, 0);
  const [perSecond, longest] = [(1000 * frames.length) / Math.max(1, total), Math.max(0, ...frames)];
  const late = frames.filter((ms) => ms > 1.5 * FRAME_MS).length;
  return `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(6)} frames/s, longest ${longest.toFixed(0)} ms, ${late} of ${frames.length} late`;
}

/** The studio page in real Chromium: frames while its slider is dragged, and what a choice takes until it is shown. */
export async function benchPreviewPage(): Promise<string[]> {
  const [server, browser] = await Promise.all([startTestServer(), launchBrowser()]);
  try {
    const owner = await signInAs(server, { displayName: 'Ada' });
    const { match } = await prepareTour(server, owner);
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
    await context.addCookies([{ name: 'stipple', value: owner.cookie('stipple'), url: server.url }]);
    const page = await context.newPage();
    await page.goto(`${match}/preview`);
    await page.locator('[data-pair]:not([hidden]) canvas').first().waitFor();
    await dragSlider(page);
    const rest = await framesWhile(page, () => page.waitForTimeout(1500));
    const dragged = await framesWhile(page, () => dragSlider(page));
    const lines = [
      frameRow('preview page at rest', rest),
      `${frameRow('its slider dragged', dragged)}  target 60 frames/s`,
    ];
    for (const [id, name, target] of [
      ['shade', 'another shade, until it is shown', '  target 100 ms'],
      ['light', 'another light', '  target 100 ms'],
      ['density', 'another density', ''],
    ] as const) {
      const times: number[] = [];
      for (let turn = 0; turn < CHANGES + 3; turn++) times.push(await changeMs(page, id, turn + 1));
      lines.push(`${name.padEnd(44)} ${median(times.slice(3)).toFixed(0).padStart(6)} ms${target}`);
    }
    return lines;
  } finally {
    await Promise.all([browser.close(), server.stop()]);
  }
}
