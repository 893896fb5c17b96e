/** Encoded 0–1 -> linear 0–1. */
export type ToneCurve = (encoded: number) => number;

const PARAMETRIC_COUNTS = [1, 3, 4, 5, 7];

/**
 * A `curv` or `para` element (ICC.1:2022 §10.6, §10.18).
 * @throws RangeError when the element is damaged
 */
export function readToneCurve(bytes: Uint8Array): ToneCurve {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = view.getUint32(0);
  if (type === 0x63757276) return readSampledCurve(view);
  if (type === 0x70617261) return readParametricCurve(view);
  throw new RangeError('neither curv nor para');
}

function readSampledCurve(view: DataView): ToneCurve {
  const count = view.getUint32(8);
  if (count === 0) return (v) => v;
  if (count === 1) {
    const gamma = view.getUint16(12) / 256;
    if (gamma < 0.1 || gamma > 10) throw new RangeError('impossible gamma');
    return (v) => v ** gamma;
  }
  if (12 + 2 * count > view.byteLength) throw new RangeError('curve cut short');
  const samples = Float64Array.from({ length: count }, (_, i) => view.getUint16(12 + 2 * i) / 65535);
  if (samples[count - 1]! <= samples[0]!) throw new RangeError('curve does not rise');
  return (v) => {
    const position = v * (count - 1);
    const i = Math.min(count - 2, Math.floor(position));
    return samples[i]! + (position - i) * (samples[i + 1]! - samples[i]!);
  };
}

function readParametricCurve(view: DataView): ToneCurve {
  const form = view.getUint16(8);
  const length = PARAMETRIC_COUNTS[form];
  if (length === undefined) throw new RangeError('unknown parametric form');
  const [g, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length },
    (_, i) => view.getInt32(12 + 4 * i) / 65536,
  );
  const curve = (v: number): number => {
    switch (form) {
      case 0:
        return v ** g!;
      case 1:
        return v >= -b / a ? (a * v + b) ** g! : 0;
      case 2:
        return v >= -b / a ? (a * v + b) ** g! + c : c;
      case 3:
        return v >= d ? (a * v + b) ** g! : c * v;
      default:
        return v >= d ? (a * v + b) ** g! + e : c * v + f;
    }
  };
  if (!(curve(1) > curve(0))) throw new RangeError('curve does not rise');
  return curve;
}
