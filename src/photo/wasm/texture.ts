/** Radii of the means on both sides of the band; see `../regions/measureTexture.ts`. */
const NARROW = 1;
const WIDE = 4;

/** Moves the sums of the columns in a window of 2·radius + 1 rows to row `y`. */
function slide(values: usize, row: usize, y: i32, heightPx: i32, radius: i32, sums: usize): void {
  const enters = y + radius < heightPx;
  const leaves = y > radius;
  const enter = values + (y + radius) * row;
  const leave = values + (y - radius - 1) * row;
  for (let x: usize = 0; x < row; x += 16) {
    let sum = v128.load(sums + x);
    if (enters) sum = f32x4.add(sum, v128.load(enter + x));
    if (leaves) sum = f32x4.sub(sum, v128.load(leave + x));
    v128.store(sums + x, sum);
  }
  // Beyond the last column is nothing, but the last four may have read on into the next row.
  v128.store(sums + row, f32x4.splat(0));
}

/** Sums of the narrow windows about four neighbouring columns. */
function acrossNarrow(sums: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(sums - 4), v128.load(sums, 4)), v128.load(sums));
}

function acrossWide(sums: usize): v128 {
  const far = f32x4.add(v128.load(sums - 16), v128.load(sums, 16));
  const fairlyFar = f32x4.add(v128.load(sums - 12), v128.load(sums, 12));
  const near = f32x4.add(v128.load(sums - 8), v128.load(sums, 8));
  return f32x4.add(f32x4.add(f32x4.add(far, fairlyFar), near), acrossNarrow(sums));
}

function add(to: usize, value: v128): void {
  v128.store(to, f32x4.add(v128.load(to), value));
}

/** Adds what a row tells of roughness to the sums of its columns, and writes its band: the narrow mean without the wide one. */
function addTexture(
  values: usize,
  row: usize,
  narrow: usize,
  narrowGains: usize,
  narrowGain: f32,
  wide: usize,
  wideGains: usize,
  wideGain: f32,
  band: usize,
  energies: usize,
  signs: usize,
  sizes: usize,
): void {
  const narrowScale = f32x4.splat(narrowGain);
  const wideScale = f32x4.splat(wideGain);
  const share = f32x4.splat(0.36);
  for (let x: usize = 0; x < row; x += 16) {
    const smooth = f32x4.mul(acrossNarrow(narrow + x), f32x4.mul(narrowScale, v128.load(narrowGains + x)));
    const mean = f32x4.mul(acrossWide(wide + x), f32x4.mul(wideScale, v128.load(wideGains + x)));
    const coarse = f32x4.sub(smooth, mean);
    v128.store(band + x, coarse);
    const detail = f32x4.sub(v128.load(values + x), smooth);
    const depth = f32x4.neg(f32x4.add(detail, coarse));
    add(energies + x, f32x4.add(f32x4.mul(detail, detail), f32x4.mul(share, f32x4.mul(coarse, coarse))));
    add(signs + x, f32x4.mul(depth, f32x4.abs(depth)));
    add(sizes + x, f32x4.mul(depth, depth));
  }
}

/** Adds what a row tells of direction to the sums of its columns: differences of the band, not of shading. */
function addDirection(above: usize, band: usize, below: usize, row: usize, xx: usize, yy: usize, xy: usize): void {
  for (let x: usize = 0; x < row; x += 16) {
    const dx = f32x4.sub(v128.load(band + x + 4), v128.load(band + x - 4));
    const dy = f32x4.sub(v128.load(below + x), v128.load(above + x));
    add(xx + x, f32x4.mul(dx, dx));
    add(yy + x, f32x4.mul(dy, dy));
    add(xy + x, f32x4.mul(dx, dy));
  }
}

/** Adds a row of sums of columns up by cells, `step` starts apart, and empties it. */
function takeCells(sums: usize, row: usize, columns: usize, starts: i32, step: i32, out: usize): void {
  for (let first = 0; first < starts; first += step, out += 4) {
    const end = sums + 4 * load<i32>(columns + 4 * min(starts, first + step));
    let sum: f32 = 0;
    for (let at = sums + 4 * load<i32>(columns + 4 * first); at < end; at += 4) sum += load<f32>(at);
    store<f32>(out, sum);
  }
  memory.fill(sums, 0, row);
}

