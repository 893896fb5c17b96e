import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import type { ColourWords } from './colourWords.ts';
import { findComponents } from './components.ts';
import { findNeutral } from './findNeutral.ts';
import type { RegionNote } from './judgeScene.ts';
import { boxBlur } from './planes.ts';
import type { Features } from './readFeatures.ts';
import { canBeSkin, findSkinLook, type SkinLook } from './skinLook.ts';

/** Things on or beside a head that are neither skin nor hair nor mere background. */
export type ForeignKind = 'cloth' | 'tattoo';

/** All of one kind: 1 in the cells of the search grid where it lies. */
export interface ForeignArea {
  readonly kind: ForeignKind;
  readonly mask: Uint8Array;
}

/** Illuminants move along blue–yellow: nothing grey, and no hair, is as green or blue as this beside skin. */
const LEAST_RED = -0.12;
/** So much less red than this photo's skin, too; a macro's own light may be bluish. */
const LESS_RED = 0.3;
/** Olive and yellowish walls are greener than skin too: cloth is less yellow than skin as well, or far greener. */
const CLEARLY_GREEN = 0.25;
const LESS_YELLOW = 0.45;
/** Bluer than anything grey under the light of this skin, whose ln(R/B) is about 1 above grey's. */
const BLUER = 1.6;
const LEAST_BLUE = -0.5;
/** Pink and red things are so much redder than skin; inflamed skin gets about half as far. */
const MORE_RED = 0.55;
/** Below this L* colours are mostly noise. */
const LEAST_LIGHTNESS = 14;
/** Ink in skin: so much darker, L*, and less red, ending near grey. Shadow and thin stubble keep the skin's redness. */
const INK_DARKER = 8;
const INK_LESS_RED = 0.22;
const INK_MOST_RED = 0.06;
/** ln of detail that dense hair exceeds everywhere, and how much rougher than this photo's skin cloth or ink may be. */
const MOST_TEXTURE = 1.15;
const ROUGHER = 0.4;
/** Share of a part that must be smooth: only its rim is roughened by contrast. */
const LEAST_SMOOTH = 0.5;
/** Smaller parts than this share of the photo are marks on skin, which are looked for elsewhere. */
const SMALLEST = 0.004;
/** What has this much of the frame's background border, of its upper side or of the photo is the background. */
const MOST_OF_BORDER = 0.5;
const MOST_OF_TOP = 0.5;
const LARGEST = 0.3;
/** Share of a tattoo's shore that is head, and of a garment's at least. */
const ENCLOSED = 0.9;
const BESIDE_HEAD = 0.08;
/** Things so near are beside each other, cells. */
const REACH = 4;
/** The blur at the rim of what was found belongs to it, where this share of the nearest cells does. */
const RIM = 0.12;

/** What a cell could be by its colour alone: coloured cloth or glove, or ink. */
const COLOURED = 1;
const INK = 2;

function classifyCells({ redness, warmth, smoothLightness }: Features, skin: SkinLook, usable: Uint8Array): Uint8Array {
  const cool = Math.min(LEAST_RED, skin.redness - LESS_RED);
  const pink = skin.redness + MORE_RED;
  const green = cool - CLEARLY_GREEN;
  const notYellow = skin.warmth - LESS_YELLOW;
  const blue = Math.min(LEAST_BLUE, skin.warmth - BLUER);
  const ink = Math.min(INK_MOST_RED, skin.redness - INK_LESS_RED);
  const dark = skin.lightness - INK_DARKER;
  const classes = new Uint8Array(usable.length);
  for (let i = 0; i < classes.length; i++) {
    if (!usable[i]) continue;
    const red = redness[i]!;
    const warm = warmth[i]!;
    const isColoured = red < green || (red < cool && warm < notYellow) || red > pink || warm < blue;
    if (isColoured && smoothLightness[i]! > LEAST_LIGHTNESS) classes[i] = COLOURED;
    else if (red < ink && smoothLightness[i]! < dark) classes[i] = INK;
  }
  return classes;
}

interface Part {
  readonly size: number;
  readonly smooth: number;
  readonly inHead: number;
  readonly onFrame: number;
  /** Share of the upper border of the photo. */
  readonly onTop: number;
  /** Cells beside it, and those of the head among them. */
  readonly shore: number;
  readonly shoreOfHead: number;
  readonly shoreNearHead: number;
}

