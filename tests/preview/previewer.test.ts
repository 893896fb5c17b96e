import { describe, expect, it } from 'vitest';
import { LABEL } from '../../src/masks/label.ts';
import { createPreviewer } from '../../src/preview/previewer.ts';
import { readArea } from '../../src/preview/treatedArea.ts';
import { flatSkin, PLAIN } from './flatSkin.ts';

const SIDE = 320;
const PX_PER_MM = 8;
const { photo } = flatSkin([62, 11, 16], SIDE, PX_PER_MM);
const before = photo.picture.data;

/** Which pixels of the first picture differ from the photo, outside the burnt-in word. */
function changed(data: ArrayLike<number>): (x: number, y: number) => boolean {
  return (x, y) => [0, 1, 2].some((c) => data[3 * (y * SIDE + x) + c] !== before[3 * (y * SIDE + x) + c]);
}
const CLEAR = SIDE - 40;
/** Comparing large arrays through `toEqual` takes seconds. */
const same = (one: Uint8Array | Uint8ClampedArray, other: Uint8Array | Uint8ClampedArray) =>
  Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0;

describe('a preview', () => {
  it('is the same on every run, other dots with another seed', () => {
    const draw = (seed: number) => createPreviewer(photo).render({ ...PLAIN, seed }).pictures[0]!.picture.data;
    expect(same(draw(5), draw(5))).toBe(true);
    expect(same(draw(6), draw(5))).toBe(false);
  });

  it('does not depend on what was drawn before', () => {
    const previewer = createPreviewer(photo);
    for (const stage of ['fresh', 'aged', 'healed'] as const) previewer.render({ ...PLAIN, stage, partsDiluent: 9 });
    const [again, anew] = [previewer.render(PLAIN), createPreviewer(photo).render(PLAIN)];
    expect(same(again.pictures[0]!.picture.data, anew.pictures[0]!.picture.data)).toBe(true);
    expect(again.dots).toBe(anew.dots);
  });

  it('leaves everything outside a painted area as it was', () => {
    const area = readArea('none.o5a5akg5akgkg5akg')!;
    const outside = changed(createPreviewer(photo).render({ ...PLAIN, area }).pictures[0]!.picture.data);
    const [low, high] = [190, 736].map((share) => (share / 1000) * SIDE) as [number, number];
    let [inside, beyond] = [0, 0];
    for (let y = 0; y < CLEAR; y++)
      for (let x = 0; x < SIDE; x++) {
        if (!outside(x, y)) continue;
        const away = Math.max(low - x, x - high, low - y, y - high);
        // Light in the skin carries a dot's shadow about a millimetre.
        if (away > 2 * PX_PER_MM) beyond++;
        else inside++;
      }
    expect(inside).toBeGreaterThan(2000);
    expect(beyond).toBe(0);
  });

  it('sets no dot where the photo has hair, another thing or an area to avoid', () => {
    const left = (column: number) => [LABEL.hair, LABEL.other, LABEL.avoid][Math.floor(column / 5)] ?? LABEL.skin;
    const half = flatSkin([62, 11, 16], SIDE, PX_PER_MM, left);
    const isChanged = changed(createPreviewer(half.photo).render(PLAIN).pictures[0]!.picture.data);
    let [free, treated] = [0, 0];
    for (let y = 0; y < CLEAR; y++)
      for (let x = 0; x < SIDE; x++) {
        if (!isChanged(x, y)) continue;
        if (x < (14 / 40) * SIDE) free++;
        else treated++;
      }
    expect(treated).toBeGreaterThan(2000);
    expect(free).toBe(0);
  });

  it('never darkens a hair, for density between long hair either', () => {
    const data = Uint8ClampedArray.from(before);
    // Dark strands four pixels wide, every sixteen.
    const isHair = (x: number) => x % 16 < 4;
    for (let i = 0; i < data.length; i++) if (isHair(Math.floor(i / 3) % SIDE)) data[i] = [30, 24, 20][i % 3]!;
    for (const treatment of ['shaved', 'density'] as const) {
      const between = flatSkin([62, 11, 16], SIDE, PX_PER_MM, (_, row) =>
        treatment === 'density' && row > 8 ? LABEL.hair : LABEL.skin,
      );
      const withHair = { ...between.photo, picture: { ...between.photo.picture, data } };
      const drawn = createPreviewer(withHair).render({ ...PLAIN, treatment }).pictures[0]!.picture.data;
      let [hair, scalp] = [0, 0];
      for (let i = 0; i < 3 * SIDE * CLEAR; i++) {
        if (drawn[i] === data[i]) continue;
        if (isHair(Math.floor(i / 3) % SIDE)) hair++;
        else scalp++;
      }
      expect(scalp, treatment).toBeGreaterThan(5000);
      expect(hair, treatment).toBe(0);
    }
  });

  it('keeps the photo’s own shading and gloss', () => {
    const data = Uint8ClampedArray.from(before, (value, i) => {
      const x = Math.floor(i / 3) % SIDE;
      return x < 40 ? 255 : value * (0.6 + (0.4 * x) / SIDE);
    });
    const shaded = { ...photo, picture: { ...photo.picture, data } };
    const drawn = createPreviewer(shaded).render(PLAIN).pictures[0]!.picture.data;
    const level = (from: ArrayLike<number>, left: number) => {
      let sum = 0;
      for (let y = 0; y < CLEAR; y++) for (let x = left; x < left + 40; x++) sum += from[3 * (y * SIDE + x) + 1]!;
      return sum / 40 / CLEAR;
    };
    expect(level(drawn, 0)).toBeGreaterThan(253);
    const [dim, bright] = [80, 260].map((left) => level(drawn, left) / level(data, left)) as [number, number];
    expect(dim).toBeLessThan(0.99);
    expect(Math.abs(dim - bright)).toBeLessThan(0.01);
  });

  it('says Simulation in every picture, readable in the mirror too', () => {
    const plate = (data: ArrayLike<number>, left: number) => {
      let white = 0;
      for (let y = CLEAR; y < SIDE; y++)
        for (let x = left; x < left + SIDE / 3; x++) if (data[3 * (y * SIDE + x) + 2] === 255) white++;
      return white;
    };
    const previewer = createPreviewer(photo);
    const straight = previewer.render({ ...PLAIN, area: readArea('none')! }).pictures[0]!.picture.data;
    const mirrored = previewer.render({ ...PLAIN, area: readArea('none')!, mirror: true }).pictures[0]!.picture.data;
    // In both corners: a slider may hide either half.
    for (const left of [0, Math.ceil((2 * SIDE) / 3)]) expect(plate(straight, left)).toBeGreaterThan(60);
    expect(same(mirrored, straight)).toBe(true);
    const full = previewer.render({ ...PLAIN, mirror: true }).pictures[0]!.picture.data;
    const plain = previewer.render(PLAIN).pictures[0]!.picture.data;
    for (const x of [3, 50, 200]) expect(full[3 * x]).toBe(plain[3 * (SIDE - 1 - x)]);
  });

  it('draws canvas pixels like a file’s', () => {
    const rgba = new Uint8ClampedArray(4 * SIDE * SIDE).map((_, i) =>
      i % 4 === 3 ? 255 : before[3 * (i >> 2) + (i % 4)]!,
    );
    const canvas = { ...photo, picture: { ...photo.picture, channels: 4 as const, data: rgba } };
    const drawn = createPreviewer(canvas).render(PLAIN).pictures[0]!.picture.data;
    const wanted = createPreviewer(photo).render(PLAIN).pictures[0]!.picture.data;
    expect(
      same(
        drawn.filter((_, i) => i % 4 < 3),
        wanted,
      ),
    ).toBe(true);
    expect(drawn.every((value, i) => i % 4 < 3 || value === 255)).toBe(true);
  });
});

