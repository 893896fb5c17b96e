import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import { measureBlur, TILE_PX } from '../../../src/photo/quality/measureBlur.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';

function tile(code: (x: number, y: number) => number): RasterPhoto {
  const data = Uint8Array.from({ length: 3 * TILE_PX * TILE_PX }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return code(pixel % TILE_PX, Math.floor(pixel / TILE_PX));
  });
  return {
    widthPx: TILE_PX,
    heightPx: TILE_PX,
    data,
    toLinear: [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR],
    toSrgb: null,
  };
}

/** A step blurred by a Gaussian of `sigma`, by its logistic neighbour. */
const edge = (distance: number, sigma: number) => 60 + 120 / (1 + Math.exp((-1.702 * distance) / sigma));

it('finds an edge as blurred across as down, wherever it lies in the tile', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 8, max: TILE_PX - 9, noNaN: true }),
      fc.double({ min: 0.8, max: 3, noNaN: true }),
      (place, sigma) => {
        const across = measureBlur(
          tile((x) => edge(x + 0.5 - place, sigma)),
          0,
          0,
        ).sigmaPx!;
        const down = measureBlur(
          tile((_, y) => edge(y + 0.5 - place, sigma)),
          0,
          0,
        ).sigmaPx!;
        expect(down).toBeCloseTo(across, 4);
      },
    ),
    { numRuns: 60, seed: 7 },
  );
});
