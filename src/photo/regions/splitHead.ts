import { type ColourWords, wordOdds } from './colourWords.ts';
import { boxBlur, type Plane, quantileWhere } from './planes.ts';
import type { Features } from './readFeatures.ts';

/** What this photo's bare skin looks like on the search grid. */
export interface SkinLook {
  readonly lightness: number;
  readonly redness: number;
  readonly warmth: number;
  readonly texture: number;
}

export interface HeadSplit {
  readonly skinLook: SkinLook;
  /** Log-odds of hair or stubble against skin, smoothed; meaningful where the head is. */
  readonly hairOdds: Plane;
}

const ROUNDS = 4;
/** The smoothest, reddest, lightest appearances that make up this share of the head are taken for its bare skin. */
const SKIN_SHARE = 0.1;

const clamp = (v: number, low: number, high: number) => Math.min(high, Math.max(low, v));

/** Finds bare skin among the words of the head: light, red and smooth, each judged against the head itself. */
export function findSkinLook(features: Features, words: ColourWords, head: Uint8Array): SkinLook {
  const { smoothLightness, redness, texture, warmth } = features;
  const sums = Array.from({ length: words.count }, () => [0, 0, 0, 0]);
  let total = 0;
  for (let i = 0; i < head.length; i++) {
    if (!head[i]) continue;
    const s = sums[words.of[i]!]!;
    s[0]!++;
    s[1]! += smoothLightness[i]!;
    s[2]! += redness[i]!;
    s[3]! += texture[i]!;
    total++;
  }
  const scored = sums
    .map(([n, L, red, tex], word) => ({
      word,
      n: n!,
      score: (L! / 20 + clamp(red! / n!, -0.3, 0.5) * n! * 4 - 1.6 * tex!) / n!,
    }))
    .filter(({ n }) => n > 0.004 * total)
    .sort((p, q) => q.score - p.score);
  const chosen = new Uint8Array(words.count);
  let taken = 0;
  for (const { word, n } of scored) {
    if (taken > SKIN_SHARE * total) break;
    chosen[word] = 1;
    taken += n;
  }
  const skin = head.map((v, i) => (v && chosen[words.of[i]!] ? 1 : 0));
  const median = (plane: Plane) => quantileWhere(plane, 0.5, skin);
  return {
    lightness: median(smoothLightness),
    redness: median(redness),
    warmth: median(warmth),
    texture: median(texture),
  };
}

/** How far a pixel is shine rather than surface, 0–1: lighter and paler than the skin around. Shine tells nothing. */
function shineAt(features: Features, skin: SkinLook, i: number): number {
  const lighter = clamp((features.smoothLightness[i]! - skin.lightness) / 12, 0, 1);
  return lighter * clamp((skin.redness - features.redness[i]!) / 0.15, 0, 1);
}

/** Log-odds that a pixel of the head is hair, from what it looks like beside bare skin of this lightness. */
function lookOdds(features: Features, skin: SkinLook, i: number, lightness: number): number {
  const texture = features.texture[i]!;
  const dark = clamp((lightness - features.smoothLightness[i]!) / 10, -2, 3.5);
  const rough = clamp((texture - skin.texture) / 0.45, -1, 3.5);
  const pale = clamp((skin.redness - features.redness[i]!) / 0.15, -1.5, 1.5);
  // A shadow keeps the skin's redness and smoothness; hair is rougher or greyer than the skin beneath it.
  const trust = 0.25 + 0.75 / (1 + Math.exp(-2 * (rough + 0.5 * pale - 0.4)));
  return 0.9 * dark * (dark > 0 ? trust : 0.6) + rough + 0.4 * pale - 1.3;
}

/** Separates hair and stubble from bare skin inside the head; the photo's own words correct the first guess. */
export function splitHead(features: Features, words: ColourWords, head: Uint8Array): HeadSplit {
  const { widthPx, heightPx } = features;
  const n = widthPx * heightPx;
  const skinLook = findSkinLook(features, words, head);
  const radius = Math.max(1, Math.round(Math.max(widthPx, heightPx) / 160));
  const look = new Float32Array(n);
  const certain = new Float32Array(n);
  const weight = new Float32Array(n);
  let odds: Plane = look;
  let local: Plane = new Float32Array(n).fill(skinLook.lightness);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < n; i++) {
      if (!head[i]) continue;
      look[i] = lookOdds(features, skinLook, i, local[i]!);
      certain[i] = 1 - 0.85 * shineAt(features, skinLook, i);
      weight[i] = 1 / (1 + Math.exp(-(round === 0 ? look[i]! : odds[i]!)));
    }
    const perWord = wordOdds(words, weight, head);
    for (let i = 0; i < n; i++) if (head[i]) look[i] = 0.7 * look[i]! + 0.6 * perWord[words.of[i]!]!;
    odds = smoothOdds(look, certain, widthPx, heightPx, radius);
    local = skinLightnessAround(features, odds, head, skinLook.lightness);
  }
  return { skinLook, hairOdds: odds };
}

/** Mean of the odds around each pixel, weighted by how much they tell; shine takes its wider surroundings' answer. */
function smoothOdds(look: Plane, certain: Plane, width: number, height: number, radius: number): Plane {
  const product = look.map((v, i) => v * certain[i]!);
  const near = boxBlur(product, width, height, radius);
  const nearWeight = boxBlur(certain, width, height, radius);
  const wide = boxBlur(product, width, height, 8 * radius);
  const wideWeight = boxBlur(certain, width, height, 8 * radius);
  return near.map((v, i) => (v + 0.05 * wide[i]!) / Math.max(1e-3, nearWeight[i]! + 0.05 * wideWeight[i]!));
}

/** Lightness of the skin near each pixel: it follows the light over a round head; the look of all skin where none is near. */
function skinLightnessAround(features: Features, odds: Plane, head: Uint8Array, fallback: number): Plane {
  const { widthPx, heightPx, smoothLightness } = features;
  const skin = odds.map((v, i) => (head[i] && v < -0.5 ? 1 : 0));
  const radius = Math.max(2, Math.round(0.05 * Math.max(widthPx, heightPx)));
  const sums = boxBlur(
    smoothLightness.map((v, i) => v * skin[i]!),
    widthPx,
    heightPx,
    radius,
  );
  const share = boxBlur(skin, widthPx, heightPx, radius);
  return sums.map((v, i) => (v + 0.1 * fallback) / (share[i]! + 0.1));
}
