import { addDarkHair } from './addDarkHair.ts';
import { type ColourWords, wordLikelihoodRatio } from './colourWords.ts';
import { findComponents } from './components.ts';
import { enlargeTwice, halfOf, thinOut } from './halfGrid.ts';
import { boxBlur, type Plane } from './planes.ts';
import type { Features } from './readFeatures.ts';
import { findSkinLook, type SkinLook } from './skinLook.ts';

export interface Head {
  /** 1 where the head is (skin, hair, shine), 0 elsewhere. */
  readonly mask: Uint8Array;
  /** True when the frame shows nothing but scalp, as a macro or a close-up does. */
  readonly fillsFrame: boolean;
  /** Share 0–1 of the border's appearance that the middle of the photo has too. */
  readonly borderLikeMiddle: number;
}

const ROUNDS = 5;
const SHAPED_ROUNDS = 3;
const ALIKE = 0.395;
/** Border log-odds of a look that is twice as common at the border as elsewhere. */
const CHIEFLY_BORDER = -0.7;
/** Share of what was taken for background that has the skin's colour where it is skin after all; less where borders are alike. */
const MOST_SKIN_BEHIND = 0.5;
const MOST_SKIN_BEHIND_ALIKE = 0.2;
const FAIRLY_ALIKE = 0.3;
/** Likeness below which a place stays background even then: the corner of a towel behind a head that fills the rest. */
const LEAST_LIKE = 0.35;
/** Known background on this share of the photo is what its border is judged by. */
const LEAST_GROUND = 0.03;

/** Log-odds that a head is here, before anything is seen: people put it in the middle, and it often leaves below. */
function placePrior({ widthPx, heightPx }: Features): Plane {
  const out = new Float32Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const v = (y + 0.5) / heightPx - 0.55;
    const dy = v < 0 ? v / 0.52 : v / 0.75;
    for (let x = 0; x < widthPx; x++) {
      const dx = ((x + 0.5) / widthPx - 0.5) / 0.5;
      out[y * widthPx + x] = 4.5 * (0.92 - Math.sqrt(dx * dx + dy * dy));
    }
  }
  return out;
}

/** Math.tanh at a fraction of its time, to the last digits. */
function tanh(x: number): number {
  return 1 - 2 / (1 + Math.exp(2 * x));
}

/** Log-odds from redness alone: skin and most hair are redder than walls, cloth and plants under any light. */
function rednessPrior(redness: number): number {
  return 1.3 * tanh((redness - 0.13) / 0.1);
}

/** Against the skin found here: what is far less red and not dark is cloth, paper or wall; pale hair stays above this. */
function foreignPrior(redness: number, lightness: number, skin: SkinLook): number {
  const less = Math.min(1, Math.max(0, (skin.redness - redness - 0.3) / 0.25));
  return -1.8 * less * Math.min(1, Math.max(0, (lightness - 30) / 15));
}

/** How far a pixel has the chromaticity of skin, 0–1; lightness plays no part. */
function skinLikeness({ redness, warmth }: Features, skin: SkinLook, i: number): number {
  const red = (redness[i]! - skin.redness) / 0.13;
  const warm = (warmth[i]! - skin.warmth) / 0.3;
  return Math.exp(-0.5 * (red * red + warm * warm));
}

/**
 * Skin up to the border on one side may make the border look unlike the middle: then what was taken for background has the
 * colour of the head's skin, and is added to the head but for what has not. Whether that was so.
 */
function addSkinBehind(
  features: Features,
  words: ColourWords,
  head: Uint8Array,
  usable: Uint8Array,
  most: number,
): boolean {
  const { widthPx, heightPx } = features;
  const skin = findSkinLook(features, words, head);
  const like = new Float32Array(head.length);
  let [sum, cells] = [0, 0];
  for (let i = 0; i < head.length; i++) {
    if (head[i] || !usable[i]) continue;
    like[i] = skinLikeness(features, skin, i);
    sum += like[i]!;
    cells++;
  }
  if (sum <= most * cells) return false;
  const behind = boxBlur(like, widthPx, heightPx, 2, like);
  for (let i = 0; i < head.length; i++) if (usable[i] && behind[i]! > LEAST_LIKE) head[i] = 1;
  return true;
}

/** Dark and rough is what hair looks like; light and perfectly smooth is what a wall does. */
function texturePrior(texture: number, lightness: number): number {
  if (lightness < 40) return 0.9 * tanh((texture - 0.9) / 0.4);
  return lightness > 55 && texture < 0.5 ? -0.5 : 0;
}

