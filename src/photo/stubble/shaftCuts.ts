const FIRST_CAPACITY = 1024;

/**
 * Cuts across shafts, steeper side mirrored, so that the shadow beside a shaft stays out. One column a figure, because
 * a photo has thousands of them.
 */
export class ShaftCuts {
  count = 0;
  #depth = new Float32Array(FIRST_CAPACITY);
  #area = new Float32Array(FIRST_CAPACITY);
  #red = new Float32Array(FIRST_CAPACITY);
  #green = new Float32Array(FIRST_CAPACITY);
  #blue = new Float32Array(FIRST_CAPACITY);

  /** Five numbers a cut: depth, area, and missing light of the three channels in the middle. */
  add(found: Float32Array): void {
    for (let at = 0; at < found.length; at += 5) {
      const k = this.count++;
      if (k === this.#depth.length) this.#grow();
      this.#depth[k] = found[at]!;
      this.#area[k] = found[at + 1]!;
      this.#red[k] = found[at + 2]!;
      this.#green[k] = found[at + 3]!;
      this.#blue[k] = found[at + 4]!;
    }
  }

  /** Missing light in a cut's middle, as a share of the skin's. */
  get depth(): Float32Array {
    return this.#depth.subarray(0, this.count);
  }

  /** Missing light across a cut, share × px: (1 − ratio of the fibre) · diameter, whatever the blur. */
  get area(): Float32Array {
    return this.#area.subarray(0, this.count);
  }

  /** Missing light of the three channels in a cut's middle. */
  get depthRgb(): readonly [red: Float32Array, green: Float32Array, blue: Float32Array] {
    return [this.#red.subarray(0, this.count), this.#green.subarray(0, this.count), this.#blue.subarray(0, this.count)];
  }

  #grow(): void {
    this.#depth = doubled(this.#depth);
    this.#area = doubled(this.#area);
    this.#red = doubled(this.#red);
    this.#green = doubled(this.#green);
    this.#blue = doubled(this.#blue);
  }
}

function doubled(column: Float32Array) {
  const out = new Float32Array(2 * column.length);
  out.set(column);
  return out;
}
