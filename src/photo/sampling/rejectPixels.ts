import { LINEAR_SRGB_TO_XYZ as M } from '../../colour/srgb.ts';
import { selectInPlace } from '../selectInPlace.ts';
import type { PixelSample } from './samplePixels.ts';

const [YR, YG, YB] = [M[3]!, M[4]!, M[5]!];

/** What a pixel was left out for; `kept` is 0. */
export const REJECTED = { kept: 0, clipped: 1, glare: 2, shadow: 3 } as const;

export type Surface = 'skin' | 'hair';

/** Specular share of the skin's luminance above which a pixel shows the lamp rather than the skin. */
const GLARE_SHARE = 0.05;
/** Luminance against the surroundings' median: below is a pore, crease, hair or shadow, above is shine. */
const LOCAL_RANGE = { skin: [0.6, 1.5], hair: [0.25, 2.2] } as const;
/** Luminance against the whole area's median. */
const GLOBAL_RANGE = { skin: [0.35, 2], hair: [0.1, 3] } as const;

/** The middle of values, whose order is lost; 0 when there are none. */
function medianOf(values: Float32Array): number {
  return values.length === 0 ? 0 : selectInPlace(values, values.length >> 1);
}

/** So many pixels tell a median. */
const ENOUGH = 8_000;

/** Every third value from `offset` of pixels that are kept, or every value where there is one a pixel; evenly thinned. */
function keptValues(values: Float32Array, reason: Uint8Array, offset = 0): Float32Array {
  const width = values.length / reason.length;
  const step = Math.max(1, Math.floor(reason.length / ENOUGH));
  const out = new Float32Array(Math.ceil(reason.length / step));
  let n = 0;
  for (let i = 0; i < reason.length; i += step) if (reason[i] === REJECTED.kept) out[n++] = values[width * i + offset]!;
  return out.subarray(0, n);
}

function blockMedians(values: Float32Array, sample: PixelSample, reason: Uint8Array, fallback: number): Float32Array {
  const starts = new Uint32Array(sample.blocks + 1);
  for (let i = 0; i < values.length; i++) if (reason[i] === REJECTED.kept) starts[sample.block[i]! + 1]!++;
  for (let k = 0; k < sample.blocks; k++) starts[k + 1]! += starts[k]!;
  const grouped = new Float32Array(starts[sample.blocks]!);
  const next = starts.slice();
  for (let i = 0; i < values.length; i++)
    if (reason[i] === REJECTED.kept) grouped[next[sample.block[i]!]!++] = values[i]!;
  const medians = new Float32Array(sample.blocks).fill(fallback);
  for (let k = 0; k < sample.blocks; k++) {
    const group = grouped.subarray(starts[k]!, starts[k + 1]!);
    if (group.length < 16) continue;
    medians[k] = medianOf(group);
  }
  return medians;
}

/**
 * Marks the pixels that do not show the surface's own colour: clipped, in deep shadow, or carrying gloss. Gloss on skin
 * is the m_s of r = m_d · skin + m_s · white (Shafer's dichromatic model, solved per pixel by least squares); on hair it
 * is a luminance far above the surroundings.
 */
export function rejectPixels(sample: PixelSample, surface: Surface): Uint8Array {
  const { rgb, count } = sample;
  const reason = new Uint8Array(count);
  const luminance = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    luminance[i] = YR * rgb[3 * i]! + YG * rgb[3 * i + 1]! + YB * rgb[3 * i + 2]!;
    if (sample.clipped[i]) reason[i] = REJECTED.clipped;
  }
  const median = medianOf(keptValues(luminance, reason));
  const local = blockMedians(luminance, sample, reason, median);
  const [globalLow, globalHigh] = GLOBAL_RANGE[surface];
  const [localLow, localHigh] = LOCAL_RANGE[surface];
  for (let i = 0; i < count; i++) {
    if (reason[i] !== REJECTED.kept) continue;
    const around = local[sample.block[i]!]!;
    const y = luminance[i]!;
    if (y < globalLow * median || y < localLow * around) reason[i] = REJECTED.shadow;
    else if (y > globalHigh * median || y > localHigh * around) reason[i] = REJECTED.glare;
  }
  if (surface === 'skin') rejectGloss(sample, reason, luminance);
  return reason;
}

function rejectGloss({ rgb, count }: PixelSample, reason: Uint8Array, luminance: Float32Array): void {
  const [r, g, b] = [0, 1, 2].map((offset) => medianOf(keptValues(rgb, reason, offset))) as [number, number, number];
  const skinY = YR * r + YG * g + YB * b;
  const ss = r * r + g * g + b * b;
  const s1 = r + g + b;
  const determinant = 3 * ss - s1 * s1;
  // A nearly grey skin leaves the two parts indistinguishable; the luminance limits above must do.
  if (determinant < 0.05 * ss) return;
  const gloss = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const ps = rgb[3 * i]! * r + rgb[3 * i + 1]! * g + rgb[3 * i + 2]! * b;
    const p1 = rgb[3 * i]! + rgb[3 * i + 1]! + rgb[3 * i + 2]!;
    gloss[i] = (p1 * ss - ps * s1) / determinant;
  }
  // Shading, redness and noise move m_s about zero too: only what leaves their own range is the lamp.
  const ordinary = keptValues(gloss, reason);
  const middle = medianOf(ordinary);
  const below = ordinary.length === 0 ? 0 : selectInPlace(ordinary, Math.floor(0.1587 * ordinary.length));
  const limit = Math.max(GLARE_SHARE * skinY, middle + 2.5 * (middle - below));
  for (let i = 0; i < count; i++) {
    if (reason[i] === REJECTED.kept && luminance[i]! > skinY && gloss[i]! > limit) reason[i] = REJECTED.glare;
  }
}
