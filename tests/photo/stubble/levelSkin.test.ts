import { afterEach, beforeEach, expect, it } from 'vitest';
import { bytesAt, floatsAt, giveBack, markRoom, takeRoom } from '../../../src/photo/kernels.ts';
import { levelSkin } from '../../../src/photo/stubble/levelSkin.ts';
import type { Patch } from '../../../src/photo/stubble/readPatches.ts';
import { responseOf } from '../../../src/photo/stubble/segmentFibres.ts';

/** Not whole blocks of 4 × 4. */
const [WIDTH, HEIGHT] = [58, 43];
const SKIN = [0.5, 0.3, 0.2] as const;
const shadeAt = (x: number, y: number) => 1 + 0.0012 * x - 0.0008 * y;
/** A dark shaft down the patch. */
const isHair = (x: number) => x >= 20 && x < 23;
const isClipped = (x: number, y: number) => x === WIDTH - 1 || y === HEIGHT - 1;

let mark = 0;
beforeEach(() => {
  mark = markRoom();
});
afterEach(() => giveBack(mark));

/** What lay in the memory before must not matter. */
function drawPatch(): Patch {
  const pixels = WIDTH * HEIGHT;
  const patch = { widthPx: WIDTH, heightPx: HEIGHT, rgb: takeRoom(12 * pixels), clipped: takeRoom(pixels) };
  const dirt = takeRoom(400_000);
  floatsAt(dirt, 100_000).fill(Number.NaN);
  giveBack(dirt);
  const [rgb, clipped] = [floatsAt(patch.rgb, 3 * pixels), bytesAt(patch.clipped, pixels)];
  for (let y = 0, i = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++, i++) {
      clipped[i] = isClipped(x, y) ? 1 : 0;
      for (let c = 0; c < 3; c++)
        rgb[3 * i + c] = isClipped(x, y) ? 1 : (isHair(x) ? 0.3 : 1) * shadeAt(x, y) * SKIN[c]!;
    }
  return patch;
}

it('divides by the skin between hairs, whatever the shading, and leaves out what is clipped', () => {
  const level = levelSkin(drawPatch(), 12);
  const ratios = floatsAt(level.ratioY, WIDTH * HEIGHT);
  for (let y = 2; y < HEIGHT - 2; y++)
    for (let x = 2; x < WIDTH - 2; x++) {
      const ratio = ratios[y * WIDTH + x]!;
      expect(ratio, `at ${x}, ${y}`).toBeGreaterThan(isHair(x) ? 0.28 : 0.96);
      expect(ratio, `at ${x}, ${y}`).toBeLessThan(isHair(x) ? 0.32 : 1.04);
    }
  expect(level.noise).toBeLessThan(0.05);
});

it('tells the mean ratio of each channel in each quarter, and the mean light', () => {
  const level = levelSkin(drawPatch(), 12);
  expect(level.quarters).toHaveLength(4);
  // Of the 32 columns of the eight blocks on the left three are hair, on the right none.
  for (const [k, quarter] of level.quarters.entries()) {
    const wanted = k % 2 === 0 ? 1 - (0.7 * 3) / 32 : 1;
    for (const ratio of quarter) expect(Math.abs(ratio - wanted)).toBeLessThan(0.04);
    // The channels are shaded alike.
    expect(Math.max(...quarter) - Math.min(...quarter)).toBeLessThan(1e-4);
  }
  let sum = 0;
  const rgb = floatsAt(drawPatch().rgb, 3 * WIDTH * HEIGHT);
  for (let i = 0; i < rgb.length; i += 3) sum += 0.2126 * rgb[i]! + 0.7152 * rgb[i + 1]! + 0.0722 * rgb[i + 2]!;
  expect(level.light).toBeCloseTo(sum / (WIDTH * HEIGHT), 4);
});

it('averages missing light over 3 × 3 pixels, over fewer at the edges, and counts it', () => {
  const level = levelSkin(drawPatch(), 12);
  const { values, counts } = responseOf(level);
  const [ratios, response] = [floatsAt(level.ratioY, WIDTH * HEIGHT), floatsAt(values, WIDTH * HEIGHT)];
  const wantedCounts = new Int32Array(256);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      let [sum, count] = [0, 0];
      for (let v = Math.max(0, y - 1); v <= Math.min(HEIGHT - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(WIDTH - 1, x + 1); u++) {
          sum += ratios[v * WIDTH + u]!;
          count++;
        }
      const here = response[y * WIDTH + x]!;
      expect(here).toBeCloseTo(1 - sum / count, 5);
      wantedCounts[Math.max(0, Math.min(255, Math.floor(128 * (1 + here))))]!++;
    }
  expect(counts).toEqual(wantedCounts);
});
