import { linearToSrgb8, SRGB8_TO_LINEAR } from '../colour/srgb.ts';
import type { DotShadows } from './castShadows.ts';
import { type Picture, pictureLike } from './picture.ts';
import type { ToneCurves } from './toneCurves.ts';

const STEPS = 65_535;
/** Linear light in 65,536 steps -> 8-bit code. */
const ENCODE = Uint8Array.from({ length: STEPS + 1 }, (_, i) => linearToSrgb8(i / STEPS));

/** The photo seen with the dots: every pixel's own linear light times the curve at its depth of shadow. */
export function colourShadows(picture: Picture, { box, depth }: DotShadows, { curves, gain }: ToneCurves): Picture {
  const { widthPx, channels, data } = picture;
  const out = new Uint8ClampedArray(data);
  const linear = gain.map((factor) =>
    Float32Array.from(SRGB8_TO_LINEAR, (value) => Math.min(STEPS, STEPS * value * factor)),
  ) as [Float32Array, Float32Array, Float32Array];
  if (gain.some((factor) => Math.abs(factor - 1) > 1e-9)) {
    const [red, green, blue] = linear.map((values) => Uint8Array.from(values, (value) => ENCODE[(value + 0.5) | 0]!));
    for (let at = 0; at < data.length; at += channels) {
      out[at] = red![data[at]!]!;
      out[at + 1] = green![data[at + 1]!]!;
      out[at + 2] = blue![data[at + 2]!]!;
    }
  }
  const [red, green, blue] = linear;
  const [redCurve, greenCurve, blueCurve] = curves;
  for (let row = 0; row < box.heightPx; row++) {
    const end = 3 * (row * box.widthPx + box.to[row]!);
    let i = 3 * (row * box.widthPx + box.from[row]!);
    let at = ((box.top + row) * widthPx + box.left + box.from[row]!) * channels;
    for (; i < end; i += 3, at += channels) {
      if (depth[i] === 0 && depth[i + 1] === 0 && depth[i + 2] === 0) continue;
      out[at] = ENCODE[(red[data[at]!]! * redCurve[depth[i]!]! + 0.5) | 0]!;
      out[at + 1] = ENCODE[(green[data[at + 1]!]! * greenCurve[depth[i + 1]!]! + 0.5) | 0]!;
      out[at + 2] = ENCODE[(blue[data[at + 2]!]! * blueCurve[depth[i + 2]!]! + 0.5) | 0]!;
    }
  }
  return pictureLike(picture, out);
}
