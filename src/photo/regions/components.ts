/** 4-connected parts of the pixels that are not 0: the part's number (from 1) of each pixel, and each part's size. */
export interface Components {
  readonly of: Int32Array;
  /** Size in pixels by number; index 0 is unused. */
  readonly sizes: readonly number[];
}

export function findComponents(mask: Uint8Array, width: number, height: number): Components {
  const of = new Int32Array(mask.length);
  const sizes = [0];
  const stack = new Int32Array(mask.length);
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || of[start]) continue;
    const id = sizes.length;
    let size = 0;
    let depth = 0;
    stack[depth++] = start;
    of[start] = id;
    while (depth > 0) {
      const i = stack[--depth]!;
      size++;
      const x = i % width;
      const visit = (j: number) => {
        if (!mask[j] || of[j]) return;
        of[j] = id;
        stack[depth++] = j;
      };
      if (x > 0) visit(i - 1);
      if (x < width - 1) visit(i + 1);
      if (i >= width) visit(i - width);
      if (i < width * (height - 1)) visit(i + width);
    }
    sizes.push(size);
  }
  return { of, sizes };
}

/** Sets the parts of `value` smaller than `least` pixels to what surrounds them most. */
export function absorbSmallParts(
  labels: Uint8Array,
  value: number,
  width: number,
  height: number,
  least: number,
): void {
  const mask = labels.map((label) => (label === value ? 1 : 0));
  const { of, sizes } = findComponents(mask, width, height);
  const votes = sizes.map(() => new Uint32Array(4));
  for (let i = 0; i < labels.length; i++) {
    if (!of[i] || sizes[of[i]!]! >= least) continue;
    const x = i % width;
    if (x > 0 && !of[i - 1]) votes[of[i]!]![labels[i - 1]!]!++;
    if (x < width - 1 && !of[i + 1]) votes[of[i]!]![labels[i + 1]!]!++;
    if (i >= width && !of[i - width]) votes[of[i]!]![labels[i - width]!]!++;
    if (i < width * (height - 1) && !of[i + width]) votes[of[i]!]![labels[i + width]!]!++;
  }
  const winner = votes.map((counts) => counts.indexOf(Math.max(...counts)));
  for (let i = 0; i < labels.length; i++) if (of[i] && sizes[of[i]!]! < least) labels[i] = winner[of[i]!]!;
}
