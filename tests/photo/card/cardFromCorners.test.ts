import { describe, expect, it } from 'vitest';
import { cardFromCorners } from '../../../src/photo/card/cardFromCorners.ts';
import { pxPerMm } from '../../../src/photo/card/cardScale.ts';
import type { Point } from '../../../src/photo/rasterPhoto.ts';
import { placeCorners, renderChart } from '../../fixtures/charts/renderChart.ts';

const SIZE = { widthPx: 420, heightPx: 340 };
type Quad = [Point, Point, Point, Point];

describe('cardFromCorners', () => {
  const corners = placeCorners([210, 170], 240, { turnDeg: 25 });
  const photo = renderChart({ ...SIZE, corners });

  it('corrects slips of the hand and finds which corner is which', () => {
    const slipped = corners.map(([x, y], i): Point => [x + [4, -3, 5, -4][i]!, y + [-4, 4, 3, -5][i]!]);
    const mixed = [slipped[2], slipped[0], slipped[3], slipped[1]] as Quad;
    const detection = cardFromCorners(photo, mixed);
    if (!detection.found) throw new Error(detection.reason);
    for (const [i, [x, y]] of corners.entries()) {
      expect(Math.hypot(x - detection.card.corners[i]![0], y - detection.card.corners[i]![1])).toBeLessThan(1);
    }
    expect(detection.card.pitchPx).toBeCloseTo(240 / 5.9, 0);
  });

  it('refuses corners on something else', () => {
    const elsewhere: Quad = [
      [5, 5],
      [60, 5],
      [60, 40],
      [5, 40],
    ];
    expect(cardFromCorners(photo, elsewhere)).toMatchObject({ found: false, reason: 'none' });
  });

  it('refuses corners outside the photo and a mirrored photo', () => {
    const outside = corners.map(([x, y]): Point => [x + 300, y]) as Quad;
    expect(cardFromCorners(photo, outside)).toMatchObject({ found: false, reason: 'partlyOutside' });
    const mirrored = placeCorners([210, 170], 240, { mirrored: true });
    expect(cardFromCorners(renderChart({ ...SIZE, corners: mirrored }), mirrored)).toMatchObject({
      reason: 'mirrored',
    });
  });

  it('gives the scale only for a stated type', () => {
    const detection = cardFromCorners(photo, corners);
    if (!detection.found) throw new Error(detection.reason);
    expect(pxPerMm(detection.card, 'mini')).toBeCloseTo(detection.card.pitchPx / 13, 6);
  });
});
