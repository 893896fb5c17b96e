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

/** The appearances of so many pixels, evenly spread over the photo, `DIMENSIONS` numbers each. */
function readAppearances({ smoothLightness, redness, warmth, texture }: Features, count: number): Float32Array {
  const points = new Float32Array(count * DIMENSIONS);
  const step = smoothLightness.length / count;
  for (let k = 0, at = 0; k < count; k++, at += DIMENSIONS) {
    const i = Math.floor(k * step);
    points[at] = smoothLightness[i]! * PER_UNIT.lightness;
    points[at + 1] = redness[i]! * PER_UNIT.redness;
    points[at + 2] = warmth[i]! * PER_UNIT.warmth;
    points[at + 3] = texture[i]! * PER_UNIT.texture;
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
  const word = new Uint8Array(samples);
  for (let round = 0; round < ROUNDS; round++) {
    assignWords(points, centres, count, word);
    moveCentres(points, word, centres, count);
  }
  const of = new Uint8Array(n);
  assignWords(readAppearances(features, n), centres, count, of);
  return { count, of };
}

/**
 * Nearest centre of every point. Neighbours are mostly alike, so the last answer is tried first. By the triangle inequality
 * no centre is nearer that is farther from the last answer than the point's distances to it and to the nearest yet found
 * together: the others are tried in the order of their distance from it, until that is reached.
 */
function assignWords(points: Float32Array, centres: Float32Array, count: number, word: Uint8Array): void {
  const apart = new Float64Array(count * count);
  for (let k = 0, at = 0; k < count; k++)
    for (let other = 0; other < count; other++, at++)
      apart[at] = Math.sqrt(distance2(centres, k * DIMENSIONS, centres, other * DIMENSIONS));
  const byDistance = new Uint8Array(count * count);
  for (let k = 0; k < count; k++) {
    const from = apart.subarray(k * count, (k + 1) * count);
    // The centre itself comes first, even where another is the same.
    const order = Array.from({ length: count }, (_, other) => other);
    order.sort((p, q) => (p === k ? -1 : q === k ? 1 : from[p]! - from[q]!));
    byDistance.set(order, k * count);
  }
  let last = 0;
  for (let i = 0, at = 0; i < word.length; i++, at += DIMENSIONS) {
    last = nearest(points, at, centres, count, last, apart, byDistance);
    word[i] = last;
  }
}

function distance2(one: Float32Array, at: number, other: Float32Array, to: number): number {
  const d0 = one[at]! - other[to]!;
  const d1 = one[at + 1]! - other[to + 1]!;
  const d2 = one[at + 2]! - other[to + 2]!;
  const d3 = one[at + 3]! - other[to + 3]!;
  return d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
}

/** The nearest of all centres, beginning with `known`. */
function nearest(
  points: Float32Array,
  at: number,
  centres: Float32Array,
  count: number,
  known: number,
  apart: Float64Array,
  byDistance: Uint8Array,
): number {
  let best = known;
  let bestDistance = distance2(points, at, centres, known * DIMENSIONS);
  const toKnown = Math.sqrt(bestDistance);
  let reach = 2 * toKnown;
  const row = known * count;
  for (let i = row + 1; i < row + count; i++) {
    const k = byDistance[i]!;
    if (apart[row + k]! > reach) break;
    const distance = distance2(points, at, centres, k * DIMENSIONS);
    if (distance >= bestDistance) continue;
    bestDistance = distance;
    best = k;
    reach = toKnown + Math.sqrt(distance);
  }
  return best;
}

function startCentres(points: Float32Array, samples: number, count: number): Float32Array {
  const centres = new Float32Array(count * DIMENSIONS);
  centres.set(points.subarray(0, DIMENSIONS));
  const distance = new Float32Array(samples).fill(MOST_APART);
  for (let k = 1; k < count; k++) {
    let total = 0;
    for (let i = 0; i < samples; i++) {
      const d = Math.min(distance[i]!, distance2(points, i * DIMENSIONS, centres, (k - 1) * DIMENSIONS));
      distance[i] = d;
      total += d;
    }
    let target = ((k * 0.618034) % 1) * total;
    let chosen = 0;
    while (chosen < samples - 1 && target > distance[chosen]!) target -= distance[chosen++]!;
    centres.set(points.subarray(chosen * DIMENSIONS, (chosen + 1) * DIMENSIONS), k * DIMENSIONS);
  }
  return centres;
}

function moveCentres(points: Float32Array, word: Uint8Array, centres: Float32Array, count: number): void {
  const sums = new Float64Array(count * (DIMENSIONS + 1));
  for (let i = 0; i < word.length; i++) {
    const at = word[i]! * (DIMENSIONS + 1);
    sums[at]!++;
    for (let j = 0; j < DIMENSIONS; j++) sums[at + 1 + j]! += points[i * DIMENSIONS + j]!;
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
