/** Part of a picture: a box of pixels, and in each of its rows a span of columns counted from its left. */
export interface PictureBox {
  readonly left: number;
  readonly top: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** First column of each row's span and the one after its last; equal where nothing of the row belongs to it. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

type Size = { readonly widthPx: number; readonly heightPx: number };

export function wholeBox({ widthPx, heightPx }: Size): PictureBox {
  const from = new Int32Array(heightPx);
  return { left: 0, top: 0, widthPx, heightPx, from, to: new Int32Array(heightPx).fill(widthPx) };
}

/** The pixels of the cells of a grid that are not 0, and a rim of `reachPx` round them. */
export function boxAround(values: Float32Array, grid: Size, picture: Size, reachPx: number): PictureBox {
  const scaleX = picture.widthPx / grid.widthPx;
  const scaleY = picture.heightPx / grid.heightPx;
  const first = new Int32Array(picture.heightPx).fill(picture.widthPx);
  const last = new Int32Array(picture.heightPx);
  for (let row = 0; row < grid.heightPx; row++) {
    const cells = values.subarray(row * grid.widthPx, (row + 1) * grid.widthPx);
    let left = 0;
    let right = grid.widthPx - 1;
    while (left <= right && cells[left] === 0) left++;
    if (left > right) continue;
    while (cells[right] === 0) right--;
    const [x0, x1] = [Math.floor(left * scaleX - reachPx), Math.ceil((right + 1) * scaleX + reachPx)];
    const bottom = Math.min(picture.heightPx, Math.ceil((row + 1) * scaleY + reachPx));
    for (let y = Math.max(0, Math.floor(row * scaleY - reachPx)); y < bottom; y++) {
      first[y] = Math.max(0, Math.min(first[y]!, x0));
      last[y] = Math.min(picture.widthPx, Math.max(last[y]!, x1));
    }
  }
  const top = last.findIndex((x) => x > 0);
  if (top < 0) return { left: 0, top: 0, widthPx: 0, heightPx: 0, from: new Int32Array(0), to: new Int32Array(0) };
  const bottom = last.findLastIndex((x) => x > 0) + 1;
  const rows = first.subarray(top, bottom);
  const left = rows.reduce((least, x) => Math.min(least, x), picture.widthPx);
  const right = last.reduce((most, x) => Math.max(most, x), 0);
  return {
    left,
    top,
    widthPx: right - left,
    heightPx: bottom - top,
    from: rows.map((x, k) => (last[top + k]! > 0 ? x - left : 0)),
    to: last.slice(top, bottom).map((x) => (x > 0 ? x - left : 0)),
  };
}
