import { type ColourWords, wordOdds } from './colourWords.ts';
import { enlargeTwice, halfOf, thinOut } from './halfGrid.ts';
import { boxBlur, type Plane } from './planes.ts';
import type { Features } from './readFeatures.ts';
import { canBeSkin, findSkinLook, type SkinLook } from './skinLook.ts';

export interface HeadSplit {
  readonly skinLook: SkinLook;
  /** Log-odds of hair or stubble against skin, smoothed; meaningful where the head is. */
  readonly hairOdds: Plane;
}

const ROUNDS = 4;

/** What has less than this share of the skin's redness is no skin, unless it shines; over this range it becomes so. */
const GREY_SHARE = 0.45;
const GREY_RANGE = 0.15;
/** Log-odds of hair for what is so, and skin whose redness tells. */
const GREY_ODDS = 2;
const LEAST_RED = 0.2;
/** L* below which no redness can be seen, and above which it is trusted. */
const BLACK = 5;
const NOT_BLACK = 10;

const clamp = (v: number, low: number, high: number) => Math.min(high, Math.max(low, v));

/** How far a pixel is shine rather than surface, 0–1: lighter and paler than the skin around. Shine tells nothing. */
function shineAt(features: Features, skin: SkinLook, i: number): number {
  const lighter = clamp((features.smoothLightness[i]! - skin.lightness) / 12, 0, 1);
  return lighter * (0.4 + 0.6 * clamp((skin.redness - features.redness[i]!) / 0.15, 0, 1));
}

/** Where roughness turns from skin's to hair's in this photo, and over what range. */
interface Roughness {
  readonly middle: number;
  readonly range: number;
}

/**
 * Otsu's threshold (1979) between smooth and rough parts of the head, where there are two such parts; otherwise a step
 * above the skin's own roughness that ordinary pores and grain do not reach.
 */
function findRoughness(features: Features, skin: SkinLook, head: Uint8Array): Roughness {
  const bins = new Float64Array(64);
  const perUnit = 64 / 3.5;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < head.length; i++) {
    if (!head[i]) continue;
    const bin = Math.min(63, Math.floor(features.texture[i]! * perUnit));
    bins[bin]!++;
    total++;
    sum += bin;
  }
  let below = 0;
  let sumBelow = 0;
  let best = { gain: 0, at: 0, apart: 0 };
  for (let bin = 0; bin < 63; bin++) {
    below += bins[bin]!;
    sumBelow += bin * bins[bin]!;
    if (below < 0.03 * total || below > 0.97 * total) continue;
    const apart = (sum - sumBelow) / (total - below) - sumBelow / below;
    const gain = below * (total - below) * apart * apart;
    if (gain > best.gain) best = { gain, at: (bin + 1) / perUnit, apart: apart / perUnit };
  }
  const middle =
    best.apart > 0.4 ? clamp(best.at, skin.texture + 0.25, skin.texture + 0.75) : clamp(skin.texture + 0.6, 1.1, 3);
  return { middle, range: clamp(0.45 * (middle - skin.texture), 0.15, 0.35) };
}

/** What each pixel says by itself; the lightness of the skin around, which the rounds find out, comes to it. */
interface OwnLook {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly head: Uint8Array;
  readonly words: ColourWords;
  readonly lightness: Plane;
  /** Log-odds of hair from roughness and paleness. */
  readonly base: Plane;
  /** How far its darkness counts: a shadow keeps the skin's redness and smoothness, hair is rougher or greyer. */
  readonly trust: Plane;
  /** How far the pixel tells anything at all. */
  readonly certain: Plane;
}

function readOwnLook(
  features: Features,
  words: ColourWords,
  head: Uint8Array,
  skin: SkinLook,
  radius: number,
): OwnLook {
  const { widthPx, heightPx, texture, coherence, redness, smoothLightness } = features;
  const rough = findRoughness(features, skin, head);
  const onHead = new Float32Array(head);
  const inside = boxBlur(onHead, widthPx, heightPx, 3 * radius, onHead);
  const [base, trust, certain] = [0, 1, 2].map(() => new Float32Array(head.length)) as [Plane, Plane, Plane];
  for (let i = 0; i < head.length; i++) {
    if (!head[i]) continue;
    const shine = shineAt(features, skin, i);
    // Shine on skin glitters in all directions; combed white hair is as light and pale, but runs in one.
    const roughness =
      clamp((texture[i]! - rough.middle) / rough.range, -2.5, 2.5) -
      2 * shine * clamp((0.62 - coherence[i]!) / 0.18, 0, 1);
    const pale = clamp((skin.redness - redness[i]!) / 0.15, -1.5, 1.5);
    const lessRed = clamp((GREY_SHARE - redness[i]! / skin.redness) / GREY_RANGE, 0, 1);
    const seen = clamp((smoothLightness[i]! - BLACK) / (NOT_BLACK - BLACK), 0, 1);
    const grey = skin.redness > LEAST_RED ? GREY_ODDS * lessRed * seen * (1 - shine) : 0;
    base[i] = 1.2 * roughness + 0.3 * pale + grey - 0.5;
    trust[i] = 0.15 + 0.85 / (1 + Math.exp(-1.5 * (roughness + 0.7 * pale + 0.8)));
    // At its outline the head is rough with the background's contrast.
    certain[i] = (1 - 0.85 * shine) * clamp((inside[i]! - 0.6) / 0.3, 0.1, 1);
  }
  return { widthPx, heightPx, head, words, lightness: smoothLightness, base, trust, certain };
}