describe('what is said with a preview', () => {
  const said = (change: object) => createPreviewer(photo).render({ ...PLAIN, ...change });

  it('calls other lights approximate', () => {
    expect(said({}).sentences.join(' ')).not.toContain('approximately');
    for (const light of ['a', 'led', 'office', 'bathroom'])
      expect(said({ light }).sentences.join(' ')).toContain('approximately');
  });

  it('says which area is painted, and how a forehead stays free where nothing shows where the scalp ends', () => {
    expect(said({}).sentences[0]).toMatch(/All bare skin .* mark the hairline/);
    expect(said({ area: readArea('crown')! }).sentences[0]).toContain('middle of the bare scalp');
    expect(said({ area: readArea('auto.x0000rs0000rs')! }).sentences.join(' ')).not.toContain('mark the hairline');
    const ring = flatSkin([62, 11, 16], SIDE, PX_PER_MM, (column, row) => {
      const r = Math.hypot(column - 19.5, row - 14.5);
      return r < 10 || row > 24 ? LABEL.skin : r < 14 ? LABEL.hair : LABEL.other;
    });
    const between = createPreviewer(ring.photo).render(PLAIN).sentences;
    expect(between[0]).toContain('bare skin that the hair surrounds');
  });

  it('says when a dot is smaller than a pixel', () => {
    const far = createPreviewer({ ...photo, pxPerMm: 2 })
      .render(PLAIN)
      .sentences.join(' ');
    expect(far).toContain('smaller than a pixel');
    expect(said({}).sentences.join(' ')).not.toContain('smaller than a pixel');
  });

  it('shows a scar as a range and asks for a test patch, and draws nothing before it is painted', () => {
    const painted = said({ treatment: 'scar', area: readArea('none.b28e0e0k0k0')! });
    expect(painted.pictures.map(({ name }) => name)).toEqual(['lightest', 'darkest']);
    expect(painted.dots).toBeGreaterThan(10);
    expect(painted.sentences.join(' ')).toContain('test patch first');
    const bare = said({ treatment: 'scar' });
    expect(bare.dots).toBe(0);
    expect(bare.sentences[0]).toContain('Paint the area');
  });
});
