const DIAGONAL = Math.SQRT2;

/**
 * Distance in cells from every cell to the nearest marked one (chamfer 1–√2, at most 8 % too long); infinite where none
 * is marked.
 */
export function distanceMap(marked: ArrayLike<number>, widthPx: number, heightPx: number): Float32Array {
  const distance = new Float32Array(widthPx * heightPx).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < distance.length; i++) if (marked[i]) distance[i] = 0;
  // Once down and once up: the cells before and above, then those after and below.
  for (const step of [1, -1]) {
    const before = -step;
    const above = -step * widthPx;
    for (let line = 0; line < heightPx; line++) {
      const y = step > 0 ? line : heightPx - 1 - line;
      for (let along = 0; along < widthPx; along++) {
        const x = step > 0 ? along : widthPx - 1 - along;
        const i = y * widthPx + x;
        let nearest = distance[i]!;
        if (nearest === 0) continue;
        if (along > 0) nearest = Math.min(nearest, distance[i + before]! + 1);
        if (line > 0) {
          nearest = Math.min(nearest, distance[i + above]! + 1);
          if (along > 0) nearest = Math.min(nearest, distance[i + above + before]! + DIAGONAL);
          if (along < widthPx - 1) nearest = Math.min(nearest, distance[i + above - before]! + DIAGONAL);
        }
        distance[i] = nearest;
      }
    }
  }
  return distance;
}
