import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { boxAround, describePlace } from './describePlace.ts';
import { isRedSkin } from './isRedSkin.ts';
import { NOTHING_TO_DO, type QualityEntry } from './qualityEntry.ts';
import type { QualityInput } from './qualityInput.ts';
import type { SkinField } from './skinField.ts';

/** A red point: a* above the median of the skin, at similar lightness and a redder hue. */
const REDDER = 6;
const SIMILAR_L = 15;
const HUE_RADIANS = 0.12;
/** Share of the skin. */
const WARN_PATCHES = 0.06;

const FIX = photoChecksTexts.measureHealedCalmSkin;

/** Fresh work or irritation: red patches in the skin, or skin red as a whole. It shows a colour that will not stay. */
export function checkFresh(skin: SkinField, { raster }: QualityInput): QualityEntry {
  const [L, a, b] = skin.median;
  const hue = Math.atan2(b, a);
  const red: { x: number; y: number }[] = [];
  for (let i = 0; i < skin.count; i++) {
    const [l, pointA, pointB] = [skin.lab[3 * i]!, skin.lab[3 * i + 1]!, skin.lab[3 * i + 2]!];
    if (pointA < a + REDDER || Math.abs(l - L) > SIMILAR_L) continue;
    if (Math.atan2(pointB, pointA) < hue - HUE_RADIANS) red.push({ x: skin.x[i]!, y: skin.y[i]! });
  }
  if (red.length > WARN_PATCHES * skin.count) {
    const at = boxAround(red, skin.stepPx, raster);
    const message = photoChecksTexts.partRedder(describePlace(at, raster));
    return { check: 'fresh', level: 'warn', message, fix: FIX, at };
  }
  if (isRedSkin(skin)) {
    const message = photoChecksTexts.skinIsMuchRedder;
    return { check: 'fresh', level: 'warn', message, fix: FIX };
  }
  return { check: 'fresh', level: 'ok', message: photoChecksTexts.skinLooksCalm, fix: NOTHING_TO_DO };
}
