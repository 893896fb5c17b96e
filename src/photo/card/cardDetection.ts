import type { LinearRgb } from '../../colour/xyzLab.ts';
import type { Point } from '../rasterPhoto.ts';

/** Why a patch is not to be believed. */
export type PatchFault = 'glare' | 'clipped' | 'shadow' | 'dirty' | 'covered';

/** One patch as photographed, dark skin (0) to black (23). */
export interface CardPatch {
  /** Trimmed mean of the middle of the patch, linear sRGB. */
  readonly rgb: LinearRgb;
  /** Spread of single pixels about it, as a share of the mean luminance. */
  readonly relativeSd: number;
  readonly centre: Point;
  readonly pixels: number;
  readonly fault?: PatchFault;
}

/** A 24-patch chart with its orientation settled. */
export interface DetectedCard {
  /** Outer corners of the corner patches in photo pixels: dark skin, bluish green, black, white. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Quarter turns clockwise that the upright chart has been turned through in the photo. */
  readonly rotationQuarterTurns: 0 | 1 | 2 | 3;
  readonly patches: readonly CardPatch[];
  /** Colour misfit of the next best reading divided by that of this one; large is certain. */
  readonly margin: number;
  /** Distance of neighbouring patch centres in photo pixels, averaged over the card. */
  readonly pitchPx: number;
}

export type CardAbsence = 'none' | 'partlyOutside' | 'tooSmall' | 'ambiguous' | 'mirrored' | 'tooBlurred';

export type CardDetection =
  | { readonly found: true; readonly card: DetectedCard; readonly otherCards: number }
  | { readonly found: false; readonly reason: CardAbsence; readonly message: string };
