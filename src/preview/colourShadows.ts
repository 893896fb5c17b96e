import { linearToSrgb8, SRGB8_TO_LINEAR } from '../colour/srgb.ts';
import type { DotShadows, RowOfShadows } from './castShadows.ts';
import { type Picture, pictureLike } from './picture.ts';
import type { PictureBox } from './pictureBox.ts';
import type { ToneCurves } from './toneCurves.ts';

/** Small enough for the processor's nearest cache; the darkest codes are still two and a half steps apart. */
const STEPS = 8191;
/** Linear light in steps -> 8-bit code. */
const ENCODE = Uint8Array.from({ length: STEPS + 1 }, (_, i) => linearToSrgb8(i / STEPS));

/** The photo seen with the dots: every pixel's own linear light times the curve at its depth of shadow. */
export function colourShadows(picture: Picture, { box, depth }: DotShadows, curves: ToneCurves): Picture {
  const { picture: out, colourRow } = startColouring(picture, box, curves);
  for (let row = 0; row < box.heightPx; row++) {
    colourRow(row, depth.subarray(3 * row * box.widthPx, 3 * (row + 1) * box.widthPx));
  }
  return out;
}

/** A copy of the photo in the curves' light, and what colours one of its rows after another with shadows as they are made. */
export function startColouring(
  picture: Picture,
  box: PictureBox,
  { curves, gain }: ToneCurves,
): { readonly picture: Picture; readonly colourRow: RowOfShadows } {
  const { widthPx, channels, data } = picture;
  const out = new Uint8ClampedArray(data);
  const [red, green, blue] = gain.map((factor) =>
    Float32Array.from(SRGB8_TO_LINEAR, (value) => Math.min(STEPS, STEPS * value * factor)),
  ) as [Float32Array, Float32Array, Float32Array];
  if (gain.some((factor) => Math.abs(factor - 1) > 1e-9)) lightAll(picture, [red, green, blue], out);
  const [redCurve, greenCurve, blueCurve] = curves;
  const colourRow: RowOfShadows = (row, depth) => {
    const from = box.from[row]!;
    const end = 3 * box.to[row]!;
    let at = ((box.top + row) * widthPx + box.left + from) * channels;
    for (let i = 3 * from; i < end; i += 3, at += channels) {
      const r = depth[i]!;
      const g = depth[i + 1]!;
      const b = depth[i + 2]!;
      if ((r | g | b) === 0) continue;
      out[at] = ENCODE[(red[data[at]!]! * redCurve[r]! + 0.5) | 0]!;
      out[at + 1] = ENCODE[(green[data[at + 1]!]! * greenCurve[g]! + 0.5) | 0]!;
      out[at + 2] = ENCODE[(blue[data[at + 2]!]! * blueCurve[b]! + 0.5) | 0]!;
    }
  };
  return { picture: pictureLike(picture, out), colourRow };
}

/** Every pixel in another light. */
function lightAll({ channels, data }: Picture, linear: readonly Float32Array[], out: Uint8ClampedArray): void {
  const [red, green, blue] = linear.map((values) => Uint8Array.from(values, (value) => ENCODE[(value + 0.5) | 0]!));
  for (let at = 0; at < data.length; at += channels) {
    out[at] = red![data[at]!]!;
    out[at + 1] = green![data[at + 1]!]!;
    out[at + 2] = blue![data[at + 2]!]!;
  }
}
