import type { Point } from '../rasterPhoto.ts';
import type { ColourWords } from './colourWords.ts';
import { findComponents } from './components.ts';
import { fillPolygon, growPolygon } from './maskPolygon.ts';
import { boxBlur } from './planes.ts';
import type { Features } from './readFeatures.ts';
import { findSkinLook, type SkinLook } from './skinLook.ts';

/** A chart's board ends within this many times its patches' outline; colours and roughness just outside are its own too. */
export const BOARD = 1.2;
/** The ring that shows what the card lies on, as multiples of the patches' outline. */
const RING = [1.3, 1.65] as const;
/** A word of less than this share of the ring may be there by chance. */
const LEAST_SHARE = 0.02;
/** Chromaticity distance from the skin, in units of its ordinary variation over a head, from which a word is no skin. */
const FOREIGN = 2;
/** A part of the photo must hold this share of the ring to be what the card lies on. */
const LEAST_PART = 0.04;

interface WordLook {
  readonly ring: Float64Array;
  readonly all: Float64Array;
  readonly lightness: Float64Array;
  readonly redness: Float64Array;
  readonly warmth: Float64Array;
  readonly texture: Float64Array;
}

function lookOfWords(features: Features, words: ColourWords, ring: Uint8Array, usable: Uint8Array): WordLook {
  const [inRing, all, lightness, redness, warmth, texture] = Array.from(
    { length: 6 },
    () => new Float64Array(words.count),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let i = 0; i < usable.length; i++) {
    if (!usable[i]) continue;
    const word = words.of[i]!;
    inRing[word]! += ring[i]!;
    all[word]!++;
    lightness[word]! += features.smoothLightness[i]!;
    redness[word]! += features.redness[i]!;
    warmth[word]! += features.warmth[i]!;
    texture[word]! += features.texture[i]!;
  }
  for (let k = 0; k < words.count; k++)
    for (const sum of [lightness, redness, warmth, texture]) sum[k]! /= Math.max(1, all[k]!);
  return { ring: inRing, all, lightness, redness, warmth, texture };
}

/** Whether a word is of another colour than skin, and not dark and rough as hair under a card may be. */
function isForeign(look: WordLook, k: number, skin: SkinLook): boolean {
  const less = (skin.redness - look.redness[k]!) / 0.13;
  const warm = (look.warmth[k]! - skin.warmth) / 0.3;
  const isDarkHair = look.lightness[k]! < 0.6 * skin.lightness && look.texture[k]! > 1.2 && look.redness[k]! > -0.1;
  return less > 0.8 && Math.hypot(less, warm) > FOREIGN && !isDarkHair;
}

/**
 * 1 where the photo shows what the colour card lies on, if that is not skin: the looks found in a ring around the card's
 * board that this photo's skin does not have, and all that looks so and is connected to the ring. `card` are the corners
 * of its patches in grid pixels.
 */
export function findCardGround(
  features: Features,
  words: ColourWords,
  usable: Uint8Array,
  card: readonly Point[],
): Uint8Array {
  const { widthPx, heightPx } = features;
  const ring = new Uint8Array(usable.length);
  fillPolygon(ring, widthPx, heightPx, growPolygon(card, RING[1]), 1);
  fillPolygon(ring, widthPx, heightPx, growPolygon(card, RING[0]), 0);
  let ringSize = 0;
  for (let i = 0; i < ring.length; i++) {
    if (usable[i]) ringSize += ring[i]!;
    else ring[i] = 0;
  }
  const look = lookOfWords(features, words, ring, usable);
  const skin = findSkinLook(features, words, usable);
  const chosen = Uint8Array.from({ length: words.count }, (_, k) =>
    look.ring[k]! > LEAST_SHARE * ringSize && isForeign(look, k, skin) ? 1 : 0,
  );
  if (!chosen.includes(1)) return new Uint8Array(usable.length);
  const alike = new Float32Array(usable.length);
  for (let i = 0; i < alike.length; i++) if (usable[i] && chosen[words.of[i]!]) alike[i] = 1;
  const around = boxBlur(alike, widthPx, heightPx, 2, alike);
  const mask = new Uint8Array(usable.length);
  for (let i = 0; i < mask.length; i++) if (usable[i] && around[i]! > 0.4) mask[i] = 1;
  const { of, sizes } = findComponents(mask, widthPx, heightPx);
  const inRing = new Uint32Array(sizes.length);
  for (let i = 0; i < ring.length; i++) if (ring[i]) inRing[of[i]!]!++;
  for (let i = 0; i < mask.length; i++) if (mask[i] && inRing[of[i]!]! < LEAST_PART * ringSize) mask[i] = 0;
  return mask;
}
