import { findComponents } from './components.ts';
import type { Features } from './readFeatures.ts';
import type { SkinLook } from './skinLook.ts';

/** Skin less red than this (its lamp's fault, or a macro's) does not tell itself from grey things. */
const LEAST_SKIN_RED = 0.2;
/** Grey things have no more than this share of the skin's redness; what has hardly any may be somewhat rougher than skin. */
const FAIRLY_GREY = 0.5;
const GREY = 0.32;
/** How much rougher (ln of detail) than this photo's skin, and ever: the thinnest dark hair in focus is rougher. */
const ROUGHER = 0.2;
const MOST_TEXTURE = 1.3;
/** Combed hair runs in one direction, which cloth and gloves do not. */
const MOST_COHERENCE = 0.4;
/** Grain has no direction at all: what is rough by it alone may be rougher, since grain is strongest in the dark. */
const GRAIN_COHERENCE = 0.12;
const GRAIN_ROUGHER = 0.35;
const MOST_GRAIN = 1.7;
/** Smaller parts than this share of the photo may be anything. */
const SMALLEST = 0.004;
/** Within so many cells outwards an outline shows as an edge, or hair begins; shine and shadow fade smoothly. */
const REACH = 6;
/** Beyond the outline of a thing skin has at least this share of its usual redness. */
const SKIN_BEYOND = 0.75;
/** Share of an outline that must be sharp, and how much rougher than anything smooth an edge is. */
const LEAST_SHARP = 0.55;
const EDGE_ROUGHER = 0.3;

/** Cells grey beside this photo's skin and as smooth as it or nearly so. */
function smoothGreyCells(
  { redness, texture, coherence }: Features,
  skin: SkinLook,
  usable: Uint8Array,
): { mask: Uint8Array; cells: number } {
  const mask = new Uint8Array(usable.length);
  let cells = 0;
  for (let i = 0; i < mask.length; i++) {
    if (!usable[i] || coherence[i]! > MOST_COHERENCE || redness[i]! > FAIRLY_GREY * skin.redness) continue;
    const isGrain = coherence[i]! < GRAIN_COHERENCE;
    const rougher = redness[i]! > GREY * skin.redness ? 0 : isGrain ? GRAIN_ROUGHER : ROUGHER;
    if (texture[i]! > Math.min(isGrain ? MOST_GRAIN : MOST_TEXTURE, skin.texture + rougher)) continue;
    mask[i] = 1;
    cells++;
  }
  return { mask, cells };
}

/** Cells by which a thing grows to its edge, into what has no more than this share of the skin's redness. */
const RIM = 5;
const RIM_GREY = 0.65;

interface Part {
  inHead: number;
  onFrame: number;
  /** Places of its outline with more of the head beyond, and those of them where it ends sharply. */
  beside: number;
  sharp: number;
}

function describeParts(
  { widthPx, heightPx, redness, texture }: Features,
  skin: SkinLook,
  of: Int32Array,
  count: number,
  head: Uint8Array,
): Part[] {
  const parts = Array.from({ length: count }, (): Part => ({ inHead: 0, onFrame: 0, beside: 0, sharp: 0 }));
  const red = SKIN_BEYOND * skin.redness;
  const edge = Math.min(MOST_TEXTURE, skin.texture) + EDGE_ROUGHER;
  const look = (part: Part, i: number, step: number, inside: boolean): void => {
    if (!inside || !head[i + REACH * step]) return;
    let roughest = 0;
    for (let k = 1, j = i + step; k <= REACH; k++, j += step) {
      if (of[j] !== 0) return;
      roughest = Math.max(roughest, texture[j]!);
    }
    part.beside++;
    const far = i + REACH * step;
    if (roughest > edge && (redness[far]! > red || texture[far]! > edge)) part.sharp++;
  };
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, i++) {
      if (of[i] === 0) continue;
      const part = parts[of[i]!]!;
      if (head[i]) part.inHead++;
      if (x === 0 || y === 0 || x === widthPx - 1 || y === heightPx - 1) part.onFrame++;
      look(part, i, -1, x >= REACH);
      look(part, i, 1, x < widthPx - REACH);
      look(part, i, -widthPx, y >= REACH);
      look(part, i, widthPx, y < heightPx - REACH);
    }
  return parts;
}

/**
 * Finds black, grey and white cloth, towels and gloves that were taken for part of the head. Their colour hair, shine and
 * shadow have too; but they are smooth, come in from the border of the photo, and end sharply: hair is rough, and shine
 * and shadow on skin fade. 1 where such a thing lies; null without any.
 */
export function findNeutral(
  features: Features,
  skin: SkinLook,
  head: Uint8Array,
  usable: Uint8Array,
): Uint8Array | null {
  if (skin.redness < LEAST_SKIN_RED) return null;
  const { mask, cells } = smoothGreyCells(features, skin, usable);
  const least = SMALLEST * mask.length;
  if (cells < least) return null;
  const { of, sizes } = findComponents(mask, features.widthPx, features.heightPx);
  const parts = describeParts(features, skin, of, sizes.length, head);
  const isThing = parts.map(
    (part, k) =>
      sizes[k]! >= least && part.inHead >= least && part.onFrame > 0 && part.sharp >= LEAST_SHARP * part.beside,
  );
  if (!isThing.some((is, k) => is && k > 0)) return null;
  for (let i = 0; i < mask.length; i++) mask[i] = isThing[of[i]!] && of[i] !== 0 && head[i] ? 1 : 0;
  growToEdge(features, skin, head, mask);
  return mask;
}

/** The contrast of its edge roughens a thing's own rim: what is grey there belongs to it. */
function growToEdge(
  { widthPx, heightPx, redness }: Features,
  skin: SkinLook,
  head: Uint8Array,
  mask: Uint8Array,
): void {
  const most = RIM_GREY * skin.redness;
  for (let step = 1; step <= RIM; step++) {
    for (let y = 0, i = 0; y < heightPx; y++)
      for (let x = 0; x < widthPx; x++, i++) {
        if (mask[i] || !head[i] || redness[i]! > most) continue;
        const isBeside =
          (x > 0 && mask[i - 1] === step) ||
          (x < widthPx - 1 && mask[i + 1] === step) ||
          (y > 0 && mask[i - widthPx] === step) ||
          (y < heightPx - 1 && mask[i + widthPx] === step);
        // The step's number marks a cell, so that one step does not run on into the next.
        if (isBeside) mask[i] = step + 1;
      }
  }
  for (let i = 0; i < mask.length; i++) if (mask[i]) mask[i] = 1;
}
