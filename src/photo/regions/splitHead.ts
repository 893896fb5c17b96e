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

/** Log-odds that a pixel of the head is hair, from what it looks like beside the bare skin. */
function lookOdds(features: Features, skin: SkinLook, i: number): number {
  const dark = clamp((skin.lightness - features.smoothLightness[i]!) / 10, -2, 3.5);
  const rough = clamp((features.texture[i]! - skin.texture) / 0.45, -1, 3.5);
  const pale = clamp((skin.redness - features.redness[i]!) / 0.15, -1.5, 1.5);
  // A shadow keeps the skin's redness and smoothness; hair is rougher or greyer than the skin beneath it.
  const trust = 0.35 + 0.65 / (1 + Math.exp(-2 * (rough + 0.5 * pale - 0.4)));
  // Shine roughens too, but it is lighter and paler than the skin.
  const shine = dark < 0 && pale > 0 ? 0.6 : 1;
  return 0.9 * dark * (dark > 0 ? trust : 0.6) + shine * rough + 0.4 * pale - 1.6;
}

/** Separates hair and stubble from bare skin inside the head; the photo's own words correct the first guess. */
export function splitHead(features: Features, words: ColourWords, head: Uint8Array): HeadSplit {
  const { widthPx, heightPx } = features;
  const n = widthPx * heightPx;
  const skinLook = findSkinLook(features, words, head);
  const look = new Float32Array(n);
  for (let i = 0; i < n; i++) if (head[i]) look[i] = lookOdds(features, skinLook, i);
  const radius = Math.max(1, Math.round(Math.max(widthPx, heightPx) / 160));
  const inside = boxBlur(Float32Array.from(head), widthPx, heightPx, radius);
  let odds: Plane = look;
  const weight = new Float32Array(n);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < n; i++) weight[i] = head[i] ? 1 / (1 + Math.exp(-odds[i]!)) : 0;
    const perWord = wordOdds(words, weight, head);
    const raw = new Float32Array(n);
    for (let i = 0; i < n; i++) if (head[i]) raw[i] = 0.7 * look[i]! + 0.6 * perWord[words.of[i]!]!;
    odds = boxBlur(raw, widthPx, heightPx, radius);
    for (let i = 0; i < n; i++) odds[i] = head[i] ? odds[i]! / Math.max(0.05, inside[i]!) : 0;
  }
  return { skinLook, hairOdds: odds };
}
