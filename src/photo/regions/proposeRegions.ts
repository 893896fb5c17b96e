import type { LabelMask } from '../../masks/label.ts';
import { maskOnGrid } from '../../masks/maskOnGrid.ts';
import type { Box, Point, RasterPhoto } from '../rasterPhoto.ts';
import type { WorkingImage } from '../workingImage.ts';
import { type ColourWords, findColourWords } from './colourWords.ts';
import { absorbSmallParts, findComponents } from './components.ts';
import { BOARD, findCardGround } from './findCardGround.ts';
import { type ForeignArea, findForeign, foreignNotes } from './findForeign.ts';
import { findHead } from './findHead.ts';
import { compositeNotes, findSeam } from './findSeam.ts';
import { type HairKind, judgeScene, type RegionNote } from './judgeScene.ts';
import { LABEL, type LabelMap } from './labelMap.ts';
import { litSkin } from './litSkin.ts';
import { markSpots } from './markSpots.ts';
import { fillPolygon, growPolygon } from './maskPolygon.ts';
import { pickBoxes } from './pickBoxes.ts';
import { boxBlur, type Plane, quantileWhere } from './planes.ts';
import { type Features, readFeatures } from './readFeatures.ts';
import { splitHead } from './splitHead.ts';

export type { HairKind, RegionNote };

export interface RegionProposal {
  readonly labels: LabelMap;
  /** Cloth, gloves and tattoos, on the same grid: in `labels` they are other and avoid. */
  readonly foreign: readonly ForeignArea[];
  /** A few squares inside the areas, displayed pixels, largest first. */
  readonly skinBoxes: readonly Box[];
  readonly hairBoxes: readonly Box[];
  readonly hairKind: HairKind;
  readonly found: { readonly skin: boolean; readonly hair: boolean };
  readonly scalp: { readonly isScalp: boolean; readonly reason?: string };
  readonly notes: readonly RegionNote[];
}

export interface RegionOptions {
  /** Areas that are neither skin nor hair, in displayed pixels. */
  readonly avoidBoxes?: readonly Box[];
  /** The same as painted over the photo, on any grid. */
  readonly avoidMask?: LabelMask;
  /** Outer corners of a colour card's patches, in order round the card, in displayed pixels. */
  readonly card?: readonly Point[];
}

const WORDS = 24;
/** ln of detail that hair in focus exceeds everywhere. */
const LEAST_HAIR_TEXTURE = 1.1;
/** Somewhat rougher things (ln of detail) are no hair either where they are so much smoother than the rest and not combed. */
const MOST_SMOOTH_TEXTURE = 1.5;
const FAR_SMOOTHER = 0.7;
const LEAST_COMBED = 0.4;
/** L* below which nothing is taken for skin in the light of a photo with lighter skin. */
const MOST_BLACK = 9;

function usablePixels(
  { widthPx, heightPx, scale }: Features,
  { avoidBoxes = [], avoidMask, card }: RegionOptions,
): Uint8Array {
  const usable = new Uint8Array(widthPx * heightPx).fill(1);
  const painted = avoidMask && maskOnGrid(avoidMask, widthPx, heightPx);
  if (painted) for (let i = 0; i < usable.length; i++) if (painted[i] === LABEL.avoid) usable[i] = 0;
  for (const [x, y, w, h] of avoidBoxes)
    for (let row = Math.max(0, Math.floor(y / scale)); row < Math.min(heightPx, Math.ceil((y + h) / scale)); row++)
      usable.fill(
        0,
        row * widthPx + Math.min(widthPx, Math.max(0, Math.floor(x / scale))),
        row * widthPx + Math.max(0, Math.min(widthPx, Math.ceil((x + w) / scale))),
      );
  if (card) fillPolygon(usable, widthPx, heightPx, growPolygon(onGrid(card, scale), BOARD), 0);
  return usable;
}

function onGrid(polygon: readonly Point[], scale: number): Point[] {
  return polygon.map(([x, y]) => [x / scale, y / scale]);
}