function borderOverlap({ widthPx, heightPx }: Features, words: ColourWords, usable: Uint8Array): number {
  const strip = Math.max(2, Math.round(0.04 * Math.max(widthPx, heightPx)));
  const border = new Float64Array(words.count);
  const middle = new Float64Array(words.count);
  let borderTotal = 0;
  let middleTotal = 0;
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const i = y * widthPx + x;
      if (!usable[i]) continue;
      if (y < strip || x < strip || x >= widthPx - strip) {
        border[words.of[i]!]!++;
        borderTotal++;
      } else if ((x / widthPx - 0.5) ** 2 + (y / heightPx - 0.55) ** 2 < 0.35 ** 2) {
        middle[words.of[i]!]!++;
        middleTotal++;
      }
    }
  let overlap = 0;
  for (let k = 0; k < words.count; k++)
    overlap += Math.min(border[k]! / Math.max(1, borderTotal), middle[k]! / Math.max(1, middleTotal));
  return overlap;
}

/**
 * Log-odds of each word from where it lies: what fills the border of the photo is background, what is never there
 * belongs to the head. The lower border is left out, since necks and foreheads leave through it.
 */
function borderPrior({ widthPx, heightPx }: Features, words: ColourWords, usable: Uint8Array): Float32Array {
  const strip = Math.max(2, Math.round(0.025 * Math.max(widthPx, heightPx)));
  const atBorder = new Float64Array(words.count);
  const all = new Float64Array(words.count);
  let borderTotal = 0;
  let total = 0;
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const i = y * widthPx + x;
      if (!usable[i]) continue;
      const word = words.of[i]!;
      all[word]!++;
      total++;
      if (y >= strip && x >= strip && x < widthPx - strip) continue;
      atBorder[word]!++;
      borderTotal++;
    }
  const share = borderTotal / Math.max(1, total);
  return Float32Array.from({ length: words.count }, (_, k) => {
    const ratio = (atBorder[k]! + 20 * share) / (all[k]! + 20) / Math.max(1e-6, share);
    return Math.min(1.2, Math.max(-1.2, -Math.log(ratio + 0.12)));
  });
}

/** Number of ones. */
function countOf(mask: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) count += mask[i]!;
  return count;
}

/** The middle of the photo, without what chiefly lies at the border where enough else is left: a wall may be skin-coloured. */
function middleWithoutBorder(
  usable: Uint8Array,
  ground: Uint8Array,
  place: Plane,
  words: ColourWords,
  border: Float32Array,
): Uint8Array {
  const middle = new Uint8Array(usable.length);
  const inner = new Uint8Array(usable.length);
  for (let i = 0; i < usable.length; i++) {
    if (!usable[i] || ground[i] || place[i]! <= 0) continue;
    middle[i] = 1;
    if (border[words.of[i]!]! > CHIEFLY_BORDER) inner[i] = 1;
  }
  return countOf(inner) > 0.3 * countOf(middle) ? inner : middle;
}

/**
 * Separates head from background: a place prior and a redness prior start two histograms over the photo's colour words,
 * which then correct each other a few rounds with smoothing in between (the idea of GrabCut, Rother, Kolmogorov & Blake
 * 2004, without the graph cut). `usable` is 0 where a colour card or an avoided patch lies; `ground` is 1 where background
 * is known to be.
 */
export function findHead(features: Features, words: ColourWords, usable: Uint8Array, ground: Uint8Array): Head {
  const { widthPx, heightPx, redness } = features;
  const n = widthPx * heightPx;
  const borderLikeMiddle = borderOverlap(features, words, usable);
  const groundIsKnown = countOf(ground) > LEAST_GROUND * n;
  if (borderLikeMiddle > ALIKE && !groundIsKnown) return { mask: usable.slice(), fillsFrame: true, borderLikeMiddle };
  const prior = placePrior(features);
  const border = borderPrior(features, words, usable);
  const skin = findSkinLook(features, words, middleWithoutBorder(usable, ground, prior, words, border));
  for (let i = 0; i < n; i++) {
    const like = skinLikeness(features, skin, i);
    const atBorder = border[words.of[i]!]!;
    prior[i] =
      prior[i]! * (1 - 0.5 * like) +
      rednessPrior(redness[i]!) +
      texturePrior(features.texture[i]!, features.smoothLightness[i]!) +
      foreignPrior(redness[i]!, features.smoothLightness[i]!, skin) +
      // Skin that leaves the frame is still skin.
      1.5 * (atBorder < 0 ? atBorder * (1 - like) : atBorder) +
      2 * like;
  }
  const odds = settleOdds(features, words, prior, usable, ground);
  const mask = new Uint8Array(n);
  for (let i = 0; i < n; i++) mask[i] = odds[i]! > 0 && usable[i] && !ground[i] ? 1 : 0;
  keepMainParts(mask, prior, widthPx, heightPx);
  addDarkHair(features, skin, mask, usable);
  fillHoles(mask, usable, ground, widthPx, heightPx);
  const most = borderLikeMiddle > FAIRLY_ALIKE ? MOST_SKIN_BEHIND_ALIKE : MOST_SKIN_BEHIND;
  const fillsFrame = !groundIsKnown && addSkinBehind(features, words, mask, usable, most);
  if (fillsFrame) fillHoles(mask, usable, ground, widthPx, heightPx);
  return { mask, fillsFrame, borderLikeMiddle };
}

