import { linearToSrgb8, SRGB8_TO_LINEAR } from '../colour/srgb.ts';
import type { DotShadows, RowOfShadows } from './castShadows.ts';
import { type Picture, pictureLike } from './picture.ts';
import type { PictureBox } from './pictureBox.ts';
import { CURVE_BITS, type ToneCurves } from './toneCurves.ts';

/** Small enough for the processor's nearest cache; the darkest codes are still two and a half steps apart. */
const ENCODE_BITS = 13;
const STEPS = (1 << ENCODE_BITS) - 1;
/** Linear light in steps -> 8-bit code; as much again above white, which pigment lighter than the skin can reach. */
const ENCODE = Uint8Array.from({ length: 2 * (STEPS + 1) }, (_, i) => linearToSrgb8(i / STEPS));
/** Linear light before the curve has finer steps: with those of the curve they just fit into 31 bits. */
const LIGHT_BITS = 16;
const SHIFT = LIGHT_BITS + CURVE_BITS - ENCODE_BITS;
const HALF = 1 << (SHIFT - 1);
/** The lightest value whose step is the last one of `ENCODE`, rounding included. */
const MOST_LIGHT = STEPS << (LIGHT_BITS - ENCODE_BITS);

/** The photo seen with the dots: every pixel's own linear light times the curve at its depth of shadow. */
export function colourShadows(picture: Picture, { box, depth }: DotShadows, curves: ToneCurves): Picture {
  const { picture: out, colourRow } = startColouring(picture, box, curves, false);
  for (let row = 0; row < box.heightPx; row++) {
    colourRow(row, depth.subarray(3 * row * box.widthPx, 3 * (row + 1) * box.widthPx));
  }
  return out;
}

/**
 * The photo in the curves' light, and what colours one of its rows after another with shadows as they are made.
 * @param mayOverwrite may draw on the picture's own pixels, where each is still needed for itself only
 */
export function startColouring(
  picture: Picture,
  box: PictureBox,
  { curves, gain }: ToneCurves,
  mayOverwrite: boolean,
): { readonly picture: Picture; readonly colourRow: RowOfShadows } {
  const { widthPx, channels, data } = picture;
  const linear = gain.map((factor) =>
    Int32Array.from(SRGB8_TO_LINEAR, (value) => Math.min(MOST_LIGHT, Math.round(MOST_LIGHT * value * factor))),
  );
  const isLit = gain.some((factor) => Math.abs(factor - 1) > 1e-9);
  const out = mayOverwrite && !isLit ? data : new Uint8ClampedArray(data);
  if (isLit) lightAll(picture, linear, out);
  const [red, green, blue] = [0, 1, 2].map((c): Channel => ({ linear: linear[c]!, curve: curves[c]! })) as Channels;
  const colourRow: RowOfShadows = (row, depth) => {
    const from = box.from[row]!;
    const at = ((box.top + row) * widthPx + box.left + from) * channels;
    colourSpan(data, out, at, channels, depth, 3 * from, 3 * box.to[row]!, red, green, blue);
  };
  return { picture: pictureLike(picture, out), colourRow };
}

/** What one channel's light is before the dots, and what they leave of it. */
interface Channel {
  readonly linear: Int32Array;
  readonly curve: Int32Array;
}
type Channels = [Channel, Channel, Channel];
type Pixels = Picture['data'];

/** Colours pixels one after another, the first at `at` of `data` with the depths from `first` to before `end`. */
function colourSpan(
  data: Pixels,
  out: Pixels,
  at: number,
  channels: number,
  depth: Uint16Array,
  first: number,
  end: number,
  { linear: red, curve: redCurve }: Channel,
  { linear: green, curve: greenCurve }: Channel,
  { linear: blue, curve: blueCurve }: Channel,
): void {
  for (let i = first, to = at; i < end; i += 3, to += channels) {
    const r = depth[i]!;
    const g = depth[i + 1]!;
    const b = depth[i + 2]!;
    if ((r | g | b) === 0) continue;
    out[to] = ENCODE[(Math.imul(red[data[to]!]!, redCurve[r]!) + HALF) >> SHIFT]!;
    out[to + 1] = ENCODE[(Math.imul(green[data[to + 1]!]!, greenCurve[g]!) + HALF) >> SHIFT]!;
    out[to + 2] = ENCODE[(Math.imul(blue[data[to + 2]!]!, blueCurve[b]!) + HALF) >> SHIFT]!;
  }
}

/** Every pixel in another light. */
function lightAll({ channels, data }: Picture, linear: readonly Int32Array[], out: Pixels): void {
  const half = 1 << (LIGHT_BITS - ENCODE_BITS - 1);
  const [red, green, blue] = linear.map((values) =>
    Uint8Array.from(values, (value) => ENCODE[(value + half) >> (LIGHT_BITS - ENCODE_BITS)]!),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  for (let at = 0; at < data.length; at += channels) {
    out[at] = red[data[at]!]!;
    out[at + 1] = green[data[at + 1]!]!;
    out[at + 2] = blue[data[at + 2]!]!;
  }
}
