import { channelOf, quantile, type SkinField } from './skinField.ts';
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
  const [L, a, b] = ([0, 1, 2] as const).map((channel) => quantile(channelOf(skin.lab, channel), 0.5));
  const { distance, da, db } = distanceFromSkinLocus(L!, a!, b!);
  return distance > RED && da > db && isNeutralAround(skin.surroundings);
}
