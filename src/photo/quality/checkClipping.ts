import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { boxAround, describePlace } from './describePlace.ts';
import { NOTHING_TO_DO, type QualityEntry } from './qualityEntry.ts';
import type { QualityInput } from './qualityInput.ts';
import type { SkinField } from './skinField.ts';

/** 8-bit codes beyond which a channel has lost its value. */
const TOP = 250;
const BOTTOM = 5;
/** Share of the skin; glare alone clips 1–2 % of a healthy photo. */
const WARN = 0.02;
const FAIL = 0.15;

/** Share of the skin in which the camera ran out of range. Reads single full-size pixels. */
export function checkClipping(skin: SkinField, { raster }: QualityInput): QualityEntry {
  const unit = raster.data instanceof Uint16Array ? 257 : 1;
  const clipped: { x: number; y: number }[] = [];
  let bright = 0;
  for (let i = 0; i < skin.count; i++) {
    const x = skin.x[i]!;
    const y = skin.y[i]!;
    const at = 3 * (Math.floor(y) * raster.widthPx + Math.floor(x));
    const r = raster.data[at]!;
    const g = raster.data[at + 1]!;
    const b = raster.data[at + 2]!;
    const over = Math.max(r, g, b) > TOP * unit;
    if (!over && Math.max(r, g, b) >= BOTTOM * unit) continue;
    if (over) bright += 1;
    clipped.push({ x, y });
  }
  const share = clipped.length / skin.count;
  if (share <= WARN) {
    return { check: 'clipping', level: 'ok', message: photoChecksTexts.cameraKeptFullRange, fix: NOTHING_TO_DO };
  }
  const at = boxAround(clipped, skin.stepPx, raster);
  const isBurnt = bright > clipped.length / 2;
  return {
    check: 'clipping',
    level: share > FAIL ? 'fail' : 'warn',
    message: photoChecksTexts.partOfSkinLost(isBurnt, Math.round(100 * share), describePlace(at, raster)),
    fix: isBurnt ? photoChecksTexts.turnAwayFromTheLamp : photoChecksTexts.addLightFromTheFront,
    at,
  };
}
