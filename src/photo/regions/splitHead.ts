import { type ColourWords, wordOdds } from './colourWords.ts';
import { boxBlur, type Plane } from './planes.ts';
import type { Features } from './readFeatures.ts';
import { canBeSkin, findSkinLook, type SkinLook } from './skinLook.ts';

export interface HeadSplit {
  readonly skinLook: SkinLook;
  /** Log-odds of hair or stubble against skin, smoothed; meaningful where the head is. */
  readonly hairOdds: Plane;
}

const ROUNDS = 4;

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

/** Log-odds that a pixel of the head is hair, from what it looks like beside bare skin of this lightness. */
function lookOdds(
  features: Features,
  skin: SkinLook,
  rough: Roughness,
  i: number,
  lightness: number,
  shine: number,
): number {
  const dark = clamp((lightness - features.smoothLightness[i]!) / 10, -2, 3.5);
  // Shine on skin glitters in all directions; combed white hair is as light and pale, but runs in one.
  const roughness =
    clamp((features.texture[i]! - rough.middle) / rough.range, -2.5, 2.5) -
    2 * shine * clamp((0.62 - features.coherence[i]!) / 0.18, 0, 1);
  const pale = clamp((skin.redness - features.redness[i]!) / 0.15, -1.5, 1.5);
  // A shadow keeps the skin's redness and smoothness; hair is rougher or greyer than the skin beneath it.
  const trust = 0.15 + 0.85 / (1 + Math.exp(-1.5 * (roughness + 0.7 * pale + 0.8)));
  return 0.9 * dark * (dark > 0 ? trust : 0.5) + 1.2 * roughness + 0.3 * pale - 0.5;
}

/** Separates hair and stubble from bare skin inside the head; the photo's own words correct the first guess. */
export function splitHead(features: Features, words: ColourWords, head: Uint8Array): HeadSplit {
  const { widthPx, heightPx } = features;
  const n = widthPx * heightPx;
  const skinLook = findSkinLook(features, words, head);
  if (!canBeSkin(skinLook)) return { skinLook, hairOdds: new Float32Array(n).fill(1) };
  const rough = findRoughness(features, skinLook, head);
  const radius = Math.max(1, Math.round(Math.max(widthPx, heightPx) / 160));
  const inside = boxBlur(new Float32Array(head), widthPx, heightPx, 3 * radius);
  const look = new Float32Array(n);
  const certain = new Float32Array(n);
  const weight = new Float32Array(n);
  let odds: Plane = look;
  let local: Plane = new Float32Array(n).fill(skinLook.lightness);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < n; i++) {
      if (!head[i]) continue;
      const shine = shineAt(features, skinLook, i);
      look[i] = lookOdds(features, skinLook, rough, i, local[i]!, shine);
      // At its outline the head is rough with the background's contrast.
      certain[i] = (1 - 0.85 * shine) * clamp((inside[i]! - 0.6) / 0.3, 0.1, 1);
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
  const product = new Float32Array(look.length);
  for (let i = 0; i < product.length; i++) product[i] = look[i]! * certain[i]!;
  const near = boxBlur(product, width, height, radius);
  const nearWeight = boxBlur(certain, width, height, radius);
  const wide = boxBlur(product, width, height, 8 * radius);
  const wideWeight = boxBlur(certain, width, height, 8 * radius);
  for (let i = 0; i < near.length; i++)
    near[i] = (near[i]! + 0.05 * wide[i]!) / Math.max(1e-3, nearWeight[i]! + 0.05 * wideWeight[i]!);
  return near;
}

/** Lightness of the skin near each pixel: it follows the light over a round head; the look of all skin where none is near. */
function skinLightnessAround(features: Features, odds: Plane, head: Uint8Array, fallback: number): Plane {
  const { widthPx, heightPx, smoothLightness } = features;
  const n = odds.length;
  const skin = new Float32Array(n);
  const lightness = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    if (!head[i] || odds[i]! >= -0.5) continue;
    skin[i] = 1;
    lightness[i] = smoothLightness[i]!;
  }
  const radius = Math.max(2, Math.round(0.05 * Math.max(widthPx, heightPx)));
  const sums = boxBlur(lightness, widthPx, heightPx, radius);
  const share = boxBlur(skin, widthPx, heightPx, radius);
  for (let i = 0; i < n; i++) sums[i] = (sums[i]! + 0.1 * fallback) / (share[i]! + 0.1);
  return sums;
}
