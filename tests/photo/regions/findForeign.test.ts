import { describe, expect, it } from 'vitest';
import { type Lab65, lab65 } from '../../../src/colour/lab65.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { boxesOfForeign } from '../../../src/photo/regions/boxesOfForeign.ts';
import { drawLabels } from '../../../src/photo/regions/drawLabels.ts';
import { LABEL, labelAt } from '../../../src/photo/regions/labelMap.ts';
import { proposeRegions } from '../../../src/photo/regions/proposeRegions.ts';
import { reducePhoto } from '../../../src/photo/workingImage.ts';
import { noiseAt, PAINT, paintPhoto, partAt } from './paintedHead.ts';

const [W, H] = [360, 300];
const BLUE_GLOVE = lab65(48, -8, -38);
const PINK_GLOVE = lab65(66, 42, -4);
const NAVY = lab65(24, 4, -24);
const OLD_INK = lab65(38, -6, -8);

type Over = (x: number, y: number) => Lab65 | null;

/** The painted head with something laid over it; what is laid over has folds, not strands. */
function paintWith(over: Over, skin: Lab65 = PAINT.fairSkin): RasterPhoto {
  return paintPhoto(W, H, (x, y) => {
    const colour = over(x, y);
    if (colour) return [colour, 0.9 + 0.1 * Math.sin((x + y) / 40)];
    const part = partAt(x, y, W, H);
    if (part === 'wall') return [PAINT.greyWall, 1];
    const shade = 1.05 - 0.35 * Math.abs(x / W - 0.5);
    if (part === 'skin') return [skin, shade];
    const strand = noiseAt(Math.floor((x + 0.3 * y) / 2), Math.floor(y / 9), 2);
    return [strand < 0.12 ? skin : PAINT.blackHair, shade * (0.55 + 0.9 * strand)];
  });
}

const propose = (raster: RasterPhoto) => proposeRegions(reducePhoto(raster, 400), raster);
const kindsOf = (raster: RasterPhoto) => propose(raster).foreign.map(({ kind }) => kind);

/** A finger from the right edge over hair and skin; a garment in both lower corners; a round tattoo on the forehead. */
const finger =
  (colour: Lab65): Over =>
  (x, y) =>
    x > 190 && Math.abs(y - 205) < 22 ? colour : null;
const shirt: Over = (x, y) => (y > 235 && Math.abs(x - 180) > 80 ? NAVY : null);
const tattoo: Over = (x, y) => (Math.hypot(x - 180, y - 245) < 26 ? OLD_INK : null);

describe('cloth and gloves', () => {
  it.each([
    ['a blue glove on fair skin', BLUE_GLOVE, PAINT.fairSkin],
    ['a pink glove on fair skin', PINK_GLOVE, PAINT.fairSkin],
    ['a blue glove on dark skin', BLUE_GLOVE, PAINT.darkSkin],
  ])('%s is neither skin nor hair, and no square lies on it', (_, glove, skin) => {
    const proposal = propose(paintWith(finger(glove), skin));
    expect(proposal.foreign.map(({ kind }) => kind)).toEqual(['cloth']);
    for (const x of [200, 230, 260]) expect(labelAt(proposal.labels, x, 205)).toBe(LABEL.other);
    expect(labelAt(proposal.labels, 180, 270)).toBe(LABEL.skin);
    expect(labelAt(proposal.labels, 180, 120)).toBe(LABEL.hair);
    expect(proposal.skinBoxes.length).toBeGreaterThan(0);
    for (const [x, y, w, h] of [...proposal.skinBoxes, ...proposal.hairBoxes])
      expect(x + w <= 190 || y + h <= 183 || y >= 227).toBe(true);
  });

  it('a navy shirt beside the neck is told from the wall', () => {
    const { foreign, labels } = propose(paintWith(shirt));
    expect(foreign.map(({ kind }) => kind)).toEqual(['cloth']);
    const cell = (x: number, y: number) =>
      foreign[0]!.mask[Math.floor(y * labels.scale) * labels.widthPx + Math.floor(x * labels.scale)];
    expect([cell(30, 280), cell(330, 280), cell(30, 100), cell(180, 270)]).toEqual([1, 1, 0, 0]);
    expect(boxesOfForeign(labels, foreign[0]!)).toHaveLength(2);
  });

  it('a blue wall all round is background, not cloth', () => {
    const wall: Over = (x, y) => (partAt(x, y, W, H) === 'wall' ? BLUE_GLOVE : null);
    expect(kindsOf(paintWith(wall))).toEqual([]);
  });
});

describe('tattoos', () => {
  it.each([
    ['fair', PAINT.fairSkin, OLD_INK],
    ['dark', PAINT.darkSkin, lab65(18, -3, -6)],
  ])('old ink in %s skin is left out and named', (_, skin, ink) => {
    const proposal = propose(paintWith((x, y) => (tattoo(x, y) ? ink : null), skin));
    expect(proposal.foreign.map(({ kind }) => kind)).toEqual(['tattoo']);
    expect(labelAt(proposal.labels, 180, 245)).toBe(LABEL.avoid);
    expect(labelAt(proposal.labels, 120, 245)).toBe(LABEL.skin);
    expect(proposal.notes.map(({ check }) => check)).toContain('tattoo');
    for (const [x, y, w, h] of proposal.skinBoxes)
      expect(Math.hypot(x + w / 2 - 180, y + h / 2 - 245)).toBeGreaterThan(26);
  });

  it('a shadow and a birthmark as red as skin are no ink', () => {
    expect(kindsOf(paintWith((x, y) => (tattoo(x, y) ? lab65(40, 10, 12) : null)))).toEqual([]);
    expect(kindsOf(paintWith((x, y) => (tattoo(x, y) ? lab65(45, 22, 14) : null)))).toEqual([]);
  });

  it('nothing is found on a plain head', () => {
    for (const skin of [PAINT.fairSkin, PAINT.darkSkin]) expect(kindsOf(paintWith(() => null, skin))).toEqual([]);
  });
});

it('draws cloth and tattoos with patterns of their own, in black and white', () => {
  const square = (label: number, foreign: 'cloth' | 'tattoo' | null) => {
    const map = { widthPx: 2, heightPx: 2, scale: 0.05, labels: new Uint8Array(4).fill(label) };
    const mask = new Uint8Array(4).fill(1);
    return drawLabels(map, 48, 48, foreign ? [{ kind: foreign, mask }] : []).join();
  };
  const drawings = [
    square(LABEL.other, null),
    square(LABEL.skin, null),
    square(LABEL.hair, null),
    square(LABEL.avoid, null),
    square(LABEL.other, 'cloth'),
    square(LABEL.avoid, 'tattoo'),
  ];
  expect(new Set(drawings).size).toBe(drawings.length);
});
