import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import { LABEL, labelAt } from '../regions/labelMap.ts';
import { headWidthPx } from './checkResolution.ts';
import { boxAround, describePlace } from './describePlace.ts';
import { measureBlur, TILE_PX, type TileBlur } from './measureBlur.ts';
import { NOTHING_TO_DO, type QualityEntry } from './qualityEntry.ts';
import type { QualityInput } from './qualityInput.ts';

/** Tiles looked at, spread evenly over skin and hair. */
const TILES = 24;
/** Blur (σ, pixels) that any camera photo may have, and what loses its detail. */
const WARN_PX = 1.7;
const FAIL_PX = 2.6;
/** In large photos blur matters against the head: about 2.7 hair diameters. */
const FAIL_OF_HEAD = 1 / 700;
/** Share of tiles beyond the limit that is worth a remark when the rest is sharp. */
const PART = 0.3;
/** Fewer tiles with an edge than this: detail is gone at full size, look again at a quarter of it. */
const LEAST_JUDGED = 0.2;
const COARSE = 4;

const CORNERS_AND_MIDDLE = [
  [0.5, 0.5],
  [0.15, 0.15],
  [0.85, 0.15],
  [0.15, 0.85],
  [0.85, 0.85],
] as const;

/** Of these places of a tile all but one must lie on the head. */
function isOnHead({ labels }: QualityInput, x: number, y: number, side: number): boolean {
  let hits = 0;
  for (const [u, v] of CORNERS_AND_MIDDLE) {
    const label = labelAt(labels, x + u * side, y + v * side);
    if (label === LABEL.skin || label === LABEL.hair) hits += 1;
  }
  return hits >= 4;
}

function placeTiles(input: QualityInput, side: number): (readonly [number, number])[] {
  const { widthPx, heightPx } = input.raster;
  const step = Math.max(side / 2, Math.sqrt((widthPx * heightPx) / 1200));
  const places: (readonly [number, number])[] = [];
  for (let y = 0; y + side <= heightPx; y += step) {
    for (let x = 0; x + side <= widthPx; x += step) {
      if (isOnHead(input, x, y, side)) places.push([Math.floor(x), Math.floor(y)]);
    }
  }
  const every = Math.max(1, places.length / TILES);
  return Array.from({ length: Math.min(TILES, places.length) }, (_, i) => places[Math.floor(i * every)]!);
}

interface Judged {
  readonly tiles: readonly (TileBlur & { readonly sigmaPx: number })[];
  readonly looked: number;
}

function judge(input: QualityInput, scale: number): Judged {
  const places = placeTiles(input, TILE_PX * scale);
  const tiles = places.map(([x, y]) => measureBlur(input.raster, x, y, scale));
  return {
    tiles: tiles.filter((tile): tile is TileBlur & { sigmaPx: number } => tile.sigmaPx !== null),
    looked: places.length,
  };
}

/** Blurred or not, over the head, against its size; names the place where it is worst. */
export function checkFocus(input: QualityInput): QualityEntry {
  const ok: QualityEntry = { check: 'focus', level: 'ok', message: photoChecksTexts.photoIsSharp, fix: NOTHING_TO_DO };
  let { tiles, looked } = judge(input, 1);
  if (looked === 0) return ok;
  if (tiles.length < LEAST_JUDGED * looked) {
    const coarse = judge(input, COARSE);
    if (coarse.tiles.length > 0) tiles = coarse.tiles;
  }
  if (tiles.length === 0) return ok;
  const fail = Math.max(FAIL_PX, FAIL_OF_HEAD * (headWidthPx(input) ?? input.raster.widthPx));
  const warn = (fail * WARN_PX) / FAIL_PX;
  const sigmas = tiles.map((tile) => tile.sigmaPx).sort((a, b) => a - b);
  const median = sigmas[sigmas.length >> 1]!;
  const blurred = tiles.filter((tile) => tile.sigmaPx > (median > fail ? median : fail));
  if (median <= warn && blurred.length <= PART * tiles.length) return ok;
  const worst = blurred.length > 0 ? blurred : tiles.filter((tile) => tile.sigmaPx >= median);
  const centres = worst.map((tile) => ({ x: tile.x + tile.sidePx / 2, y: tile.y + tile.sidePx / 2 }));
  const at = boxAround(centres, TILE_PX / 2, input.raster);
  const place = describePlace(at, input.raster);
  return {
    check: 'focus',
    level: median > fail ? 'fail' : 'warn',
    message: median > warn ? photoChecksTexts.blurryMostOfAll(place) : photoChecksTexts.blurryAt(place),
    fix: photoChecksTexts.holdThePhoneStill,
    at,
  };
}
