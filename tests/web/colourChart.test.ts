import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MatchResult } from '../../src/app/matchResult.ts';
import { colourChart } from '../../src/web/colourChart.ts';

function resultWith(skin: number[], target: number[], healed: number[][]): MatchResult {
  return {
    skin: { lab: skin, sd: [1, 1, 1] },
    target: { lab: target, sd: [1.5, 1, 2], why: '' },
    recommendations: healed.map((lab, i) => ({ code: `S-${i}`, predicted: { healed: lab } })),
  } as unknown as MatchResult;
}

const lab = fc.tuple(
  fc.double({ min: 15, max: 90, noNaN: true }),
  fc.constant(10),
  fc.double({ min: 0, max: 35, noNaN: true }),
);

it('keeps every mark inside the plot, lighter above and warmer to the right', () => {
  fc.assert(
    fc.property(lab, lab, fc.array(lab, { minLength: 1, maxLength: 4 }), (skin, target, healed) => {
      const chart = colourChart(resultWith(skin, target, healed))!;
      const { plot } = chart;
      const marks = [chart.skin, chart.target, ...chart.shades];
      for (const { x, y } of marks) {
        expect(x).toBeGreaterThanOrEqual(plot.x);
        expect(x).toBeLessThanOrEqual(plot.x + plot.width);
        expect(y).toBeGreaterThanOrEqual(plot.y);
        expect(y).toBeLessThanOrEqual(plot.y + plot.height);
      }
      if (skin[0] > target[0] + 0.5) expect(chart.skin.y).toBeLessThan(chart.target.y);
      if (skin[2] > target[2] + 0.5) expect(chart.skin.x).toBeGreaterThan(chart.target.x);
      expect(chart.xTicks.length).toBeLessThan(12);
    }),
  );
});

it('is absent where there is no target', () => {
  expect(colourChart({ skin: null, target: null, recommendations: [] } as unknown as MatchResult)).toBeNull();
});

it('labels every mark, also where all shades heal alike, without covering a label or a mark', () => {
  fc.assert(
    fc.property(
      lab,
      lab,
      fc.array(lab, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (skin, target, healed, alike) => {
        const chart = colourChart(resultWith(skin, target, alike ? healed.map(() => target) : healed))!;
        expect(chart.labels.map(({ text }) => text)).toEqual(['skin', 'target', ...healed.map((_, i) => `S-${i}`)]);
        const boxes = chart.labels.map(({ x, y, text, anchor }) => {
          const left = anchor === 'start' ? x : x - 7 * text.length;
          return { x: left, y: y - 11, right: left + 7 * text.length, bottom: y + 3 };
        });
        for (const [i, one] of boxes.entries()) {
          for (const other of boxes.slice(i + 1)) {
            const apart =
              one.right <= other.x || other.right <= one.x || one.bottom <= other.y || other.bottom <= one.y;
            expect(apart).toBe(true);
          }
          for (const { x, y } of [chart.skin, chart.target, ...chart.shades]) {
            expect(x > one.x && x < one.right && y > one.y && y < one.bottom).toBe(false);
          }
        }
      },
    ),
    { seed: 20_261 },
  );
});