/**
 * A rim of "hair" no wider than the blur of an edge is the head's outline against the background; so is a somewhat wider
 * one that runs strictly in one direction.
 */
function dropOutline(labels: Uint8Array, { widthPx, heightPx, coherence }: Features): void {
  const mask = new Uint8Array(labels.length);
  const onHead = new Float32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === LABEL.hair) mask[i] = 1;
    if (labels[i] === LABEL.hair || labels[i] === LABEL.skin) onHead[i] = 1;
  }
  const edge = Math.max(3, Math.round(Math.max(widthPx, heightPx) / 60));
  const inside = boxBlur(onHead, widthPx, heightPx, edge);
  const farInside = boxBlur(onHead, widthPx, heightPx, 2 * edge, onHead);
  const { of, sizes } = findComponents(mask, widthPx, heightPx);
  const deep = new Float64Array(sizes.length);
  const deeper = new Float64Array(sizes.length);
  const straight = new Float64Array(sizes.length);
  for (let i = 0; i < labels.length; i++) {
    const part = of[i]!;
    if (!part) continue;
    if (inside[i]! > 0.85) deep[part]!++;
    if (farInside[i]! > 0.85) deeper[part]!++;
    straight[part]! += coherence[i]!;
  }
  for (let i = 0; i < labels.length; i++) {
    const part = of[i]!;
    if (!part) continue;
    const isEdge = deep[part]! < 0.12 * sizes[part]!;
    const isStraightEdge = straight[part]! > 0.75 * sizes[part]! && deeper[part]! < 0.3 * sizes[part]!;
    if (isEdge || isStraightEdge) labels[i] = LABEL.other;
  }
}

/** Hair that differs from the skin neither in roughness nor in colour, or only by shine, is given back to the skin. */
function dropIndistinctHair(features: Features, labels: Uint8Array): void {
  const median = (plane: Plane, label: number) => quantileWhere(plane, 0.5, labels, label);
  const gap = (plane: Plane) => median(plane, LABEL.hair) - median(plane, LABEL.skin);
  const rougher = gap(features.texture);
  const darker = -gap(features.smoothLightness);
  const paler = -gap(features.redness);
  // Glints of shine are light specks in all directions, or light skin among hair is redder; grey hair is paler and combed.
  const isSpeckled = paler < 0.1 && median(features.coherence, LABEL.hair) < 0.25;
  const isGlitter =
    rougher < 0.8 && darker < 0 && median(features.darkness, LABEL.hair) < -0.1 && (isSpeckled || paler < -0.05);
  // Both are false, and the hair so kept, where there is no skin to compare with.
  if (isGlitter || (rougher < 0.3 && darker < 8 && paler < 0.12))
    for (let i = 0; i < labels.length; i++) if (labels[i] === LABEL.hair) labels[i] = LABEL.skin;
}

/** What is all but black beside lit skin is a shadow in which nothing can be seen, or a dark wall. */
function dropBlackSkin({ smoothLightness }: Features, labels: Uint8Array): void {
  const least = Math.min(MOST_BLACK, 0.25 * quantileWhere(smoothLightness, 0.75, labels, LABEL.skin));
  for (let i = 0; i < labels.length; i++)
    if (labels[i] === LABEL.skin && smoothLightness[i]! < least) labels[i] = LABEL.other;
}

/** Where no skin is there to compare with, what is far smoother than the hair around is cloth, glove or wall. */
function dropSmoothHair({ texture, coherence }: Features, labels: Uint8Array): void {
  let [hair, rough] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === LABEL.skin) return;
    if (labels[i] !== LABEL.hair) continue;
    hair++;
    if (texture[i]! > LEAST_HAIR_TEXTURE) rough++;
  }
  if (rough < 0.3 * hair) return;
  const usual = quantileWhere(texture, 0.5, labels, LABEL.hair);
  const fairlySmooth = Math.min(MOST_SMOOTH_TEXTURE, usual - FAR_SMOOTHER);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== LABEL.hair) continue;
    const isSmooth = texture[i]! <= LEAST_HAIR_TEXTURE || (texture[i]! <= fairlySmooth && coherence[i]! < LEAST_COMBED);
    if (isSmooth) labels[i] = LABEL.other;
  }
}

