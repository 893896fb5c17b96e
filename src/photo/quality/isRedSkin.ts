import { quantile } from './quantile.ts';
import type { SkinField } from './skinField.ts';
import { distanceFromSkinLocus } from './skinLocus.ts';

/** a*b* distance from the colours of healthy skin. */
const RED = 15;
/** Light things around the head with less chroma than this show that the light is neutral. */
const NEUTRAL_CHROMA = 12;
const LIGHT_L = 60;
/** They must make up this share of the surroundings. */
const LIGHT_SHARE = 0.1;

function isNeutralAround(surroundings: Float32Array): boolean {
  const chroma: number[] = [];
  for (let i = 0; i < surroundings.length; i += 3) {
    if (surroundings[i]! > LIGHT_L) chroma.push(Math.hypot(surroundings[i + 1]!, surroundings[i + 2]!));
  }
  return chroma.length > LIGHT_SHARE * (surroundings.length / 3) && quantile(chroma, 0.5) < NEUTRAL_CHROMA;
}

/** Whether the skin as a whole is redder than healthy skin while its surroundings are neutral: not the light's doing. */
export function isRedSkin(skin: SkinField): boolean {
  const { distance, da, db } = distanceFromSkinLocus(...skin.median);
  return distance > RED && da > db && isNeutralAround(skin.surroundings);
}
