import { describe, expect, it } from 'vitest';
import { SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { LABEL, labelAt } from '../../../src/photo/regions/labelMap.ts';
import { proposeRegions, type RegionProposal } from '../../../src/photo/regions/proposeRegions.ts';
import { reducePhoto } from '../../../src/photo/workingImage.ts';
import { renderScene } from '../../fixtures/scenes/renderScene.ts';
import { sceneSet } from '../../fixtures/scenes/sceneSet.ts';
import type { CoverSpec, SceneSpec } from '../../fixtures/scenes/sceneSpec.ts';

const SHRINK = 0.625;

/** Close-ups of stubble and bare skin, black hair on brown and on pale skin, smaller than the ordinary. */
const [BROWN, PALE] = [6, 1].map((index): SceneSpec => {
  const spec = sceneSet('skin-nocard', 7, 41)[index]!;
  const { widthPx, heightPx, pxPerMm } = spec;
  return { ...spec, widthPx: widthPx * SHRINK, heightPx: heightPx * SHRINK, pxPerMm: pxPerMm * SHRINK };
}) as [SceneSpec, SceneSpec];

const GLOVE: CoverSpec = { from: [1.1, 0.75], to: [0.45, 0.55], widthMm: 17, reflectance: 0.03, gloss: 1 };
const TOWEL: CoverSpec = { from: [-0.1, 1.02], to: [1.1, 1.02], widthMm: 22, reflectance: 0.8, gloss: 0 };
const SHIRT: CoverSpec = { ...TOWEL, reflectance: 0.05 };

function propose(spec: SceneSpec, covers: readonly CoverSpec[]): RegionProposal {
  const { widthPx, heightPx, rgb } = renderScene({ ...spec, covers });
  const table = SRGB8_TO_LINEAR;
  const raster: RasterPhoto = { widthPx, heightPx, data: rgb, toLinear: [table, table, table], toSrgb: null };
  return proposeRegions(reducePhoto(raster, 1024), raster);
}

/** Labels at places along a cover's middle line that lie in the picture. */
function labelsAlong({ labels }: RegionProposal, { from, to }: CoverSpec, lift = 0): number[] {
  const found: number[] = [];
  for (let t = 0.05; t < 1; t += 0.05) {
    const x = from[0] + t * (to[0] - from[0]);
    const y = from[1] + t * (to[1] - from[1]) - lift;
    if (x > 0.02 && x < 0.98)
      found.push(labelAt(labels, (x * labels.widthPx) / labels.scale, (y * labels.heightPx) / labels.scale));
  }
  return found;
}

describe('black, grey and white things on a head', () => {
  it.each([
    ['a black glove on brown skin', BROWN, GLOVE, 0],
    ['a black glove on pale skin', PALE, GLOVE, 0],
    ['a white towel', PALE, TOWEL, 0.06],
    ['a black shirt', PALE, SHIRT, 0.06],
  ])('%s is neither skin nor hair', (_, spec, cover, lift) => {
    const proposal = propose(spec, [cover]);
    expect(new Set(labelsAlong(proposal, cover, lift))).toEqual(new Set([LABEL.other]));
    expect(proposal.found).toEqual({ skin: true, hair: true });
  });

  it('shine on bare skin is no white cloth', () => {
    const oily = { ...PALE, hair: null, light: { ...PALE.light, gloss: 2 } };
    expect(propose(oily, []).foreign).toEqual([]);
  });
});
