import { expect, it } from 'vitest';
import { addDarkHair } from '../../../src/photo/regions/addDarkHair.ts';
import type { Features } from '../../../src/photo/regions/readFeatures.ts';

const SIDE = 80;
const SKIN = { lightness: 22, redness: 0.34, warmth: 1.1, texture: 0.6, coherence: 0.15 };

/** A head of skin in columns 30 to 49; beside it columns 18 to 29 of the given look, from row 10 on; else a light wall. */
function headAfter(beside: { lightness: number; texture: number; redness: number }, left = 18, top = 10): Uint8Array {
  const plane = () => new Float32Array(SIDE * SIDE);
  const [lightness, texture, redness] = [plane(), plane(), plane()];
  const head = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < head.length; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const look =
      y < top || x < left || x >= 50 ? { lightness: 70, texture: 0.3, redness: -0.15 } : x < 30 ? beside : SKIN;
    [lightness[i], texture[i], redness[i]] = [look.lightness, look.texture, look.redness];
    if (x >= 30 && x < 50 && y >= top) head[i] = 1;
  }
  const features: Features = {
    ...{ widthPx: SIDE, heightPx: SIDE, scale: 1, lightness, smoothLightness: lightness, redness, texture },
    ...{ warmth: plane(), darkness: plane(), coherence: plane() },
  };
  addDarkHair(features, SKIN, head, new Uint8Array(head.length).fill(1));
  return head;
}

const isAdded = (head: Uint8Array) => head[40 * SIDE + 22] === 1;
const BLACK_HAIR = { lightness: 14, texture: 1.5, redness: -0.05 };

it('adds black side hair that is no redder than grey', () => {
  expect(isAdded(headAfter(BLACK_HAIR))).toBe(true);
});

it.each([
  ['a smooth shadow', { ...BLACK_HAIR, texture: 0.7 }],
  ['a blue garment', { ...BLACK_HAIR, redness: -0.5 }],
  ['a grey garment', { ...BLACK_HAIR, lightness: 45 }],
])('leaves out %s', (_, beside) => {
  expect(isAdded(headAfter(beside))).toBe(false);
});

it('leaves out what fills the border of the photo', () => {
  expect(isAdded(headAfter(BLACK_HAIR, 0, 0))).toBe(false);
});
