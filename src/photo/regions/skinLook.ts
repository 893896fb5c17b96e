import type { ColourWords } from './colourWords.ts';
import { type Plane, quantileWhere } from './planes.ts';
import type { Features } from './readFeatures.ts';

/** What this photo's bare skin looks like on the search grid. */
export interface SkinLook {
  readonly lightness: number;
  readonly redness: number;
  readonly warmth: number;
  readonly texture: number;
  readonly coherence: number;
}

/** The smoothest, reddest, lightest appearances that make up this share of the area are taken for its bare skin. */
const SKIN_SHARE = 0.1;

/** Words with less than this share of the best one's redness are cloth or shine, however smooth. */
const LEAST_OF_RED = 0.35;
/** More redness than this is a lamp's or a glove's and no measure for the skin. */
const RED_ENOUGH = 0.6;

/** From here on no surface is bare skin in focus; less is enough where it runs in one direction as hair does. */
const ROUGH = 1.63;
/** A look both light and clearly red is skin even where short hair roughens it: light hair is paler, red hair darker. */
const LIGHT_AND_RED = { lightness: 45, redness: 0.45, range: 0.3, allowance: 0.35 } as const;

/** Whether the look found can be skin at all; where the whole area is hair, its smoothest part cannot. */
export function canBeSkin(look: SkinLook): boolean {
  const { lightness, redness, range, allowance } = LIGHT_AND_RED;
  const red = Math.min(1, Math.max(0, (look.redness - redness) / range));
  const more = look.lightness > lightness ? allowance * red : 0;
  return look.texture + Math.max(0, look.coherence - 0.45) < ROUGH + more;
}

function score(lightness: number, redness: number, texture: number, warmth: number): number {
  const colour = 4 * Math.min(0.5, Math.max(-0.3, redness)) + 2 * Math.min(0.5, Math.max(0, warmth));
  return Math.min(65, lightness) / 30 + colour - 1.6 * texture;
}

/** Finds bare skin among the words of an area: light, red and smooth, each judged against the rest of it. */
export function findSkinLook(features: Features, words: ColourWords, area: Uint8Array): SkinLook {
  const { smoothLightness, redness, texture, warmth } = features;
  const sums = new Float64Array(5 * words.count);
  let total = 0;
  for (let i = 0; i < area.length; i++) {
    if (!area[i]) continue;
    const at = 5 * words.of[i]!;
    sums[at]!++;
    sums[at + 1]! += smoothLightness[i]!;
    sums[at + 2]! += redness[i]!;
    sums[at + 3]! += texture[i]!;
    sums[at + 4]! += warmth[i]!;
    total++;
  }
  const scored = Array.from({ length: words.count }, (_, word) => word)
    .map((word) => {
      const [n, L, red, tex, warm] = sums.subarray(5 * word, 5 * word + 5) as unknown as number[];
      return { word, n: n!, red: red! / n!, score: score(L! / n!, red! / n!, tex! / n!, warm! / n!) };
    })
    .filter(({ n }) => n > 0.004 * total)
    .sort((p, q) => q.score - p.score);
  const chosen = new Uint8Array(words.count);
  let taken = 0;
  for (const { word, n, red } of scored) {
    if (taken > SKIN_SHARE * total) break;
    if (red < LEAST_OF_RED * Math.min(RED_ENOUGH, scored[0]!.red)) continue;
    chosen[word] = 1;
    taken += n;
  }
  const skin = new Uint8Array(area.length);
  for (let i = 0; i < skin.length; i++) if (area[i]) skin[i] = chosen[words.of[i]!]!;
  const median = (plane: Plane) => quantileWhere(plane, 0.5, skin);
  return {
    lightness: median(smoothLightness),
    redness: median(redness),
    warmth: median(warmth),
    texture: median(texture),
    coherence: median(features.coherence),
  };
}