/** What each part of a class is like and where it lies. */
function describeParts(
  { widthPx, heightPx, texture }: Features,
  of: Int32Array,
  count: number,
  head: Uint8Array,
  most: number,
): Part[] {
  // Between a head and what lies beside it is a rim of neither.
  const onHead = new Float32Array(head);
  const nearHead = boxBlur(onHead, widthPx, heightPx, REACH, onHead);
  const parts = Array.from({ length: count }, () => ({
    ...{ size: 0, smooth: 0, inHead: 0, onFrame: 0, onTop: 0, shore: 0, shoreOfHead: 0, shoreNearHead: 0 },
  }));
  for (let y = 0, i = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, i++) {
      const number = of[i]!;
      if (number === 0) continue;
      const part = parts[number]!;
      part.size++;
      if (texture[i]! < most) part.smooth++;
      if (head[i]) part.inHead++;
      if (y === 0) part.onTop += 1 / widthPx;
      if (x === 0 || y === 0 || x === widthPx - 1 || y === heightPx - 1) part.onFrame++;
      for (const j of [x > 0 ? i - 1 : -1, x < widthPx - 1 ? i + 1 : -1, i - widthPx, i + widthPx]) {
        if (j < 0 || j >= of.length || of[j] === number) continue;
        part.shore++;
        if (head[j]) part.shoreOfHead++;
        if (nearHead[j]! > 0.02) part.shoreNearHead++;
      }
    }
  return parts;
}

function kindOf(part: Part, ownClass: number, background: number, total: number): ForeignKind | null {
  if (part.size < SMALLEST * total) return null;
  const isOnHead = part.inHead >= 0.5 * part.size;
  // Beside the head nothing is taken for hair that is not.
  if (isOnHead && part.smooth < LEAST_SMOOTH * part.size) return null;
  const isEnclosed = part.onFrame === 0 && part.shoreOfHead > ENCLOSED * part.shore;
  // A dark grey thing is ink only within skin: at the rim of a head it may be shadow, hair out of focus or background.
  if (ownClass === INK) return isEnclosed ? 'tattoo' : null;
  if (isEnclosed) return 'tattoo';
  const isBackground =
    !isOnHead &&
    (part.onFrame > MOST_OF_BORDER * background || part.onTop > MOST_OF_TOP || part.size > LARGEST * total);
  return !isBackground && part.shoreNearHead > BESIDE_HEAD * part.shore ? 'cloth' : null;
}

/**
 * Finds clothing, towels and gloves, and tattoos or fields of old pigment: smooth parts of colours that neither skin nor
 * hair has in this photo, or grey ones that were taken for the head. What the head's skin encloses is ink in it; what comes
 * from outside lies on or beside it.
 */
export function findForeign(
  features: Features,
  words: ColourWords,
  head: Uint8Array,
  usable: Uint8Array,
): ForeignArea[] {
  const { widthPx, heightPx } = features;
  const skin = findSkinLook(features, words, head);
  if (!canBeSkin(skin)) return [];
  const classes = classifyCells(features, skin, usable);
  const neutral = findNeutral(features, skin, head, usable);
  const found: Record<ForeignKind, Uint8Array | null> = { cloth: neutral, tattoo: null };
  const most = Math.min(MOST_TEXTURE, skin.texture + ROUGHER);
  for (const ownClass of [COLOURED, INK]) {
    const mask = new Uint8Array(classes.length);
    let cells = 0;
    for (let i = 0; i < mask.length; i++) if (classes[i] === ownClass && !neutral?.[i]) cells += mask[i] = 1;
    if (cells < SMALLEST * mask.length) continue;
    const { of, sizes } = findComponents(mask, widthPx, heightPx);
    const parts = describeParts(features, of, sizes.length, head, most);
    const background = backgroundBorder(features, head);
    const kinds = parts.map((part) => kindOf(part, ownClass, background, mask.length));
    for (let i = 0; i < mask.length; i++) {
      const kind = kinds[of[i]!];
      if (!kind) continue;
      found[kind] ??= new Uint8Array(mask.length);
      found[kind][i] = 1;
    }
  }
  return (['cloth', 'tattoo'] as const).flatMap((kind) => {
    const mask = found[kind];
    return mask ? [{ kind, mask: withRim(features, mask) }] : [];
  });
}

/** How many cells of the frame's border are not head. */
function backgroundBorder({ widthPx, heightPx }: Features, head: Uint8Array): number {
  let count = 0;
  for (let x = 0; x < widthPx; x++) count += 2 - head[x]! - head[(heightPx - 1) * widthPx + x]!;
  for (let y = 1; y < heightPx - 1; y++) count += 2 - head[y * widthPx]! - head[(y + 1) * widthPx - 1]!;
  return count;
}

function withRim({ widthPx, heightPx }: Features, mask: Uint8Array): Uint8Array {
  const masked = new Float32Array(mask);
  const near = boxBlur(masked, widthPx, heightPx, 3, masked);
  for (let i = 0; i < mask.length; i++) if (near[i]! > RIM) mask[i] = 1;
  return mask;
}

/** What people are told: of ink, which may be what is to be matched; cloth is shown on the photo alone. */
export function foreignNotes(foreign: readonly ForeignArea[]): RegionNote[] {
  if (!foreign.some(({ kind }) => kind === 'tattoo')) return [];
  return [
    {
      check: 'tattoo',
      level: 'warn',
      message: photoChecksTexts.inkInSkin,
      fix: photoChecksTexts.ifInkIsToBeMatched,
    },
  ];
}
