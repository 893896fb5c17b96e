import { rootOf } from './rootOf';

/** n, Σx, Σy, Σx², Σxy, Σy² of each region, in double precision. */
const SUMS_BYTES: usize = 48;
/** Start, end and region of a run. */
const RUN_BYTES: usize = 12;

/** `other` becomes part of `region`; both are roots. */
function join(parents: usize, sums: usize, region: i32, other: i32): void {
  store<i32>(parents + 4 * other, region);
  const to = sums + SUMS_BYTES * region;
  const from = sums + SUMS_BYTES * other;
  for (let at: usize = 0; at < SUMS_BYTES; at += 16)
    v128.store(to + at, f64x2.add(v128.load(to + at), v128.load(from + at)));
}

function add(to: usize, value: f64): void {
  store<f64>(to, load<f64>(to) + value);
}

function addRun(sums: usize, start: i32, end: i32, y: i32): void {
  const n = <f64>(end - start);
  const first = (<f64>(start + end - 1) * n) / 2;
  const last = <f64>(end - 1);
  const before = <f64>(start - 1);
  const second = (last * (last + 1) * (2 * last + 1) - before * (before + 1) * (2 * before + 1)) / 6;
  const row = <f64>y;
  add(sums, n);
  add(sums + 8, first);
  add(sums + 16, n * row);
  add(sums + 24, second);
  add(sums + 32, first * row);
  add(sums + 40, n * row * row);
}

/** Writes the runs of values under `step` between the rim of a row, whose last value ends the last; where they end. */
function findRuns(row: usize, widthPx: i32, step: i32, runs: usize): usize {
  for (let x = 1; x < widthPx - 1; x++) {
    if (<i32>load<u8>(row + x) >= step) continue;
    store<i32>(runs, x);
    while (<i32>load<u8>(row + x) < step) x++;
    store<i32>(runs, x, 4);
    runs += RUN_BYTES;
  }
  return runs;
}

/**
 * Connected regions of values under `step`: moments of runs, 4-connected, by union of runs of neighbouring rows. The rim of
 * `plane` is 255.
 * @param runs room for two rows of runs, each of `rowBytes`
 * @param parents room for a number a region, half as many as pixels at most: itself where it is no part of another
 * @param sums room for six numbers a region
 * @returns how many regions were begun
 */
export function findRegions(
  plane: usize,
  widthPx: i32,
  heightPx: i32,
  step: i32,
  runs: usize,
  rowBytes: i32,
  parents: usize,
  sums: usize,
): i32 {
  let count = 0;
  let above = runs;
  let aboveEnd = above;
  for (let y = 1; y < heightPx - 1; y++) {
    const row = above === runs ? runs + rowBytes : runs;
    const end = findRuns(plane + y * widthPx, widthPx, step, row);
    let next = above;
    for (let run = row; run < end; run += RUN_BYTES) {
      const start = load<i32>(run);
      const stop = load<i32>(run, 4);
      let region = -1;
      while (next < aboveEnd && load<i32>(next, 4) <= start) next += RUN_BYTES;
      for (let k = next; k < aboveEnd && load<i32>(k) < stop; k += RUN_BYTES) {
        const other = <i32>rootOf(parents, 4, load<u32>(k, 8));
        if (region < 0) region = other;
        else if (region !== other) join(parents, sums, region, other);
      }
      if (region < 0) {
        region = count++;
        store<i32>(parents + 4 * region, region);
        memory.fill(sums + SUMS_BYTES * region, 0, SUMS_BYTES);
      }
      addRun(sums + SUMS_BYTES * region, start, stop, y);
      store<i32>(run, region, 8);
    }
    above = row;
    aboveEnd = end;
  }
  return count;
}
