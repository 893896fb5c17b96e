import { describe, expect, it } from 'vitest';
import { lab65 } from '../../../src/colour/lab65.ts';
import type { Point, RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { LABEL, labelAt } from '../../../src/photo/regions/labelMap.ts';
import { proposeRegions } from '../../../src/photo/regions/proposeRegions.ts';
import { reducePhoto } from '../../../src/photo/workingImage.ts';
import { noiseAt, PAINT, paintPhoto } from './paintedHead.ts';

const WIDTH = 480;
const HEIGHT = 360;
const TOWEL = lab65(62, 1, 2);
const BOARD = lab65(20, 0, 0);
const CARD: readonly Point[] = [
  [300, 100],
  [430, 100],
  [430, 280],
  [300, 280],
];

/** Stubble, bare skin and, from `edge` on, a rough grey towel, with a black board on which a card is printed. */
function paintCloseUp(edge: number): RasterPhoto {
  return paintPhoto(WIDTH, HEIGHT, (x, y) => {
    if (x > 290 && x < 440 && y > 90 && y < 290) return [BOARD, 1];
    if (x >= edge) return [TOWEL, 0.6 + 0.8 * noiseAt(x >> 1, y >> 1, 5)];
    const strand = noiseAt(x >> 1, Math.floor(y / 6), 2);
    return x < 120 && strand < 0.4 ? [PAINT.blackHair, 1] : [PAINT.fairSkin, 1];
  });
}

describe('what the colour card lies on', () => {
  it('is background when it does not look like skin, with no box on it', () => {
    const raster = paintCloseUp(240);
    const { labels, skinBoxes, hairBoxes } = proposeRegions(reducePhoto(raster, 480), raster, { card: CARD });
    let [towel, other] = [0, 0];
    for (let y = 0; y < HEIGHT; y += 3)
      for (let x = 252; x < WIDTH; x += 3) {
        const label = labelAt(labels, x, y);
        if (label === LABEL.avoid) continue;
        towel++;
        if (label === LABEL.other) other++;
      }
    expect(other / towel).toBeGreaterThan(0.97);
    expect(skinBoxes.length).toBeGreaterThan(0);
    for (const [x, , w] of [...skinBoxes, ...hairBoxes]) expect(x + w).toBeLessThan(246);
    expect(labelAt(labels, 180, 180)).toBe(LABEL.skin);
  });

  it('is skin when the card is held on the skin', () => {
    const raster = paintCloseUp(WIDTH);
    const { labels } = proposeRegions(reducePhoto(raster, 480), raster, { card: CARD });
    for (const [x, y] of [
      [200, 180],
      [360, 40],
      [360, 330],
    ] as const)
      expect(labelAt(labels, x, y)).toBe(LABEL.skin);
  });

  it('covers the board round the patches too', () => {
    const raster = paintCloseUp(240);
    const { labels } = proposeRegions(reducePhoto(raster, 480), raster, { card: CARD });
    for (const [x, y] of [
      [293, 180],
      [437, 180],
      [365, 93],
      [365, 287],
    ] as const)
      expect(labelAt(labels, x, y)).toBe(LABEL.avoid);
  });
});
