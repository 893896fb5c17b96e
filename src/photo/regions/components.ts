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
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, left = 0; x < width; x++, i++) {
      if (!mask[i]) {
        left = 0;
        continue;
      }
      const above = y > 0 ? of[i - width]! : 0;
      if (left === 0 && above === 0) parent.push(parent.length);
      const part = left || above || parent.length - 1;
      if (left !== 0 && above !== 0 && left !== above) join(parent, left, above);
      of[i] = part;
      left = part;
    }
  }
  return numberParts(of, parent);
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

/** Gives whole parts consecutive numbers, in the order of their first pixels, and counts. */
function numberParts(of: Int32Array, parent: number[]): Components {
  const sizes = [0];
  const final = new Int32Array(parent.length);
  for (let part = 1; part < parent.length; part++) {
    const root = rootOf(parent, part);
    final[part] = root === part ? sizes.push(0) - 1 : final[root]!;
  }
  for (let i = 0; i < of.length; i++) {
    if (of[i] === 0) continue;
    const part = final[of[i]!]!;
    of[i] = part;
    sizes[part]!++;
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
  const mask = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) if (labels[i] === value) mask[i] = 1;
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
