import { checkCast } from './checkCast.ts';
import { checkClipping } from './checkClipping.ts';
import { checkExposure } from './checkExposure.ts';
import { checkFocus } from './checkFocus.ts';
import { checkFresh } from './checkFresh.ts';
import { checkGlare } from './checkGlare.ts';
import { checkResolution } from './checkResolution.ts';
import { checkShadow } from './checkShadow.ts';
import type { QualityEntry } from './qualityEntry.ts';
import type { QualityInput } from './qualityInput.ts';
import { readSkinField } from './skinField.ts';

/** Fewer skin points than this cannot be judged; that no skin was found is said by the regions. */
const LEAST_SKIN_POINTS = 60;

/**
 * Looks for everything about a photo that makes its colours untrustworthy: one entry a check, also where all is well.
 * Pure; samples the photo instead of reading all of it.
 */
export function checkQuality(input: QualityInput): QualityEntry[] {
  const entries = [checkFocus(input), checkResolution(input)];
  const skin = readSkinField(input);
  if (skin.count < LEAST_SKIN_POINTS) return entries;
  return [
    ...entries,
    checkExposure(skin),
    checkClipping(skin, input),
    checkGlare(skin, input),
    checkCast(skin, input),
    checkShadow(skin, input),
    checkFresh(skin, input),
  ];
}
