import { describe, expect, it } from 'vitest';
import type { FlatSquare } from '../../../src/photo/card/findFlatSquares.ts';
import { growLattices } from '../../../src/photo/card/growLattice.ts';
import { seeded } from '../../fixtures/charts/renderChart.ts';

/** Centres of 6 × 4 squares 30 px apart, turned, each placed and measured a little wrong, in no order. */
function grid(turnDeg: number, share: number, missing: readonly number[] = []): FlatSquare[] {
  const [cos, sin] = [Math.cos((turnDeg * Math.PI) / 180), Math.sin((turnDeg * Math.PI) / 180)];
  const random = seeded(turnDeg + 1);
  const slip = () => 2 * (random() - 0.5);
  const sidePx = 30 * share;
  const spread = sidePx ** 2 / 12;
  return Array.from({ length: 24 }, (_, i) => [30 * (i % 6), 30 * Math.floor(i / 6)] as const)
    .filter((_, i) => !missing.includes(i))
    .map(([x, y]) => {
      return {
        x: 300 + x * cos - y * sin + slip(),
        y: 300 + x * sin + y * cos + slip(),
        sidePx,
        xx: spread * (1 + 0.08 * slip()),
        xy: 0.08 * spread * slip(),
        yy: spread * (1 + 0.08 * slip()),
      };
    })
    .sort(() => slip());
}

describe('growLattices', () => {
  it.each([0.72, 0.86, 0.92])('joins all squares of a grid that fill %f of their cells, not every second', (share) => {
    for (let turnDeg = 0; turnDeg < 360; turnDeg += 7) {
      const sizes = growLattices(grid(turnDeg, share)).map((lattice) => lattice.nodes.length);
      expect(sizes, `turned by ${turnDeg}°`).toEqual([24]);
    }
  });

  it('bridges missing squares and keeps their places free', () => {
    const [lattice] = growLattices(grid(33, 0.86, [7, 8, 14, 23]));
    expect(lattice!.nodes.length).toBe(20);
    const columns = lattice!.nodes.map((node) => node.column);
    const rows = lattice!.nodes.map((node) => node.row);
    const spans = [Math.max(...columns) - Math.min(...columns), Math.max(...rows) - Math.min(...rows)];
    expect(spans.sort()).toEqual([3, 5]);
  });

  it('makes nothing of a few lone squares', () => {
    expect(growLattices(grid(10, 0.86).slice(0, 4))).toEqual([]);
  });
});