/** A row's ends have no neighbour to differ from. */
function dropEnds(sums: usize, row: usize): void {
  store<f32>(sums, 0);
  store<f32>(sums + row - 4, 0);
}

/**
 * Sums over the cells of a grid, row after row, so that each is in the processor's nearest memory.
 * @param columns first pixel of each of `cellsAcross` cells, and the end of the last
 * @param rows the same down the image
 * @param gains for each column 1 over the columns of its narrow window, and `gainBytes` on, over those of its wide one;
 * then as many for each row
 * @param room eleven rows of `roomBytes`, empty, and 64 bytes before them
 * @param energy one number a cell; the others one for two by two cells
 */
export function sumTexture(
  values: usize,
  widthPx: i32,
  heightPx: i32,
  columns: usize,
  cellsAcross: i32,
  rows: usize,
  cellsDown: i32,
  gains: usize,
  gainBytes: i32,
  room: usize,
  roomBytes: i32,
  energy: usize,
  signed: usize,
  size: usize,
  xx: usize,
  yy: usize,
  xy: usize,
): void {
  const row: usize = 4 * widthPx;
  const fine: usize = 4 * cellsAcross;
  const coarse: usize = 4 * ((cellsAcross + 1) >> 1);
  const wideGains = gains + gainBytes;
  const gainsDown = wideGains + gainBytes;
  const narrow = room;
  const wide = narrow + roomBytes;
  const bands = wide + roomBytes;
  const energies = bands + 3 * roomBytes;
  const signs = energies + roomBytes;
  const sizes = signs + roomBytes;
  const sumsXx = sizes + roomBytes;
  const sumsYy = sumsXx + roomBytes;
  const sumsXy = sumsYy + roomBytes;
  for (let y = -WIDE; y < 0; y++) {
    if (y >= -NARROW) slide(values, row, y, heightPx, NARROW, narrow);
    slide(values, row, y, heightPx, WIDE, wide);
  }
  let coarseOfMiddle = 0;
  for (let cell = 0, y = 0; cell < cellsDown; cell++) {
    const coarseCell = cell >> 1;
    for (const end = load<i32>(rows + 4 * cell + 4); y < end; y++) {
      slide(values, row, y, heightPx, NARROW, narrow);
      slide(values, row, y, heightPx, WIDE, wide);
      const band = bands + (y % 3) * roomBytes;
      addTexture(
        values + y * row,
        row,
        narrow,
        gains,
        load<f32>(gainsDown + 4 * y),
        wide,
        wideGains,
        load<f32>(gainsDown + gainBytes + 4 * y),
        band,
        energies,
        signs,
        sizes,
      );
      // Every second row is enough for directions.
      if (y >= 2 && y % 2 === 0)
        addDirection(
          bands + ((y + 1) % 3) * roomBytes,
          bands + ((y + 2) % 3) * roomBytes,
          band,
          row,
          sumsXx,
          sumsYy,
          sumsXy,
        );
      // The next row's middle one is this one.
      const isLast = y === heightPx - 1;
      if (coarseOfMiddle !== coarseCell || isLast) {
        dropEnds(sumsXx, row);
        dropEnds(sumsYy, row);
        dropEnds(sumsXy, row);
        takeCells(sumsXx, row, columns, cellsAcross, 2, xx + coarseOfMiddle * coarse);
        takeCells(sumsYy, row, columns, cellsAcross, 2, yy + coarseOfMiddle * coarse);
        takeCells(sumsXy, row, columns, cellsAcross, 2, xy + coarseOfMiddle * coarse);
        coarseOfMiddle = coarseCell;
      }
    }
    takeCells(energies, row, columns, cellsAcross, 1, energy + cell * fine);
    if (cell % 2 === 0 && cell < cellsDown - 1) continue;
    takeCells(signs, row, columns, cellsAcross, 2, signed + coarseCell * coarse);
    takeCells(sizes, row, columns, cellsAcross, 2, size + coarseCell * coarse);
  }
}
