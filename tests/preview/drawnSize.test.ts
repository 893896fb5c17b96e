import { expect, it } from 'vitest';
import { enlargedSize, usualFactor } from '../../src/preview/drawnSize.ts';

it('enlarges a small photo until dots have pixels, a very small one four times, and shrinks none', () => {
  expect(enlargedSize({ widthPx: 300, heightPx: 280 })).toEqual({ widthPx: 918, heightPx: 857 });
  expect(enlargedSize({ widthPx: 100, heightPx: 100 })).toEqual({ widthPx: 400, heightPx: 400 });
  expect(enlargedSize({ widthPx: 1600, heightPx: 1200 })).toEqual({ widthPx: 1600, heightPx: 1200 });
});

it('has the same number of pixels for any shape of a large photo', () => {
  for (const [widthPx, heightPx] of [
    [4000, 3000],
    [1080, 2340],
  ] as const) {
    expect(widthPx * heightPx * usualFactor({ widthPx, heightPx }) ** 2).toBeCloseTo(1024 * 768, 3);
  }
});
