import { describe, expect, it } from 'vitest';
import { lab65 } from '../../src/colour/lab65.ts';
import {
  channelQuantile,
  covarianceOfCentre,
  geometricMedian,
  marginalMedian,
  meanShiftMode,
  robustSpread,
} from '../../src/colour/robustCentre.ts';

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function normalColours(n: number, centre: readonly number[], sd: number, random: () => number): Float32Array {
  const out = new Float32Array(3 * n);
  for (let i = 0; i < out.length; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    out[i] = centre[i % 3]! + sd * radius * Math.cos(2 * Math.PI * random());
  }
  return out;
}

describe('robust centre of colours', () => {
  it('finds quantiles as sorting does', () => {
    const random = seeded(1);
    const list = Float32Array.from({ length: 3 * 1001 }, () => 100 * random());
    const sorted = [...list].filter((_, i) => i % 3 === 1).sort((p, q) => p - q);
    for (const q of [0.1, 0.5, 0.9]) expect(channelQuantile(list, 1, q)).toBeCloseTo(sorted[1000 * q]!, 3);
  });

  it('gives a constant list its own value', () => {
    const list = Float32Array.from({ length: 30 }, (_, i) => [50, 10, 20][i % 3]!);
    expect([...marginalMedian(list)]).toEqual([50, 10, 20]);
    expect(robustSpread(list, 0)).toBe(0);
  });

  it('stays on the dense colour when 40 % of the pixels are something else', () => {
    const random = seeded(2);
    const skin = normalColours(6000, [60, 14, 18], 1, random);
    const hair = normalColours(4000, [20, 3, 4], 4, random);
    const list = new Float32Array([...skin, ...hair]);
    const mode = meanShiftMode(list, marginalMedian(list), 3);
    const centre = geometricMedian(list, mode, 6);
    expect(Math.abs(centre[0] - 60)).toBeLessThan(0.15);
    expect(Math.abs(centre[1] - 14)).toBeLessThan(0.15);
    expect(Math.abs(centre[2] - 18)).toBeLessThan(0.15);
  });

  it('stays where it was put when nothing is near, and has no quantile of nothing', () => {
    const list = Float32Array.from([10, 0, 0, 12, 0, 0]);
    const far = lab65(90, 0, 0);
    expect(meanShiftMode(list, far, 3)).toEqual(far);
    expect(geometricMedian(list, far, 3)).toEqual(far);
    expect(channelQuantile(new Float32Array(0), 0, 0.5)).toBeNaN();
  });

  it('knows no spread from one block, and passes over blocks without pixels', () => {
    const list = Float32Array.from([50, 0, 0, 52, 0, 0, 56, 0, 0, 58, 0, 0]);
    expect(covarianceOfCentre(list, Uint16Array.of(0, 0, 0, 0), 1)).toEqual(new Array(9).fill(0));
    const pairs = covarianceOfCentre(list, Uint16Array.of(0, 0, 2, 2), 3);
    // Block means 51 and 57: their mean has the variance 6² / 2 / 2.
    expect(pairs[0]).toBeCloseTo(9, 9);
    expect(pairs).toEqual(covarianceOfCentre(list, Uint16Array.of(0, 0, 1, 1), 2));
  });

  it('minimises the sum of distances', () => {
    const random = seeded(3);
    const list = normalColours(500, [40, 5, 5], 3, random);
    const centre = geometricMedian(list, lab65(40, 5, 5), 100);
    const cost = (L: number, a: number, b: number) => {
      let sum = 0;
      for (let i = 0; i < list.length; i += 3) sum += Math.hypot(list[i]! - L, list[i + 1]! - a, list[i + 2]! - b);
      return sum;
    };
    const best = cost(...(centre as unknown as [number, number, number]));
    for (const [dL, da, db] of [
      [0.1, 0, 0],
      [-0.1, 0, 0],
      [0, 0.1, 0],
      [0, -0.1, 0],
      [0, 0, 0.1],
      [0, 0, -0.1],
    ] as const)
      expect(cost(centre[0] + dL, centre[1] + da, centre[2] + db)).toBeGreaterThan(best);
  });

  it('gives independent pixels σ²/n and correlated blocks their own larger variance', () => {
    const random = seeded(4);
    const blocks = 100;
    const perBlock = 50;
    const block = Uint16Array.from({ length: blocks * perBlock }, (_, i) => Math.floor(i / perBlock));
    const noise = normalColours(block.length, [50, 0, 0], 2, random);
    const independent = covarianceOfCentre(noise, block, blocks);
    expect(independent[0] / (4 / block.length)).toBeGreaterThan(0.6);
    expect(independent[0] / (4 / block.length)).toBeLessThan(1.6);
    const shading = normalColours(blocks, [0, 0, 0], 3, random);
    const shaded = noise.map((v, i) => (i % 3 === 0 ? v + shading[3 * block[i / 3]!]! : v));
    expect(covarianceOfCentre(shaded, block, blocks)[0] / (9 / blocks)).toBeGreaterThan(0.6);
  });
});
