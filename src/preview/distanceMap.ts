const STRAIGHT = 1;
const DIAGONAL = Math.SQRT2;

/**
 * Distance in cells from every cell to the nearest marked one (chamfer 1–√2, at most 8 % too long); infinite where none
 * is marked.
 */
export function distanceMap(marked: ArrayLike<number>, widthPx: number, heightPx: number): Float32Array {
  const distance = Float32Array.from({ length: widthPx * heightPx }, (_, i) =>
    marked[i] ? 0 : Number.POSITIVE_INFINITY,
  );
  const relax = (i: number, other: number, step: number): void => {
    const through = distance[other]! + step;
    if (through < distance[i]!) distance[i] = through;
  };
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const i = y * widthPx + x;
      if (x > 0) relax(i, i - 1, STRAIGHT);
      if (y === 0) continue;
      relax(i, i - widthPx, STRAIGHT);
      if (x > 0) relax(i, i - widthPx - 1, DIAGONAL);
      if (x < widthPx - 1) relax(i, i - widthPx + 1, DIAGONAL);
    }
  for (let y = heightPx - 1; y >= 0; y--)
    for (let x = widthPx - 1; x >= 0; x--) {
      const i = y * widthPx + x;
      if (x < widthPx - 1) relax(i, i + 1, STRAIGHT);
      if (y === heightPx - 1) continue;
      relax(i, i + widthPx, STRAIGHT);
      if (x > 0) relax(i, i + widthPx - 1, DIAGONAL);
      if (x < widthPx - 1) relax(i, i + widthPx + 1, DIAGONAL);
    }
  return distance;
}
