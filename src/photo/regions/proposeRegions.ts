import type { Box, Point, RasterPhoto } from '../rasterPhoto.ts';
import type { WorkingImage } from '../workingImage.ts';
import { findColourWords } from './colourWords.ts';
import { absorbSmallParts } from './components.ts';
import { findHead } from './findHead.ts';
import { LABEL, type LabelMap } from './labelMap.ts';
import { pickBoxes } from './pickBoxes.ts';
import { type Features, readFeatures } from './readFeatures.ts';
import { splitHead } from './splitHead.ts';

export type HairKind = 'stubble' | 'short' | 'long' | 'none';

/** One remark about the regions, in the form of the result's quality list. */
export interface RegionNote {
  readonly check: 'hairVisible' | 'skinVisible' | 'scalp' | 'glare' | 'shadow';
  readonly level: 'ok' | 'warn' | 'fail';
  readonly message: string;
  readonly fix: string;
  readonly at?: Box;
}

export interface RegionProposal {
  readonly labels: LabelMap;
  /** A few squares inside the areas, displayed pixels, largest first. */
  readonly skinBoxes: readonly Box[];
  readonly hairBoxes: readonly Box[];
  readonly hairKind: HairKind;
  readonly found: { readonly skin: boolean; readonly hair: boolean };
  readonly scalp: { readonly isScalp: boolean; readonly reason?: string };
  readonly notes: readonly RegionNote[];
}

export interface RegionOptions {
  /** Areas that are neither skin nor hair, such as a colour card, in displayed pixels. */
  readonly avoidBoxes?: readonly Box[];
  readonly avoidPolygons?: readonly (readonly Point[])[];
}

const WORDS = 24;

function insidePolygon(polygon: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

function usablePixels({ widthPx, heightPx, scale }: Features, options: RegionOptions): Uint8Array {
  const usable = new Uint8Array(widthPx * heightPx).fill(1);
  for (const [x, y, w, h] of options.avoidBoxes ?? [])
    for (let row = Math.max(0, Math.floor(y / scale)); row < Math.min(heightPx, Math.ceil((y + h) / scale)); row++)
      usable.fill(
        0,
        row * widthPx + Math.min(widthPx, Math.max(0, Math.floor(x / scale))),
        row * widthPx + Math.max(0, Math.min(widthPx, Math.ceil((x + w) / scale))),
      );
  for (const polygon of options.avoidPolygons ?? [])
    for (let i = 0; i < usable.length; i++) {
      const x = ((i % widthPx) + 0.5) * scale;
      if (insidePolygon(polygon, x, (Math.floor(i / widthPx) + 0.5) * scale)) usable[i] = 0;
    }
  return usable;
}

/**
 * Proposes where skin and hair are, from colour, texture and place alone. Explainable and deterministic; it says what it
 * could not find instead of guessing. `working` is any reduced copy of `raster`.
 */
export function proposeRegions(
  working: WorkingImage,
  raster: RasterPhoto,
  options: RegionOptions = {},
): RegionProposal {
  const features = readFeatures(working, raster);
  const { widthPx, heightPx, scale } = features;
  const usable = usablePixels(features, options);
  const words = findColourWords(features, WORDS);
  const head = findHead(features, words, usable);
  const { hairOdds } = splitHead(features, words, head.mask);
  const labels = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < labels.length; i++)
    labels[i] = !usable[i] ? LABEL.avoid : !head.mask[i] ? LABEL.other : hairOdds[i]! > 0 ? LABEL.hair : LABEL.skin;
  const least = Math.round(0.002 * widthPx * heightPx);
  absorbSmallParts(labels, LABEL.hair, widthPx, heightPx, least);
  absorbSmallParts(labels, LABEL.skin, widthPx, heightPx, least);
  const map: LabelMap = { widthPx, heightPx, scale: 1 / scale, labels };
  const skinBoxes = pickBoxes(map, LABEL.skin);
  const hairBoxes = pickBoxes(map, LABEL.hair);
  const found = { skin: skinBoxes.length > 0, hair: hairBoxes.length > 0 };
  const notes: RegionNote[] = [];
  if (!found.hair)
    notes.push({
      check: 'hairVisible',
      level: 'fail',
      message: 'No hair or stubble could be found in this photo.',
      fix: 'Tap a patch of hair or stubble, or choose the hair colour yourself.',
    });
  if (!found.skin)
    notes.push({
      check: 'skinVisible',
      level: 'fail',
      message: 'No bare skin could be found in this photo.',
      fix: 'Tap a patch of bare skin, or take the photo so that some scalp or forehead shows.',
    });
  return {
    labels: map,
    skinBoxes,
    hairBoxes,
    hairKind: found.hair ? 'short' : 'none',
    found,
    scalp: { isScalp: found.skin || found.hair },
    notes,
  };
}
