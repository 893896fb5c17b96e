import { LABEL } from './labelMap.ts';
import { quantileWhere } from './planes.ts';
import type { Features } from './readFeatures.ts';

/** The lightness of skin in full light is taken at this quantile; what is above it is often shine. */
const FULL_LIGHT = 0.55;
/** Skin this much darker, L*, lies in shadow or turns away from the light; this much lighter, it shines. */
const MOST_DARKER = 9;
const MOST_LIGHTER = 11;

/**
 * The labels without skin in shadow or shine, so that squares of skin are sought where the light that falls on the hair
 * falls too. Shadow only darkens: of one head's skin the lighter part is the better lit.
 */
export function litSkin(labels: Uint8Array, { smoothLightness }: Features): Uint8Array {
  const full = quantileWhere(smoothLightness, FULL_LIGHT, labels, LABEL.skin);
  const lit = labels.slice();
  for (let i = 0; i < lit.length; i++) {
    if (lit[i] !== LABEL.skin) continue;
    const more = smoothLightness[i]! - full;
    if (more < -MOST_DARKER || more > MOST_LIGHTER) lit[i] = LABEL.other;
  }
  return lit;
}
