/** 4-connected parts of the pixels that are not 0: the part's number (from 1) of each pixel, and each part's size. */
export interface Components {
  readonly of: Int32Array;
  /** Size in pixels by number; index 0 is unused. */
  readonly sizes: readonly number[];
}

/** Runs of each row join the parts of the row above that they touch; the first number of a part stays its own. */
export function findComponents(mask: Uint8Array, width: number, height: number): Components {
  const of = new Int32Array(mask.length);
  const parent = [0];
  for (let y = 0; y < height; y++) numberRow(mask, of, y * width, width, parent);
  const { final, parts } = numberParts(parent);
  const sizes = new Array<number>(parts).fill(0);
  countCells(of, final, sizes);
  return { of, sizes };
}

function numberRow(mask: Uint8Array, of: Int32Array, row: number, width: number, parent: number[]): void {
  let left = 0;
  for (let i = row; i < row + width; i++) {
    if (!mask[i]) {
      left = 0;
      continue;
    }
    const above = row > 0 ? of[i - width]! : 0;
    if (left === 0) left = above || parent.push(parent.length) - 1;
    else if (above !== 0 && left !== above) join(parent, left, above);
    of[i] = left;
  }
}

function rootOf(parent: number[], part: number): number {
  while (parent[part] !== part) {
    parent[part] = parent[parent[part]!]!;
    part = parent[part]!;
  }
  return part;
}

/** The older of two parts, which has the smaller number, takes in the other. */
function join(parent: number[], one: number, other: number): void {
  const a = rootOf(parent, one);
  const b = rootOf(parent, other);
  if (a < b) parent[b] = a;
  else parent[a] = b;
}

/** Consecutive numbers of whole parts, in the order of their first pixels, by the numbers they were given; and how many there are, 0 included. */
function numberParts(parent: number[]): { final: Int32Array; parts: number } {
  const final = new Int32Array(parent.length);
  let parts = 1;
  for (let part = 1; part < parent.length; part++) {
    const root = rootOf(parent, part);
    final[part] = root === part ? parts++ : final[root]!;
  }
  return { final, parts };
}

/** Writes the final numbers over the others, and counts. */
function countCells(of: Int32Array, final: Int32Array, sizes: number[]): void {
  for (let i = 0; i < of.length; i++) {
    if (of[i] === 0) continue;
    const part = final[of[i]!]!;
    of[i] = part;
    sizes[part]!++;
  }
}

/** Sets the parts of `value` smaller than `least` pixels to what surrounds them most. */
export function absorbSmallParts(
  labels: Uint8Array,
  value: number,
  width: number,
  height: number,
  least: number,
): void {
  const mask = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) if (labels[i] === value) mask[i] = 1;
  const { of, sizes } = findComponents(mask, width, height);
  if (!sizes.some((size, part) => part > 0 && size < least)) return;
  // Four labels a part.
  const votes = new Uint32Array(4 * sizes.length);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const part = of[i]!;
      if (part === 0 || sizes[part]! >= least) continue;
      if (x > 0 && !of[i - 1]) votes[4 * part + labels[i - 1]!]!++;
      if (x < width - 1 && !of[i + 1]) votes[4 * part + labels[i + 1]!]!++;
      if (y > 0 && !of[i - width]) votes[4 * part + labels[i - width]!]!++;
      if (y < height - 1 && !of[i + width]) votes[4 * part + labels[i + width]!]!++;
    }
  const winner = new Uint8Array(sizes.length);
  for (let part = 1; part < sizes.length; part++)
    for (let label = 1; label < 4; label++)
      if (votes[4 * part + label]! > votes[4 * part + winner[part]!]!) winner[part] = label;
  for (let i = 0; i < labels.length; i++) {
    const part = of[i]!;
    if (part !== 0 && sizes[part]! < least) labels[i] = winner[part]!;
  }
}
