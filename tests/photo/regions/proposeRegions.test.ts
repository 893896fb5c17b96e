import { describe, expect, it } from 'vitest';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { LABEL, labelAt } from '../../../src/photo/regions/labelMap.ts';
import { proposeRegions, type RegionProposal } from '../../../src/photo/regions/proposeRegions.ts';
import { reducePhoto } from '../../../src/photo/workingImage.ts';
import { noiseAt, PAINT, paintHead, paintPhoto, partAt } from './paintedHead.ts';

function propose(raster: RasterPhoto, options = {}): RegionProposal {
  return proposeRegions(reducePhoto(raster, 400), raster, options);
}

/** Intersection over union of one label with the truth. */
function overlap(raster: RasterPhoto, proposal: RegionProposal, label: 1 | 2): number {
  let both = 0;
  let either = 0;
  for (let y = 0; y < raster.heightPx; y += 2)
    for (let x = 0; x < raster.widthPx; x += 2) {
      const truth = partAt(x, y, raster.widthPx, raster.heightPx) === (label === LABEL.skin ? 'skin' : 'hair');
      const found = labelAt(proposal.labels, x, y) === label;
      if (truth && found) both++;
      if (truth || found) either++;
    }
  return both / either;
}

describe('proposeRegions on a painted head', () => {
  it.each([
    ['black hair, fair skin', PAINT.fairSkin, PAINT.blackHair],
    ['brown hair, fair skin', PAINT.fairSkin, PAINT.brownHair],
    ['white hair, fair skin', PAINT.fairSkin, PAINT.whiteHair],
    ['black hair, dark skin', PAINT.darkSkin, PAINT.blackHair],
  ])('%s: both areas overlap the truth by 80 %%', (_, skin, hair) => {
    const raster = paintHead(skin, hair, PAINT.greyWall);
    const proposal = propose(raster);
    expect(proposal.found).toEqual({ skin: true, hair: true });
    expect(overlap(raster, proposal, LABEL.skin)).toBeGreaterThan(0.8);
    expect(overlap(raster, proposal, LABEL.hair)).toBeGreaterThan(0.8);
    for (const [x, y, w, h] of proposal.skinBoxes)
      expect(partAt(x + w / 2, y + h / 2, raster.widthPx, raster.heightPx)).toBe('skin');
    for (const [x, y, w, h] of proposal.hairBoxes)
      expect(partAt(x + w / 2, y + h / 2, raster.widthPx, raster.heightPx)).toBe('hair');
  });

  it('leaves out a mole and a drawn line, and no other skin', () => {
    const bare = paintHead(PAINT.fairSkin, PAINT.brownHair, PAINT.greyWall);
    const raster = { ...bare, data: bare.data.slice() };
    const isMole = (x: number, y: number) => Math.hypot(x - 140, y - 250) < 6;
    const isLine = (x: number, y: number) => Math.abs(y - 222) < 3 && x > 170 && x < 235;
    for (let y = 0; y < 300; y++)
      for (let x = 0; x < 360; x++) {
        const code = isMole(x, y) ? 70 : isLine(x, y) ? 245 : null;
        if (code !== null) raster.data.fill(code, 3 * (360 * y + x), 3 * (360 * y + x) + 3);
      }
    const { labels } = propose(raster);
    expect(labelAt(labels, 140, 250)).toBe(LABEL.avoid);
    for (const x of [180, 200, 225]) expect(labelAt(labels, x, 222)).toBe(LABEL.avoid);
    for (const x of [110, 160, 200, 230]) expect(labelAt(labels, x, 240)).toBe(LABEL.skin);
    expect(propose(bare).labels.labels.includes(LABEL.avoid)).toBe(false);
  });

  it('takes skin from the lit side of a half-shadowed head', () => {
    const bare = paintHead(PAINT.fairSkin, PAINT.brownHair, PAINT.greyWall);
    const raster = {
      ...bare,
      data: bare.data.map((code, i) => ((i / 3) % 360 < 150 ? Math.round(0.55 * code) : code)),
    };
    const { skinBoxes } = propose(raster);
    expect(skinBoxes.length).toBeGreaterThan(0);
    for (const [x] of skinBoxes) expect(x).toBeGreaterThanOrEqual(150);
  });

  it('takes no shadow for skin in which nothing can be seen', () => {
    const bare = paintHead(PAINT.fairSkin, PAINT.brownHair, PAINT.greyWall);
    const raster = { ...bare, data: bare.data.map((code, i) => (i / 3 / 360 > 262 ? Math.round(0.05 * code) : code)) };
    const { labels } = propose(raster);
    expect(labelAt(labels, 180, 285)).toBe(LABEL.other);
    expect(labelAt(labels, 180, 240)).toBe(LABEL.skin);
    expect(labelAt(propose(bare).labels, 180, 285)).toBe(LABEL.skin);
  });

  it('names two pictures in one file, side by side or one over the other, and nothing in a single photo', () => {
    const one = paintHead(PAINT.fairSkin, PAINT.brownHair, PAINT.greyWall);
    const other = paintHead(PAINT.darkSkin, PAINT.blackHair, PAINT.wood);
    const join = (from: (x: number, y: number) => [RasterPhoto, x: number, y: number]): RasterPhoto => {
      const data = new Uint8Array(one.data.length);
      for (let y = 0; y < 300; y++)
        for (let x = 0; x < 360; x++) {
          const [source, u, v] = from(x, y);
          for (let c = 0; c < 3; c++) data[3 * (360 * y + x) + c] = source.data[3 * (360 * v + u) + c]!;
        }
      return { ...one, data };
    };
    const glued = join((x, y) => [x < 180 ? one : other, (x % 180) + 90, y]);
    const inset = join((x, y) =>
      x >= 200 && y >= 140 ? [other, (x - 200) * 2 + 20, (y - 140) * 1 + 130] : [one, x, y],
    );
    const named = (raster: RasterPhoto) => propose(raster).notes.some(({ check }) => check === 'composite');
    expect([named(one), named(other), named(glued), named(inset)]).toEqual([false, false, true, true]);
  });

  it('labels an avoided box and nothing in it', () => {
    const raster = paintHead(PAINT.fairSkin, PAINT.brownHair, PAINT.greyWall);
    const proposal = propose(raster, { avoidBoxes: [[150, 200, 60, 60]] });
    expect(labelAt(proposal.labels, 180, 230)).toBe(LABEL.avoid);
    expect(labelAt(proposal.labels, 130, 230)).toBe(LABEL.skin);
  });

  it('gives the same answer twice', () => {
    const raster = paintHead(PAINT.fairSkin, PAINT.brownHair, PAINT.greyWall);
    expect(propose(raster)).toEqual(propose(raster));
  });
});

