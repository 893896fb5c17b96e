/** One number a pixel of a reduced photo, row-major. */
export type Plane = Float32Array;

/** Mean over a (2·radius + 1)² window, shrunk at the edges; two running sums, so any radius costs the same. */
export function boxBlur(source: Plane, width: number, height: number, radius: number): Plane {
  if (radius <= 0) return source.slice();
  return blurColumns(blurRows(source, width, height, radius), width, height, radius);
}

function blurRows(source: Plane, width: number, height: number, radius: number): Plane {
  const rows = new Float32Array(source.length);
  const reach = Math.min(radius, width - 1);
  const last = width - 1;
  for (let y = 0; y < height; y++) {
    const at = y * width;
    let sum = 0;
    for (let x = 0; x < reach; x++) sum += source[at + x]!;
    let count = reach;
    let x = 0;
    for (; x <= reach; x++) {
      if (x + reach <= last) {
        sum += source[at + x + reach]!;
        count++;
      }
      rows[at + x] = sum / count;
    }
    const gain = 1 / count;
    for (; x + reach <= last; x++) {
      sum += source[at + x + reach]! - source[at + x - reach - 1]!;
      rows[at + x] = sum * gain;
    }
    for (; x <= last; x++) {
      sum -= source[at + x - reach - 1]!;
      rows[at + x] = sum / (Math.min(last, x + reach) - x + reach + 1);
    }
  }
  return rows;
}

function blurColumns(rows: Plane, width: number, height: number, radius: number): Plane {
  const out = new Float32Array(rows.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) for (let x = 0; x < width; x++) sums[x]! += rows[y * width + x]!;
  for (let y = 0; y < height; y++) {
    const enter = (y + radius) * width;
    const leave = (y - radius - 1) * width;
    const gain = 1 / (Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1);
    for (let x = 0; x < width; x++) {
      if (y + radius < height) sums[x]! += rows[enter + x]!;
      if (y - radius - 1 >= 0) sums[x]! -= rows[leave + x]!;
      out[y * width + x] = sums[x]! * gain;
    }
  }
  return out;
}

/** The q-quantile of the values at which `chosen` is not 0 (all without it); NaN when none is. */
export function quantileWhere(source: Plane, q: number, chosen?: ArrayLike<number>): number {
  const step = Math.max(1, Math.floor(source.length / 12_000));
  const values: number[] = [];
  for (let i = 0; i < source.length; i += step) if (!chosen || chosen[i]) values.push(source[i]!);
  if (values.length === 0) return Number.NaN;
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.round(q * (sorted.length - 1)))]!;
}
