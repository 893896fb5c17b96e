import { findComponents } from './components.ts';
import { LABEL } from './labelMap.ts';
import { boxBlur } from './planes.ts';
import type { Features } from './readFeatures.ts';

/** A spot differs from the skin around it by this much, L*, and by this many times its usual variation. */
const LEAST_DARKER = 6;
const LEAST_LIGHTER = 8;
const TIMES_USUAL = 3;
/** The skin around a spot is looked at within this share of the longer side. */
const AROUND = 0.06;
/** Larger parts than this share of the picture are light and shade; spots of more than this share of the skin are its texture. */
const LARGEST = 0.012;
const MOST_OF_SKIN = 0.06;
/** Share of an island's shore that is skin. */
const ISLAND = 0.95;
/** A spot is at least so many cells. */
const SMALLEST = 3;

/**
 * Leaves out what lies on bare skin and is neither skin nor hair: moles, scars, lines drawn for a hairline, in dark or
 * white, and points of shine. They are small parts clearly darker or lighter than the skin on all sides of them.
 */
export function markSpots(labels: Uint8Array, features: Features): void {
  markSmallSpots(labels, features);
  markIslands(labels, features);
}

/** What looks like hair but is a small island in bare skin: a mole, a scar or a stroke, rough at its outline. */
function markIslands(labels: Uint8Array, { widthPx, heightPx }: Features): void {
  const { of, sizes } = findComponents(
    labels.map((label) => (label === LABEL.hair ? 1 : 0)),
    widthPx,
    heightPx,
  );
  const [around, skin] = [new Float64Array(sizes.length), new Float64Array(sizes.length)];
  for (let i = 0; i < labels.length; i++) {
    if (!of[i]) continue;
    const x = i % widthPx;
    for (const [j, inside] of [
      [i - 1, x > 0],
      [i + 1, x < widthPx - 1],
      [i - widthPx, i >= widthPx],
      [i + widthPx, i < labels.length - widthPx],
    ] as const) {
      if (inside && of[j] === of[i]) continue;
      around[of[i]!]!++;
      if (inside && (labels[j] === LABEL.skin || labels[j] === LABEL.avoid)) skin[of[i]!]!++;
    }
  }
  for (let i = 0; i < labels.length; i++) {
    const part = of[i]!;
    if (part && sizes[part]! < LARGEST * labels.length && skin[part]! > ISLAND * around[part]!) labels[i] = LABEL.avoid;
  }
}

function markSmallSpots(labels: Uint8Array, { widthPx, heightPx, lightness }: Features): void {
  const radius = Math.max(3, Math.round(AROUND * Math.max(widthPx, heightPx)));
  const skin = new Float32Array(labels.length);
  for (let i = 0; i < labels.length; i++) if (labels[i] === LABEL.skin) skin[i] = 1;
  const sums = boxBlur(
    lightness.map((L, i) => L * skin[i]!),
    widthPx,
    heightPx,
    radius,
  );
  const share = boxBlur(skin, widthPx, heightPx, radius);
  const apart = lightness.map((L, i) => (skin[i] ? L - sums[i]! / share[i]! : 0));
  const usual = boxBlur(
    apart.map((v) => Math.abs(v)),
    widthPx,
    heightPx,
    radius,
  );
  const isSpot = (i: number): boolean => {
    // At the edge of the skin its surroundings lie to one side.
    if (!skin[i] || share[i]! < 0.6) return false;
    const least = (TIMES_USUAL * usual[i]!) / share[i]!;
    return apart[i]! < -Math.max(LEAST_DARKER, least) || apart[i]! > Math.max(LEAST_LIGHTER, least);
  };
  const mask = labels.map((_, i) => (isSpot(i) ? 1 : 0));
  const { of, sizes } = findComponents(mask, widthPx, heightPx);
  const kept = sizes.map((size) => size >= SMALLEST && size < LARGEST * labels.length);
  const total = sizes.reduce((sum, size, part) => sum + (part > 0 && kept[part] ? size : 0), 0);
  if (total > MOST_OF_SKIN * skin.reduce((sum, v) => sum + v, 0)) return;
  for (let i = 0; i < labels.length; i++) if (of[i] && kept[of[i]!]) labels[i] = LABEL.avoid;
}
