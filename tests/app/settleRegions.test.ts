import { describe, expect, it } from 'vitest';
import { settleRegions } from '../../src/app/settleRegions.ts';
import { paintBox } from '../../src/masks/editMask.ts';
import { LABEL, type LabelMask } from '../../src/masks/label.ts';
import { writeMask } from '../../src/masks/maskText.ts';
import type { Box } from '../../src/photo/rasterPhoto.ts';
import { labelAt } from '../../src/photo/regions/labelMap.ts';
import { pickBoxes } from '../../src/photo/regions/pickBoxes.ts';
import type { RegionProposal } from '../../src/photo/regions/proposeRegions.ts';

/** A photo of 400 × 200 px whose left half is hair and whose right half is skin, on a grid of 4 px. */
function proposal(): RegionProposal {
  const empty: LabelMask = { widthPx: 100, heightPx: 50, labels: new Uint8Array(5000) };
  const { labels } = paintBox(paintBox(empty, LABEL.hair, 0, 0, 50, 50), LABEL.skin, 50, 0, 50, 50);
  const map = { widthPx: 100, heightPx: 50, scale: 0.25, labels };
  const missing = { level: 'fail', message: '', fix: '' } as const;
  return {
    labels: map,
    foreign: [],
    skinBoxes: pickBoxes(map, LABEL.skin),
    hairBoxes: pickBoxes(map, LABEL.hair),
    hairKind: 'none',
    found: { skin: true, hair: true },
    scalp: { isScalp: true },
    notes: [
      { ...missing, check: 'hairVisible' },
      { ...missing, check: 'skinVisible' },
    ],
  };
}

const NOTHING: Parameters<typeof settleRegions>[1] = { skin: [], hair: [], avoid: [], hairFrom: 'scalp' };
/** Painted on another grid than the proposal's. */
const painted = (label: 1 | 2 | 3, x: number, y: number, w: number, h: number) =>
  writeMask(paintBox({ widthPx: 50, heightPx: 25, labels: new Uint8Array(1250) }, label, x, y, w, h));
const inside = ([x, y, w, h]: Box, [left, top, right, bottom]: readonly number[]) =>
  x >= left! && y >= top! && x + w <= right! && y + h <= bottom!;

describe('settleRegions', () => {
  it('takes the proposal where nobody said anything', () => {
    const given = proposal();
    const settled = settleRegions(given, NOTHING);
    expect(settled.source).toBe('automatic');
    expect(settled.labels).toBe(given.labels);
    expect([settled.skin, settled.hair]).toEqual([given.skinBoxes, given.hairBoxes]);
    expect(settled.notes).toHaveLength(2);
  });

  it('measures given boxes as they are, and the rest as proposed', () => {
    const settled = settleRegions(proposal(), { ...NOTHING, hair: [[3, 5, 7, 9]] });
    expect(settled).toMatchObject({ source: 'given', kind: 'stubble', hair: [[3, 5, 7, 9]] });
    expect(settled.hairArea).toEqual({ boxes: [[3, 5, 7, 9]] });
    expect(settled.skin).toEqual(proposal().skinBoxes);
    expect(settled.notes.map(({ check }) => check)).toEqual(['skinVisible']);
  });

  it('measures all that was painted, and shows where it is', () => {
    const settled = settleRegions(proposal(), { ...NOTHING, mask: painted(LABEL.hair, 30, 5, 10, 10) });
    expect(settled.hairArea).toMatchObject({ label: LABEL.hair });
    expect(labelAt(settled.labels, 8 * 30 + 40, 8 * 5 + 40)).toBe(LABEL.hair);
    for (const box of settled.hair) expect(inside(box, [240, 40, 320, 120])).toBe(true);
    expect(settled.hair.length).toBeGreaterThan(0);
  });

  it('proposes no skin where hair or what to leave out was painted', () => {
    const mask = painted(LABEL.avoid, 25, 0, 25, 13);
    const settled = settleRegions(proposal(), { ...NOTHING, mask });
    expect(settled.source).toBe('automatic');
    expect(settled.skin.length).toBeGreaterThan(0);
    for (const box of settled.skin) expect(inside(box, [200, 104, 400, 200])).toBe(true);
  });

  it('reads earlier work mark by mark, brows and beards by their mass', () => {
    const kindFrom = (hairFrom: 'smp' | 'beard' | 'eyebrow') =>
      settleRegions(proposal(), { ...NOTHING, hairFrom }).kind;
    expect([kindFrom('smp'), kindFrom('beard'), kindFrom('eyebrow')]).toEqual(['stubble', 'short', 'short']);
  });

  it('lays boxes over paint', () => {
    const mask = painted(LABEL.hair, 0, 0, 50, 25);
    const settled = settleRegions(proposal(), { ...NOTHING, mask, skin: [[200, 100, 80, 80]] });
    expect(labelAt(settled.labels, 240, 140)).toBe(LABEL.skin);
    expect(labelAt(settled.labels, 100, 20)).toBe(LABEL.hair);
  });
});