/**
 * Log-odds of the head once the photo's words and the prior have corrected each other. What the words tell is found out on
 * every second cell of every second row, the odds themselves on all.
 */
function settleOdds(
  { widthPx, heightPx }: Features,
  words: ColourWords,
  prior: Plane,
  usable: Uint8Array,
  ground: Uint8Array,
): Plane {
  const thin = <T extends Plane | Uint8Array>(source: T): T => thinOut(source, widthPx, heightPx);
  const [coarseWidth, coarseHeight] = [halfOf(widthPx), halfOf(heightPx)];
  const coarseWords = { count: words.count, of: thin(words.of) };
  const [coarsePrior, counts, isGround] = [thin(prior), thin(usable), thin(ground)];
  const radius = Math.max(1, Math.round(Math.max(widthPx, heightPx) / 160));
  const weight = new Float32Array(coarsePrior.length);
  const raw = new Float32Array(coarsePrior.length);
  let odds: Plane = coarsePrior;
  for (let round = 1; ; round++) {
    for (let i = 0; i < weight.length; i++) weight[i] = isGround[i] ? 0 : 1 / (1 + Math.exp(-odds[i]!));
    const perWord = wordLikelihoodRatio(coarseWords, weight, counts);
    // A head has no bays: what most of its wide surroundings say counts too.
    const around = round > ROUNDS - SHAPED_ROUNDS ? boxBlur(weight, coarseWidth, coarseHeight, 4 * radius) : null;
    if (around && round === ROUNDS) {
      const shape = enlargeTwice(around, widthPx, heightPx);
      for (let i = 0; i < shape.length; i++)
        shape[i] = 0.5 * prior[i]! + 1.6 * perWord[words.of[i]!]! + 5 * (shape[i]! - 0.5);
      return boxBlur(shape, widthPx, heightPx, radius, shape);
    }
    for (let i = 0; i < raw.length; i++) {
      const shape = around ? 5 * (around[i]! - 0.5) : 0;
      raw[i] = 0.5 * coarsePrior[i]! + 1.6 * perWord[coarseWords.of[i]!]! + shape;
    }
    odds = boxBlur(raw, coarseWidth, coarseHeight, Math.max(1, radius >> 1), raw);
  }
}

/** Keeps the part with the most evidence and any other at least a quarter of its size. */
function keepMainParts(mask: Uint8Array, prior: Plane, width: number, height: number): void {
  const { of, sizes } = findComponents(mask, width, height);
  const evidence = new Float64Array(sizes.length);
  for (let i = 0; i < mask.length; i++) if (of[i]) evidence[of[i]!]! += Math.max(0, prior[i]! + 2);
  const most = Math.max(...evidence);
  for (let i = 0; i < mask.length; i++) if (of[i] && evidence[of[i]!]! < 0.25 * most) mask[i] = 0;
}

/** A hole in a head is a highlight or a bald spot, not background. */
function fillHoles(mask: Uint8Array, usable: Uint8Array, ground: Uint8Array, width: number, height: number): void {
  const holes = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i++) holes[i] = 1 - mask[i]!;
  const { of, sizes } = findComponents(holes, width, height);
  const open = new Uint8Array(sizes.length);
  for (let x = 0; x < width; x++) open[of[x]!] = open[of[(height - 1) * width + x]!] = 1;
  for (let y = 0; y < height; y++) open[of[y * width]!] = open[of[y * width + width - 1]!] = 1;
  for (let i = 0; i < mask.length; i++) if (of[i] && !open[of[i]!] && usable[i] && !ground[i]) mask[i] = 1;
}