describe('proposeRegions where something is missing', () => {
  it('finds no hair on a bald head and says so', () => {
    const raster = paintPhoto(360, 300, (x, y) => {
      const part = partAt(x, y, 360, 300);
      return part === 'wall' ? [PAINT.greyWall, 1] : [PAINT.fairSkin, 1.05 - 0.35 * Math.abs(x / 360 - 0.5)];
    });
    const proposal = propose(raster);
    expect(proposal.found).toEqual({ skin: true, hair: false });
    expect(proposal.hairKind).toBe('none');
    expect(proposal.notes.map((note) => note.check)).toContain('hairVisible');
  });

  it('finds no skin where hair fills the frame', () => {
    const raster = paintPhoto(360, 300, (x, y) => {
      const strand = noiseAt(Math.floor((x + 0.3 * y) / 2), Math.floor(y / 9), 2);
      return [PAINT.brownHair, 0.4 + 1.1 * strand];
    });
    const proposal = propose(raster);
    expect(proposal.found).toEqual({ skin: false, hair: true });
    expect(proposal.notes.map((note) => note.check)).toContain('skinVisible');
  });

  it('does not take a grey wall for a scalp', () => {
    const proposal = propose(paintPhoto(360, 300, (x) => [PAINT.greyWall, 1 - 0.1 * (x / 360)]));
    expect(proposal.scalp.isScalp).toBe(false);
    expect(proposal.notes.map((note) => note.check)).toEqual(['scalp']);
  });

  it('leaves a wooden table out of skin', () => {
    const raster = paintHead(PAINT.fairSkin, PAINT.blackHair, PAINT.wood);
    expect(overlap(raster, propose(raster), LABEL.skin)).toBeGreaterThan(0.8);
  });
});
