import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL } from '../../src/masks/label.ts';
import { densityMap } from '../../src/preview/densityMap.ts';
import { drawShapes } from '../../src/preview/drawShapes.ts';
import { findScalp } from '../../src/preview/findScalp.ts';
import { presetArea } from '../../src/preview/presetAreas.ts';
import { AREA_PRESETS, MOST_AREA_TEXT, readArea, writeArea } from '../../src/preview/treatedArea.ts';

const coordinate = fc.integer({ min: 0, max: 1000 });
const points = (least: number) => fc.array(fc.tuple(coordinate, coordinate), { minLength: least, maxLength: 12 });
const kind = fc.constantFrom('add' as const, 'cut' as const);
const shape = fc.oneof(
  fc.record({ kind, brush: fc.constant(null), points: points(3) }),
  fc.record({ kind, brush: fc.integer({ min: 1, max: 200 }), points: points(1) }),
);
const area = fc.record({ preset: fc.constantFrom(...AREA_PRESETS), shapes: fc.array(shape, { maxLength: 8 }) });

describe('an area as text', () => {
  it('comes back as it was and needs no escaping in an address', () => {
    fc.assert(
      fc.property(area, (one) => {
        const text = writeArea(one);
        expect(encodeURIComponent(text)).toBe(text);
        expect(readArea(text)).toEqual(one);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it.each([
    '',
    'forehead',
    'auto.',
    'auto.q00',
    'auto.o0000',
    'auto.ozzzzzzzzzzzz',
    'auto.b00',
    'auto.b0000',
    `auto${'.b0k0000'.repeat(101)}`,
  ])('refuses %j', (text) => expect(readArea(text)).toBeNull());

  it('reads no endless text, and any text without failing', () => {
    expect(readArea(`auto.${'o'.repeat(MOST_AREA_TEXT)}`)).toBeNull();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readArea(text);
        if (read) expect(readArea(writeArea(read))).toEqual(read);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});

describe('shapes on a grid', () => {
  it('fill an outline, follow a brush, and are cut in their order', () => {
    const grid = new Uint8Array(100);
    const { shapes } = readArea('none.o0000rs00rsrs00rs.eb4dwdw')!;
    drawShapes(grid, 10, 10, shapes.slice(0, 1));
    expect(grid.filter((v) => v === 1)).toHaveLength(100);
    drawShapes(grid, 10, 10, shapes.slice(1));
    expect(grid[55]).toBe(0);
    expect(grid[0]).toBe(1);
  });
});

const W = 60;
const H = 60;
/** A head seen from before: background, a ring of hair open below, skin inside and below. */
function headFromBefore(): Uint8Array {
  return Uint8Array.from({ length: W * H }, (_, i) => {
    const [x, y] = [(i % W) - 29.5, Math.floor(i / W) - 30];
    const r = Math.hypot(x, 0.8 * y);
    if (r > 26 && !(y > 0 && Math.abs(x) < 20)) return LABEL.other;
    return r > 20 && y < 10 ? LABEL.hair : LABEL.skin;
  });
}
const SIZE = { widthPx: W, heightPx: H, mmPerCell: 3 };

describe('the area of a preset', () => {
  const labels = headFromBefore();
  const scalp = findScalp(labels, W, H);
  const cells = (preset: (typeof AREA_PRESETS)[number]) => presetArea(preset, labels, scalp, SIZE);
  const count = (mask: Uint8Array) => mask.filter((v) => v === 1).length;

  it('is skin of the scalp: neither hair nor background nor the forehead', () => {
    for (const preset of AREA_PRESETS) {
      const mask = cells(preset);
      for (let i = 0; i < mask.length; i++) if (mask[i]) expect(labels[i], preset).toBe(LABEL.skin);
    }
    expect(cells('auto')[57 * W + 30]).toBe(0);
    expect(cells('auto')[25 * W + 30]).toBe(1);
    expect(scalp.isSure).toBe(true);
  });

  it('is smaller than the whole for temples and crown, and empty for none', () => {
    expect(count(cells('none'))).toBe(0);
    expect(count(cells('crown'))).toBeGreaterThan(20);
    expect(count(cells('crown'))).toBeLessThan(count(cells('auto')));
    const temples = cells('temples');
    expect(count(temples)).toBeGreaterThan(20);
    expect(temples[25 * W + 30]).toBe(0);
  });

  it('says when nothing tells scalp from face', () => {
    const bald = labels.map((label) => (label === LABEL.hair ? LABEL.skin : label));
    expect(findScalp(bald, W, H).isSure).toBe(false);
  });

  it('reaches the top of a head whose hair stands at the sides only, and no forehead between them', () => {
    const fringe = Uint8Array.from({ length: W * H }, (_, i) => {
      const [x, y] = [(i % W) - 29.5, Math.floor(i / W) - 30];
      const r = Math.hypot(x, 0.8 * y);
      if (r > 26 && !(y > 0 && Math.abs(x) < 20)) return LABEL.other;
      return r > 20 && Math.abs(x) > 16 && y < 20 ? LABEL.hair : LABEL.skin;
    });
    const { bare, spanned, isSure } = findScalp(fringe, W, H);
    const top = fringe.indexOf(LABEL.skin);
    expect(bare[top]).toBe(1);
    for (const area of [bare, spanned]) expect(area[48 * W + 30]).toBe(0);
    expect(isSure).toBe(true);
  });

  it('is not sure of a head with a mere rim of stubble, nor of a part of a head that fills the picture', () => {
    const rim = Uint8Array.from({ length: W * H }, (_, i) => {
      const r = Math.hypot((i % W) - 29.5, Math.floor(i / W) - 29.5);
      return r > 27 ? LABEL.other : r > 25.5 ? LABEL.hair : LABEL.skin;
    });
    expect(findScalp(rim, W, H).isSure).toBe(false);
    expect(findScalp(new Uint8Array(W * H).fill(LABEL.skin), W, H).isSure).toBe(false);
  });

  it('takes over slowly from hair, so that no line shows between them', () => {
    const half = Uint8Array.from({ length: W * H }, (_, i) => (Math.floor(i / W) < 30 ? LABEL.hair : LABEL.skin));
    const area = half.map((label) => (label === LABEL.skin ? 1 : 0));
    const share = densityMap(area, half, { ...SIZE, mmPerCell: 1 }, 'shaved', 4);
    const rowMean = (row: number) => share.subarray(row * W, (row + 1) * W).reduce((sum, v) => sum + v, 0) / W;
    expect(rowMean(30)).toBeLessThan(0.3);
    expect(rowMean(35)).toBeGreaterThan(rowMean(31) + 0.15);
    expect(rowMean(50)).toBeCloseTo(1);
    // A strip along the hair, as for a hairline, is dense all the same.
    const strip = half.map((label, i) => (label === LABEL.skin && Math.floor(i / W) < 42 ? 1 : 0));
    const narrow = densityMap(strip, half, { ...SIZE, mmPerCell: 1 }, 'hairline', 4);
    expect(Math.max(...narrow.subarray(34 * W, 35 * W))).toBeGreaterThan(0.7);
  });

  it('thins out softly towards bare skin', () => {
    const area = Uint8Array.from({ length: W * H }, (_, i) => (Math.floor(i / W) < 30 ? 1 : 0));
    const skin = new Uint8Array(W * H).fill(LABEL.skin);
    const share = densityMap(area, skin, { ...SIZE, mmPerCell: 1 }, 'shaved', 4);
    const rowMean = (row: number) => share.subarray(row * W, (row + 1) * W).reduce((sum, v) => sum + v, 0) / W;
    expect(rowMean(5)).toBeCloseTo(1);
    expect(rowMean(29)).toBeLessThan(0.15);
    expect(rowMean(24)).toBeGreaterThan(rowMean(28));
    expect(rowMean(31)).toBe(0);
    // The edge is no line: within one row some places have dots and some none.
    const edge = share.subarray(28 * W, 29 * W);
    expect(Math.max(...edge)).toBeGreaterThan(2 * Math.min(...edge) + 0.01);
  });
});