/** The same of every second pixel of every second row. */
function thinLook({ widthPx, heightPx, head, words, lightness, base, trust, certain }: OwnLook): OwnLook {
  const thin = <T extends Plane | Uint8Array>(source: T): T => thinOut(source, widthPx, heightPx);
  return {
    ...{ widthPx: halfOf(widthPx), heightPx: halfOf(heightPx), head: thin(head) },
    ...{ words: { count: words.count, of: thin(words.of) }, lightness: thin(lightness) },
    ...{ base: thin(base), trust: thin(trust), certain: thin(certain) },
  };
}

/** Log-odds of hair of each pixel beside skin of the lightness `local`, before its neighbours and its word are asked. */
function judgeAlone({ head, lightness, base, trust }: OwnLook, local: Plane): Plane {
  const odds = new Float32Array(head.length);
  for (let i = 0; i < odds.length; i++) {
    if (!head[i]) continue;
    const dark = clamp((local[i]! - lightness[i]!) / 10, -2, 3.5);
    odds[i] = 0.9 * dark * (dark > 0 ? trust[i]! : 0.5) + base[i]!;
  }
  return odds;
}

function addWords(odds: Plane, { head, words }: OwnLook, perWord: Float32Array): void {
  for (let i = 0; i < odds.length; i++) if (head[i]) odds[i] = 0.7 * odds[i]! + 0.6 * perWord[words.of[i]!]!;
}

/**
 * Separates hair and stubble from bare skin inside the head; the photo's own words correct the first guess. They and the
 * lightness of the skin around are found out on every second pixel, what depends on them on all.
 */
export function splitHead(features: Features, words: ColourWords, head: Uint8Array): HeadSplit {
  const { widthPx, heightPx } = features;
  const skinLook = findSkinLook(features, words, head);
  if (!canBeSkin(skinLook)) return { skinLook, hairOdds: new Float32Array(head.length).fill(1) };
  const radius = Math.max(1, Math.round(Math.max(widthPx, heightPx) / 160));
  const full = readOwnLook(features, words, head, skinLook, radius);
  const coarse = thinLook(full);
  const nearRadius = Math.max(1, radius >> 1);
  const [certainNear, certainWide] = [blurCertain(coarse, nearRadius), blurCertain(coarse, 4 * radius)];
  const weight = new Float32Array(coarse.head.length);
  let local: Plane = new Float32Array(coarse.head.length).fill(skinLook.lightness);
  let odds: Plane | null = null;
  for (let round = 1; ; round++) {
    const own = judgeAlone(coarse, local);
    const before = odds ?? own;
    for (let i = 0; i < weight.length; i++) weight[i] = 1 / (1 + Math.exp(-before[i]!));
    const perWord = wordOdds(coarse.words, weight, coarse.head);
    addWords(own, coarse, perWord);
    const wide = sumWeighted(own, coarse, 4 * radius, certainWide);
    if (round === ROUNDS) {
      const last = judgeAlone(full, enlargeTwice(local, widthPx, heightPx));
      addWords(last, full, perWord);
      return { skinLook, hairOdds: smoothOdds(sumWeighted(last, full, radius, blurCertain(full, radius)), full, wide) };
    }
    odds = smoothOdds(sumWeighted(own, coarse, nearRadius, certainNear), coarse, wide);
    local = skinLightnessAround(coarse, odds, skinLook.lightness);
  }
}

/** Means over a window of the odds times how much they tell, and of how much they tell. */
interface WeightedMean {
  readonly product: Plane;
  readonly weight: Plane;
  readonly widthPx: number;
}

function blurCertain({ certain, widthPx, heightPx }: OwnLook, radius: number): Plane {
  return boxBlur(certain, widthPx, heightPx, radius);
}

/** `weight` is what `blurCertain` gives for this radius. */
function sumWeighted(
  odds: Plane,
  { certain, widthPx, heightPx }: OwnLook,
  radius: number,
  weight: Plane,
): WeightedMean {
  const product = new Float32Array(odds.length);
  for (let i = 0; i < product.length; i++) product[i] = odds[i]! * certain[i]!;
  return { product: boxBlur(product, widthPx, heightPx, radius, product), weight, widthPx };
}

/** The odds around each pixel; shine takes the answer of its wider surroundings, which may be known on half the grid only. */
function smoothOdds({ product, weight }: WeightedMean, { widthPx, heightPx }: OwnLook, wide: WeightedMean): Plane {
  const shift = wide.widthPx === widthPx ? 0 : 1;
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0, row = (y >> shift) * wide.widthPx; x < widthPx; x++, i++) {
      const at = row + (x >> shift);
      const share = weight[i]! + 0.05 * wide.weight[at]!;
      product[i] = (product[i]! + 0.05 * wide.product[at]!) / Math.max(1e-3, share);
    }
  return product;
}

/** Lightness of the skin near each pixel: it follows the light over a round head; the look of all skin where none is near. */
function skinLightnessAround({ widthPx, heightPx, head, lightness }: OwnLook, odds: Plane, fallback: number): Plane {
  const skin = new Float32Array(odds.length);
  const light = new Float32Array(odds.length);
  for (let i = 0; i < odds.length; i++) {
    if (!head[i] || odds[i]! >= -0.5) continue;
    skin[i] = 1;
    light[i] = lightness[i]!;
  }
  const radius = Math.max(2, Math.round(0.05 * Math.max(widthPx, heightPx)));
  const sums = boxBlur(light, widthPx, heightPx, radius, light);
  const share = boxBlur(skin, widthPx, heightPx, radius, skin);
  for (let i = 0; i < odds.length; i++) sums[i] = (sums[i]! + 0.1 * fallback) / (share[i]! + 0.1);
  return sums;
}
