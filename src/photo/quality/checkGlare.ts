import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { boxAround, describePlace } from './describePlace.ts';
import { NOTHING_TO_DO, type QualityEntry } from './qualityEntry.ts';
import type { QualityInput } from './qualityInput.ts';
import type { SkinField } from './skinField.ts';

/** A point of gloss is this much lighter than the skin's median and this much less colourful. */
const LIGHTER = 12;
const CHROMA_SHARE = 0.65;
/** Share of the skin. Glossy points are left out of measuring, so glare never fails a photo by itself. */
const WARN = 0.04;
/** Below this chroma the skin's colour is too weak to tell gloss by. */
const LEAST_CHROMA = 5;

/** Lamps mirrored in the skin: light and nearly without the skin's colour (dichromatic model: body plus light). */
export function checkGlare(skin: SkinField, { raster }: QualityInput): QualityEntry {
  const [L, a, b] = skin.median;
  const chroma = Math.hypot(a, b);
  const gloss: { x: number; y: number }[] = [];
  for (let i = 0; i < skin.count && chroma >= LEAST_CHROMA; i++) {
    const lighter = skin.lab[3 * i]! > L + LIGHTER;
    const paler = Math.hypot(skin.lab[3 * i + 1]!, skin.lab[3 * i + 2]!) < CHROMA_SHARE * chroma;
    if (lighter && paler) gloss.push({ x: skin.x[i]!, y: skin.y[i]! });
  }
  const share = gloss.length / skin.count;
  if (share <= WARN)
    return { check: 'glare', level: 'ok', message: photoChecksTexts.skinHardlyShines, fix: NOTHING_TO_DO };
  const at = boxAround(gloss, skin.stepPx, raster);
  return {
    check: 'glare',
    level: 'warn',
    message: photoChecksTexts.skinShines(describePlace(at, raster)),
    fix: photoChecksTexts.dabTheScalpDry,
    at,
  };
}