/** Hair of the largest connected part of the head only: another part may be another person, a beard or cloth. */
function keepMainHair(labels: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const onHead = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) if (labels[i] === LABEL.skin || labels[i] === LABEL.hair) onHead[i] = 1;
  const { of, sizes } = findComponents(onHead, widthPx, heightPx);
  const main = sizes.indexOf(Math.max(...sizes));
  const kept = labels.slice();
  for (let i = 0; i < kept.length; i++) if (kept[i] === LABEL.hair && of[i] !== main) kept[i] = LABEL.other;
  return kept;
}

interface Seen {
  readonly features: Features;
  readonly words: ColourWords;
}

/** What is seen in photos that are still held, whatever is left out of them: an edit needs no second look. */
const seenIn = new WeakMap<WorkingImage, Seen>();

function look(working: WorkingImage, raster: RasterPhoto): Seen {
  const known = seenIn.get(working);
  if (known) return known;
  const features = readFeatures(working, Math.max(raster.widthPx, raster.heightPx));
  const seen = { features, words: findColourWords(features, WORDS) };
  seenIn.set(working, seen);
  return seen;
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
  const { features, words } = look(working, raster);
  const { widthPx, heightPx, scale } = features;
  const usable = usablePixels(features, options);
  const ground = options.card
    ? findCardGround(features, words, usable, onGrid(options.card, scale))
    : new Uint8Array(widthPx * heightPx);
  const head = findHead(features, words, usable, ground);
  const foreign = findForeign(features, words, head.mask, usable);
  for (const { mask } of foreign) for (let i = 0; i < mask.length; i++) if (mask[i]) head.mask[i] = 0;
  const { hairOdds, skinLook } = splitHead(features, words, head.mask);
  const labels = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < labels.length; i++)
    labels[i] = !usable[i] ? LABEL.avoid : !head.mask[i] ? LABEL.other : hairOdds[i]! > 0 ? LABEL.hair : LABEL.skin;
  const least = Math.round(0.002 * widthPx * heightPx);
  absorbSmallParts(labels, LABEL.hair, widthPx, heightPx, least);
  absorbSmallParts(labels, LABEL.skin, widthPx, heightPx, least);
  dropOutline(labels, features);
  dropIndistinctHair(features, labels);
  dropSmoothHair(features, labels);
  dropBlackSkin(features, labels);
  const map: LabelMap = { widthPx, heightPx, scale: 1 / scale, labels };
  markSpots(labels, features);
  for (const { kind, mask } of foreign)
    if (kind === 'tattoo') for (let i = 0; i < mask.length; i++) if (mask[i]) labels[i] = LABEL.avoid;
  const lit = pickBoxes({ ...map, labels: litSkin(labels, features) }, LABEL.skin);
  const skinBoxes = lit.length > 0 ? lit : pickBoxes(map, LABEL.skin);
  const hairBoxes = pickBoxes({ ...map, labels: keepMainHair(labels, widthPx, heightPx) }, LABEL.hair);
  const found = { skin: skinBoxes.length > 0, hair: hairBoxes.length > 0 };
  const seen = judgeScene(features, labels, skinLook, found);
  if (seen.scalp.isScalp) {
    const notes = [
      ...seen.notes,
      ...foreignNotes(foreign),
      ...(options.card ? [] : compositeNotes(findSeam(working, map))),
    ];
    return { labels: map, foreign, skinBoxes, hairBoxes, found, ...seen, notes };
  }
  for (let i = 0; i < labels.length; i++) if (labels[i] !== LABEL.avoid) labels[i] = LABEL.other;
  return {
    labels: map,
    foreign: [],
    skinBoxes: [],
    hairBoxes: [],
    found: { skin: false, hair: false },
    ...seen,
    hairKind: 'none',
  };
}
