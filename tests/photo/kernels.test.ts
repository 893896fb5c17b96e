import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/matching/seededRandom.ts';
import { bytesAt, floatsAt, giveBack, kernels, markRoom, placeFloats, takeRoom } from '../../src/photo/kernels.ts';

function randomNumbers(count: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: count }, () => random.uniform());
}

describe('room', () => {
  it('is given back with all that was taken after it, and grows where it must', () => {
    const mark = markRoom();
    const first = placeFloats(Float32Array.of(1, 2, 3));
    const large = takeRoom(kernels.memory.buffer.byteLength);
    expect(large).toBeGreaterThan(first);
    expect([...floatsAt(first, 3)]).toEqual([1, 2, 3]);
    giveBack(mark);
    expect(takeRoom(4)).toBe(first);
    giveBack(mark);
  });
});

describe('assignWords', () => {
  it.each([1, 6, 24])('finds the nearest of %i centres for any number of points', (centreCount) => {
    for (const count of [1, 4, 103]) {
      const points = randomNumbers(4 * count, count);
      const centres = randomNumbers(4 * centreCount, 50 + centreCount);
      const mark = markRoom();
      const words = takeRoom(count);
      kernels.assignWords(placeFloats(points), 4 * count, count, placeFloats(centres), centreCount, words);
      const found = [...bytesAt(words, count)];
      giveBack(mark);
      const expected = found.map((_, i) => {
        const distances = Array.from({ length: centreCount }, (_unused, k) =>
          [0, 1, 2, 3].reduce((sum, j) => sum + (points[j * count + i]! - centres[4 * k + j]!) ** 2, 0),
        );
        return distances.indexOf(Math.min(...distances));
      });
      expect(found).toEqual(expected);
    }
  });
});

describe('addCellRow and takeCellMeans', () => {
  it('average whole cells of interleaved pixels, not below 0', () => {
    const [across, factor, cells] = [23, 3, 7];
    const rows = [1, 2, 3].map((seed) => randomNumbers(3 * across, seed).map((value) => value - 0.4));
    const mark = markRoom();
    const sums = placeFloats(new Float32Array(3 * across));
    const planes = [takeRoom(4 * cells), takeRoom(4 * cells), takeRoom(4 * cells)] as const;
    for (const row of rows) kernels.addCellRow(placeFloats(row), sums, 3 * across);
    kernels.takeCellMeans(sums, factor, 1 / factor ** 2, ...planes, cells);
    const means = planes.map((plane) => [...floatsAt(plane, cells)]);
    giveBack(mark);
    for (let c = 0; c < 3; c++)
      for (let cell = 0; cell < cells; cell++) {
        let sum = 0;
        for (const row of rows) for (let k = 0; k < factor; k++) sum += row[3 * (cell * factor + k) + c]!;
        expect(means[c]![cell]).toBeCloseTo(Math.max(0, sum / factor ** 2), 5);
      }
  });
});

describe('readLines and findStandingEdges', () => {
  const [widthPx, heightPx, step] = [61, 47, 4];
  const [near, far, standsOut, grain] = [3, 12, 2.2, 0.012];
  /** Grain, and a sharp edge down the photo and one across it. */
  const rgb = randomNumbers(3 * widthPx * heightPx, 7).map((value, i) => {
    const [x, y] = [Math.floor(i / 3) % widthPx, Math.floor(i / 3 / widthPx)];
    return 0.2 + 0.02 * value + (x >= 30 ? 0.3 : 0) + (y >= 20 ? 0.2 : 0);
  });
  const rootAt = (x: number, y: number, c: number) => Math.sqrt(rgb[3 * (y * widthPx + x) + c]!);

  it.each([false, true])('mark steps that stand out among those beside them (turned: %s)', (turned) => {
    const [stepX, stepY] = turned ? [step, 1] : [1, step];
    const [columns, rows] = [Math.floor(widthPx / stepX), Math.floor(heightPx / stepY)];
    const [across, lines] = turned ? [rows, columns] : [columns, rows];
    const [right, down] = turned ? [4 * rows, 4] : [4, 4 * columns];
    const mark = markRoom();
    const [reds, greens] = [takeRoom(4 * columns * rows), takeRoom(4 * columns * rows)];
    const [room, out] = [takeRoom(12 * across + 128), takeRoom(columns * rows)];
    kernels.readLines(placeFloats(rgb), widthPx, stepX, stepY, columns, rows, right, down, reds, greens);
    bytesAt(out, columns * rows).fill(0);
    kernels.findStandingEdges(reds, greens, across, lines, near, far, standsOut, grain, room, out);
    const found = [...bytesAt(out, columns * rows)];
    giveBack(mark);
    const root = (line: number, at: number, c: number) =>
      turned ? rootAt(step * line, at, c) : rootAt(at, step * line, c);
    const stepAt = (line: number, at: number) =>
      [0, 1].reduce((sum, c) => sum + 0.5 * Math.abs(root(line, at + 1, c) - root(line, at - 1, c)), 0);
    const expected = found.map((_, i) => {
      const [line, at] = [Math.floor(i / across), i % across];
      if (at < far || at >= across - far) return 0;
      const mean = (from: number, to: number) => {
        let sum = 0;
        for (let x = from; x <= to; x++) if (x >= 1 && x < across - 1) sum += stepAt(line, x);
        return sum / (far - near + 1);
      };
      const beside = Math.max(mean(at - far, at - near), mean(at + near, at + far));
      return stepAt(line, at) > standsOut * (beside + grain) ? 1 : 0;
    });
    expect(found).toEqual(expected);
    expect(found).toContain(1);
  });
});
