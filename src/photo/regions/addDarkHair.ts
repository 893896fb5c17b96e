import { findComponents } from './components.ts';
import type { Features } from './readFeatures.ts';
import type { SkinLook } from './skinLook.ts';

/** Hair so dark, L*, and so rough (ln of detail) is hair whatever its colour: under greenish lamps it is no redder than a wall. */
const MOST_LIGHTNESS = 30;
const LEAST_TEXTURE = 0.9;
const LEAST_USUAL_TEXTURE = 1.2;
/** Black things of other colours than hair's. */
const LEAST_REDNESS = -0.2;
const MOST_LESS_RED = 0.6;
/** A part of this share of the photo, and at most of this share of the head, */
const SMALLEST = 0.01;
const MOST_OF_HEAD = 0.7;
/** that has the head along so much of its shore and the border of the photo along no more than so much. */
const BESIDE_HEAD = 0.2;
const MOST_ON_FRAME = 0.15;

/**
 * Adds the dark, rough parts beside a head to it: black side hair may differ from the skin it belongs to so much that it
 * went to the background.
 */
export function addDarkHair(features: Features, skin: SkinLook, head: Uint8Array, usable: Uint8Array): void {
  const { widthPx, heightPx, smoothLightness, texture, redness } = features;
  const mask = new Uint8Array(head.length);
  const least = Math.max(LEAST_REDNESS, skin.redness - MOST_LESS_RED);
  let headCells = 0;
  for (let i = 0; i < head.length; i++) {
    headCells += head[i]!;
    if (head[i] || !usable[i] || smoothLightness[i]! > MOST_LIGHTNESS) continue;
    if (texture[i]! > LEAST_TEXTURE && redness[i]! > least) mask[i] = 1;
  }
  const { of, sizes } = findComponents(mask, widthPx, heightPx);
  const isLarge = sizes.map((size) => size >= SMALLEST * head.length && size <= MOST_OF_HEAD * headCells);
  if (!isLarge.some((is, part) => is && part > 0)) return;
  const [shore, ofHead, onFrame, roughness] = Array.from({ length: 4 }, () => new Float64Array(sizes.length)) as [
    ...[Float64Array, Float64Array, Float64Array, Float64Array],
  ];
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, i++) {
      const part = of[i]!;
      if (part === 0) continue;
      roughness[part]! += texture[i]!;
      const beside = (inside: boolean, j: number): void => {
        if (inside && of[j] === part) return;
        shore[part]!++;
        if (!inside) onFrame[part]!++;
        else if (head[j]) ofHead[part]!++;
      };
      beside(x > 0, i - 1);
      beside(x < widthPx - 1, i + 1);
      beside(y > 0, i - widthPx);
      beside(y < heightPx - 1, i + widthPx);
    }
  const isHair = isLarge.map(
    (is, part) =>
      is &&
      roughness[part]! > LEAST_USUAL_TEXTURE * sizes[part]! &&
      ofHead[part]! > BESIDE_HEAD * shore[part]! &&
      onFrame[part]! < MOST_ON_FRAME * shore[part]!,
  );
  for (let i = 0; i < head.length; i++) if (of[i] && isHair[of[i]!]) head[i] = 1;
}
