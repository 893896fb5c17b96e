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
  const hair = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) if (labels[i] === LABEL.hair) hair[i] = 1;
  const { of, sizes } = findComponents(hair, widthPx, heightPx);
  const most = LARGEST * labels.length;
  if (!sizes.some((size, part) => part > 0 && size < most)) return;
  const around = new Float64Array(sizes.length);
  const skin = new Float64Array(sizes.length);
  const shore = (part: number, inside: boolean, j: number): void => {
    if (inside && of[j] === part) return;
    around[part]!++;
    if (inside && (labels[j] === LABEL.skin || labels[j] === LABEL.avoid)) skin[part]!++;
  };
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, i++) {
      const part = of[i]!;
      if (part === 0 || sizes[part]! >= most) continue;
      shore(part, x > 0, i - 1);
      shore(part, x < widthPx - 1, i + 1);
      shore(part, y > 0, i - widthPx);
      shore(part, y < heightPx - 1, i + widthPx);
    }
  for (let i = 0; i < labels.length; i++) {
    const part = of[i]!;
    if (part && sizes[part]! < most && skin[part]! > ISLAND * around[part]!) labels[i] = LABEL.avoid;
  }
}

function markSmallSpots(labels: Uint8Array, { widthPx, heightPx, lightness }: Features): void {
  const n = labels.length;
  const radius = Math.max(3, Math.round(AROUND * Math.max(widthPx, heightPx)));
  const skin = new Float32Array(n);
  const apart = new Float32Array(n);
  let skinCells = 0;
  for (let i = 0; i < n; i++) {
    if (labels[i] !== LABEL.skin) continue;
    skin[i] = 1;
    apart[i] = lightness[i]!;
    skinCells++;
  }
  if (skinCells === 0) return;
  const share = boxBlur(skin, widthPx, heightPx, radius);
  const mean = boxBlur(apart, widthPx, heightPx, radius);
  const size = mean;
  for (let i = 0; i < n; i++) {
    if (skin[i]! > 0) apart[i]! -= mean[i]! / share[i]!;
    size[i] = Math.abs(apart[i]!);
  }
  const usual = boxBlur(size, widthPx, heightPx, radius, size);
  const mask = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    // At the edge of the skin its surroundings lie to one side.
    if (skin[i] === 0 || share[i]! < 0.6) continue;
    const least = (TIMES_USUAL * usual[i]!) / share[i]!;
    if (apart[i]! < -Math.max(LEAST_DARKER, least) || apart[i]! > Math.max(LEAST_LIGHTER, least)) mask[i] = 1;
  }
  const { of, sizes } = findComponents(mask, widthPx, heightPx);
  const kept = sizes.map((cells) => cells >= SMALLEST && cells < LARGEST * n);
  const total = sizes.reduce((sum, cells, part) => sum + (part > 0 && kept[part] ? cells : 0), 0);
  if (total > MOST_OF_SKIN * skinCells) return;
  for (let i = 0; i < n; i++) if (of[i] && kept[of[i]!]) labels[i] = LABEL.avoid;
}
