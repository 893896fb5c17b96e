import { expect, it } from 'vitest';
import { floatsAt, giveBack, markRoom, takeRoom } from '../../../src/photo/kernels.ts';
import type { LevelledPatch } from '../../../src/photo/stubble/levelSkin.ts';
import { responseOf } from '../../../src/photo/stubble/segmentFibres.ts';
import { ShaftCuts } from '../../../src/photo/stubble/shaftCuts.ts';
import { traceShafts } from '../../../src/photo/stubble/traceShafts.ts';

const SIDE = 61;
const SIGMA = 1.2;
const DEPTH = 0.6;

/** Straight shafts across a whole patch of bare skin, through its middle and so far beside it; blurred. */
function drawShafts(angle: number, places: readonly number[]): LevelledPatch {
  const blocks = Math.ceil(SIDE / 4) ** 2;
  const [ratioY, rgb, levels] = [takeRoom(4 * SIDE * SIDE), takeRoom(12 * SIDE * SIDE), takeRoom(16 * blocks)];
  floatsAt(levels, 4 * blocks).fill(0.5);
  const [ratios, colours] = [floatsAt(ratioY, SIDE * SIDE), floatsAt(rgb, 3 * SIDE * SIDE)];
  for (let y = 0, i = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++, i++) {
      const across = (y - SIDE / 2) * Math.cos(angle) - (x - SIDE / 2) * Math.sin(angle);
      const missing = places.reduce((sum, at) => sum + DEPTH * Math.exp(-0.5 * ((across - at) / SIGMA) ** 2), 0);
      ratios[i] = 1 - missing;
      for (let c = 0; c < 3; c++) colours[3 * i + c] = 1 - missing * [1, 0.9, 0.8][c]!;
    }
  return { widthPx: SIDE, heightPx: SIDE, ratioY, rgb, levels, gain: 0.5, quarters: [], light: 0.5, noise: 0.01 };
}

function cutsOf(angle: number, places: readonly number[]): ShaftCuts {
  const mark = markRoom();
  const patch = drawShafts(angle, places);
  const cuts = new ShaftCuts();
  traceShafts(patch, responseOf(patch), 0.1, cuts);
  giveBack(mark);
  return cuts;
}

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

it.each([0, 30, 45, 77, 90, 120, 160])('tells the depth and the area of a shaft that runs at %i°', (degrees) => {
  const { count, depth, area, depthRgb } = cutsOf((degrees * Math.PI) / 180, [0.3]);
  expect(count).toBeGreaterThan(5);
  expect(mean(depth)).toBeCloseTo(DEPTH, 1);
  // The steeper side counts, so that pixels draw it down a little.
  const whole = DEPTH * SIGMA * Math.sqrt(2 * Math.PI);
  expect(mean(area)).toBeGreaterThan(0.75 * whole);
  expect(mean(area)).toBeLessThan(1.02 * whole);
  expect(mean(depthRgb[2]) / mean(depthRgb[0])).toBeCloseTo(0.8, 3);
});

it('leaves out shafts that lie side by side, and finds none on bare skin', () => {
  expect(cutsOf(0.4, [-4, 0, 4]).count).toBe(0);
  expect(cutsOf(0, []).count).toBe(0);
});
