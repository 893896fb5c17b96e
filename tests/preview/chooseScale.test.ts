import { expect, it } from 'vitest';
import { LABEL } from '../../src/masks/label.ts';
import { chooseScale } from '../../src/preview/chooseScale.ts';

const NOTHING = { cardPxPerMm: null, stubblePx: null };
const SIZE = { widthPx: 1000, heightPx: 1000 };

/** A round head of 60 % of the picture's width, pushed aside by a share of it. */
function head(aside: number) {
  const labels = Uint8Array.from({ length: 10_000 }, (_, i) => {
    const [x, y] = [(i % 100) - 49.5 - 100 * aside, Math.floor(i / 100) - 49.5];
    return Math.hypot(x, y) < 30 ? LABEL.skin : LABEL.other;
  });
  return { widthPx: 100, heightPx: 100, labels };
}

it('takes card before head before stubble before an assumption, and says which', () => {
  const both = { cardPxPerMm: 7.5, stubblePx: 0.4 };
  expect(chooseScale(SIZE, head(0), both)).toMatchObject({ basis: 'card', pxPerMm: 7.5 });
  const whole = chooseScale(SIZE, head(0), { ...both, cardPxPerMm: null });
  expect(whole.basis).toBe('head');
  expect(whole.pxPerMm).toBeCloseTo(600 / 155, 1);
  expect(whole.sentence).toContain('155 mm');
  expect(chooseScale(SIZE, null, { ...both, cardPxPerMm: null })).toMatchObject({ basis: 'stubble', pxPerMm: 5 });
  const assumed = chooseScale(SIZE, null, NOTHING);
  expect(assumed.basis).toBe('assumed');
  expect(assumed.sentence).toContain('too large or too small');
});

it('does not measure a head that the picture cuts off', () => {
  const close = { ...head(0), labels: new Uint8Array(10_000).fill(LABEL.skin) };
  expect(chooseScale(SIZE, close, NOTHING).basis).toBe('assumed');
});
