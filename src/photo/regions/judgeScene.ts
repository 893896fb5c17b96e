import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import type { Box } from '../rasterPhoto.ts';
import { LABEL } from './labelMap.ts';
import { type Plane, quantileWhere } from './planes.ts';
import type { Features } from './readFeatures.ts';
import type { SkinLook } from './skinLook.ts';

export type HairKind = 'stubble' | 'short' | 'long' | 'none';

/** One remark about the regions, in the form of the result's quality list. */
export interface RegionNote {
  readonly check: 'hairVisible' | 'skinVisible' | 'scalp' | 'composite' | 'tattoo';
  readonly level: 'ok' | 'warn' | 'fail';
  readonly message: string;
  readonly fix: string;
  readonly at?: Box;
}

export interface SceneJudgement {
  readonly hairKind: HairKind;
  readonly scalp: { readonly isScalp: boolean; readonly reason?: string };
  readonly notes: readonly RegionNote[];
}

/** Redness below which a smooth surface is no skin under any ordinary lamp. */
const LEAST_SKIN_REDNESS = 0.1;

/** Hair that fills a frame is rougher than this (ln of detail); grained wood is smoother. */
const LEAST_HAIR_TEXTURE = 1.5;
/** Even ash and white hair is not greener or bluer than this under any lamp; blue cloth is. */
const LEAST_HAIR_REDNESS = -0.2;

/**
 * Stubble lets the skin's colour through; hair long enough to lie covers it and runs in one direction. A hair that is
 * many grid pixels wide is a clipped shaft under a magnifier.
 */
function judgeHairKind(features: Features, labels: Uint8Array, skin: SkinLook, hasSkin: boolean): HairKind {
  const median = (plane: Plane) => quantileWhere(plane, 0.5, labels, LABEL.hair);
  const coherence = median(features.coherence);
  if (!hasSkin) return coherence > 0.5 ? 'long' : 'short';
  if (coherence > 0.78) return 'stubble';
  const kept = median(features.redness) / Math.max(0.05, skin.redness);
  const depth = Math.abs(skin.lightness - median(features.smoothLightness));
  if (kept > 0.75 || (coherence < 0.3 && depth < 15)) return 'stubble';
  return coherence > 0.55 ? 'long' : 'short';
}

/** Grey hair of this roughness runs less clearly in one direction where it stands up; no towel is so rough. */
const VERY_ROUGH = 2.8;
const COHERENCE_OF_GREY = 0.55;
const COHERENCE_OF_ROUGH = 0.42;

/**
 * Whether what was taken for hair where no skin is at all can be hair: rough, of a colour hair has, and, where it is pale
 * and grey, running in one direction, which a towel does not.
 */
function canBeHair(features: Features, labels: Uint8Array): boolean {
  const median = (plane: Plane) => quantileWhere(plane, 0.5, labels, LABEL.hair);
  const redness = median(features.redness);
  const texture = median(features.texture);
  if (texture < LEAST_HAIR_TEXTURE || redness < LEAST_HAIR_REDNESS) return false;
  const least = texture > VERY_ROUGH ? COHERENCE_OF_ROUGH : COHERENCE_OF_GREY;
  return redness > 0.12 || median(features.smoothLightness) < 40 || median(features.coherence) > least;
}

/** Whether this is a scalp at all, what hair it has, and what a person should be told. */
export function judgeScene(
  features: Features,
  labels: Uint8Array,
  skin: SkinLook,
  found: { readonly skin: boolean; readonly hair: boolean },
): SceneJudgement {
  const hairKind = found.hair ? judgeHairKind(features, labels, skin, found.skin) : 'none';
  const isSkinColoured = found.skin && skin.redness > LEAST_SKIN_REDNESS;
  const isHair = found.hair && (found.skin || canBeHair(features, labels));
  if (!isHair && !isSkinColoured)
    return {
      hairKind,
      scalp: { isScalp: false, reason: photoChecksTexts.neitherSkinNorHair },
      notes: [
        {
          check: 'scalp',
          level: 'fail',
          message: photoChecksTexts.notLikeAScalp,
          fix: photoChecksTexts.photographScalp,
        },
      ],
    };
  const notes: RegionNote[] = [];
  if (!found.hair)
    notes.push({
      check: 'hairVisible',
      level: 'fail',
      message: photoChecksTexts.noHairFound,
      fix: photoChecksTexts.tapAPatchOfHair,
    });
  if (!found.skin)
    notes.push({
      check: 'skinVisible',
      level: 'fail',
      message: photoChecksTexts.noSkinFound,
      fix: photoChecksTexts.tapAPatchOfBareSkin,
    });
  return { hairKind, scalp: { isScalp: true }, notes };
}
