import { bytesAt, giveBack, kernels, markRoom, placeFloats, takeRoom } from '../kernels.ts';
import type { Features } from './readFeatures.ts';

/** The photo's own small vocabulary: every grid pixel is given the nearest of a few typical appearances. */
export interface ColourWords {
  readonly count: number;
  /** Word of each pixel. */
  readonly of: Uint8Array;
}

const DIMENSIONS = 4;
const SAMPLES = 4000;
const ROUNDS = 6;

/** One unit is about a just noticeable change of material in each dimension. */
const PER_UNIT = { lightness: 1 / 12, redness: 7, warmth: 2.2, texture: 1.8 } as const;

/** The appearances of so many pixels, evenly spread over the photo, one plane a dimension. */
function readAppearances({ smoothLightness, redness, warmth, texture }: Features, count: number): Float32Array {
  const points = new Float32Array(count * DIMENSIONS);
  const step = smoothLightness.length / count;
  for (let k = 0; k < count; k++) {
    const i = Math.floor(k * step);
    points[k] = smoothLightness[i]! * PER_UNIT.lightness;
    points[count + k] = redness[i]! * PER_UNIT.redness;
    points[2 * count + k] = warmth[i]! * PER_UNIT.warmth;
    points[3 * count + k] = texture[i]! * PER_UNIT.texture;
  }
  return points;
}

/** Appearances farther apart than this (squared) are no more different than others. */
const MOST_APART = 9;

/** k-means with k-means++ starts (Arthur & Vassilvitskii 2007), the random draws replaced by a fixed sequence. */
export function findColourWords(features: Features, count: number): ColourWords {
  const n = features.widthPx * features.heightPx;
  const samples = Math.min(n, SAMPLES);
  const points = readAppearances(features, samples);
  const centres = startCentres(points, samples, count);
  for (let round = 0; round < ROUNDS; round++)
    moveCentres(points, assignWords(points, samples, centres), centres, count);
  return { count, of: assignWords(readAppearances(features, n), n, centres) };
}

/** Nearest centre of every point. */
function assignWords(points: Float32Array, count: number, centres: Float32Array): Uint8Array {
  const mark = markRoom();
  const words = takeRoom(count);
  const placed = [placeFloats(points), placeFloats(centres)] as const;
  kernels.assignWords(placed[0], 4 * count, count, placed[1], centres.length / DIMENSIONS, words);
  giveBack(mark);
  return bytesAt(words, count).slice();
}

function startCentres(points: Float32Array, samples: number, count: number): Float32Array {
  const centres = new Float32Array(count * DIMENSIONS);
  const take = (sample: number, k: number) => {
    for (let j = 0; j < DIMENSIONS; j++) centres[k * DIMENSIONS + j] = points[j * samples + sample]!;
  };
  take(0, 0);
  const distance = new Float32Array(samples).fill(MOST_APART);
  for (let k = 1; k < count; k++) {
    const total = moveNearer(points, samples, centres, (k - 1) * DIMENSIONS, distance);
    let target = ((k * 0.618034) % 1) * total;
    let chosen = 0;
    while (chosen < samples - 1 && target > distance[chosen]!) target -= distance[chosen++]!;
    take(chosen, k);
  }
  return centres;
}

/** Takes the distance to one more centre, which begins at `at`, where it is less than that to all before; the sum. */
function moveNearer(
  points: Float32Array,
  samples: number,
  centres: Float32Array,
  at: number,
  distance: Float32Array,
): number {
  let total = 0;
  for (let i = 0; i < samples; i++) {
    const d0 = points[i]! - centres[at]!;
    const d1 = points[samples + i]! - centres[at + 1]!;
    const d2 = points[2 * samples + i]! - centres[at + 2]!;
    const d3 = points[3 * samples + i]! - centres[at + 3]!;
    const d = Math.min(distance[i]!, d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3);
    distance[i] = d;
    total += d;
  }
  return total;
}

function moveCentres(points: Float32Array, word: Uint8Array, centres: Float32Array, count: number): void {
  const samples = word.length;
  const sums = new Float64Array(count * (DIMENSIONS + 1));
  for (let i = 0; i < samples; i++) {
    const at = word[i]! * (DIMENSIONS + 1);
    sums[at]!++;
    for (let j = 0; j < DIMENSIONS; j++) sums[at + 1 + j]! += points[j * samples + i]!;
  }
  for (let k = 0; k < count; k++) {
    const at = k * (DIMENSIONS + 1);
    if (sums[at]! > 0) for (let j = 0; j < DIMENSIONS; j++) centres[k * DIMENSIONS + j] = sums[at + 1 + j]! / sums[at]!;
  }
}

/** Per word, how much of `weight` and of 1 − `weight` it holds among the pixels that count, and the sums. */
function tally(words: ColourWords, weight: Float32Array, counts: ArrayLike<number>) {
  const inside = new Float64Array(words.count);
  const outside = new Float64Array(words.count);
  for (let i = 0; i < weight.length; i++) {
    if (!counts[i]) continue;
    inside[words.of[i]!]! += weight[i]!;
    outside[words.of[i]!]! += 1 - weight[i]!;
  }
  const sum = (values: Float64Array) =>
    Math.max(
      1,
      values.reduce((total, v) => total + v, 0),
    );
  return { inside, outside, insideTotal: sum(inside), outsideTotal: sum(outside) };
}

/** ln of (share of the set that is this word) over (share of the rest that is), for the soft set `weight`. */
export function wordLikelihoodRatio(words: ColourWords, weight: Float32Array, counts: ArrayLike<number>): Float32Array {
  const { inside, outside, insideTotal, outsideTotal } = tally(words, weight, counts);
  const small = 0.002;
  return Float32Array.from({ length: words.count }, (_, k) =>
    Math.log((inside[k]! / insideTotal + small) / (outside[k]! / outsideTotal + small)),
  );
}

/** ln of a word's pixels in the soft set over those out of it; a set that is small stays small. */
export function wordOdds(words: ColourWords, weight: Float32Array, counts: ArrayLike<number>): Float32Array {
  const { inside, outside, insideTotal, outsideTotal } = tally(words, weight, counts);
  const small = 0.002 * (insideTotal + outsideTotal);
  return Float32Array.from({ length: words.count }, (_, k) => Math.log((inside[k]! + small) / (outside[k]! + small)));
}
