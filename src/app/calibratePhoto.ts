import { lab65 } from '../colour/lab65.ts';
import { StippleError } from '../errors.ts';
import { measuringTexts } from '../language/texts/measuring.ts';
import { calibrateCard } from '../photo/calibration/calibrateCard.ts';
import { calibrateWhite, type WhiteKind } from '../photo/calibration/calibrateWhite.ts';
import type { Correction } from '../photo/calibration/correction.ts';
import { estimateIlluminant, meanSkin } from '../photo/calibration/estimateIlluminant.ts';
import { prepareCorrection } from '../photo/calibration/prepareCorrection.ts';
import type { CalibrationDoubt } from '../photo/calibration/scaleToLightness.ts';
import { settleOnSkin } from '../photo/calibration/settleOnSkin.ts';
import type { DetectedCard } from '../photo/card/cardDetection.ts';
import { cardFromCorners } from '../photo/card/cardFromCorners.ts';
import { detectCard } from '../photo/card/detectCard.ts';
import { halveImage } from '../photo/halveImage.ts';
import type { Point, RasterPhoto } from '../photo/rasterPhoto.ts';
import { LABEL, type Label, type LabelMap, labelAt } from '../photo/regions/labelMap.ts';
import { keepAsPhotographed, type PixelCorrection } from '../photo/sampling/pixelCorrection.ts';
import type { WorkingImage } from '../photo/workingImage.ts';
import type { MatchOptions } from './matchOptions.ts';
import type { MatchResult } from './matchResult.ts';

/** What a phone's own colours are worth without any reference: 7 ΔE00 on skin on average (simulated, 11 at p95). */
const UNREFERENCED_DELTA_E00 = 7;
const UNREFERENCED: CalibrationDoubt = { at50: [36, 0, 0, 0, 50, 0, 0, 0, 60], shadowSlope: 0.3 };

export interface PhotoCalibration {
  readonly skinCorrection: PixelCorrection;
  readonly hairCorrection: PixelCorrection;
  readonly skinDoubt: CalibrationDoubt;
  readonly hairDoubt: CalibrationDoubt;
  readonly card: DetectedCard | null;
  /** From one white reference, until the skin is known. */
  readonly whiteCorrection?: Correction;
  /** As the result tells it. */
  readonly told: MatchResult['calibration'];
}

const forAll = (correction: PixelCorrection) => ({ skinCorrection: correction, hairCorrection: correction });
const doubtAll = (doubt: CalibrationDoubt) => ({ skinDoubt: doubt, hairDoubt: doubt });

function unreferenced(message: string | null): PhotoCalibration {
  return {
    ...forAll(keepAsPhotographed),
    ...doubtAll(UNREFERENCED),
    card: null,
    told: { method: 'none', expectedDeltaE00: UNREFERENCED_DELTA_E00, ...(message ? { message } : {}) },
  };
}

function fromWhite(raster: RasterPhoto, at: Point, kind: WhiteKind): PhotoCalibration {
  const white = calibrateWhite(raster, at, kind);
  if (!white.usable) return unreferenced(white.message);
  return {
    ...forAll(prepareCorrection(white.correction)),
    skinDoubt: { at50: white.skinCovarianceAt50 },
    hairDoubt: { at50: white.hairCovarianceAt50 },
    card: null,
    whiteCorrection: white.correction,
    told: { method: 'white', expectedDeltaE00: white.expectedDeltaE00 },
  };
}

const SURROUNDINGS = 0;
const SKIN = 1;
const LEFT_OUT = 2;
const CLUE_OF_LABEL: Readonly<Record<Label, number>> = {
  [LABEL.other]: SURROUNDINGS,
  [LABEL.skin]: SKIN,
  [LABEL.hair]: LEFT_OUT,
  [LABEL.avoid]: LEFT_OUT,
};

/**
 * What the photo's own skin adds where no card is: with a white reference, colours are drawn to where skin lies; without
 * any, the most probable cast is taken from where skin is and what surrounds it.
 */
export function estimateCast(calibration: PhotoCalibration, working: WorkingImage, labels: LabelMap): PhotoCalibration {
  const { whiteCorrection } = calibration;
  if (calibration.told.method !== 'none' && !whiteCorrection) return calibration;
  // Means over an area: four pixels together tell what each would.
  const image = halveImage(working);
  const { widthPx, heightPx, scale } = image;
  const clues = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < clues.length; i++) {
    const x = ((i % widthPx) + 0.5) * scale;
    const y = (Math.floor(i / widthPx) + 0.5) * scale;
    clues[i] = CLUE_OF_LABEL[labelAt(labels, x, y)];
  }
  if (whiteCorrection) {
    const skin = meanSkin(image, clues);
    return skin ? { ...calibration, ...forAll(prepareCorrection(settleOnSkin(whiteCorrection, skin))) } : calibration;
  }
  if (!clues.includes(SKIN)) return calibration;
  const { correction, doubt, expectedDeltaE00 } = estimateIlluminant(image, clues);
  return {
    ...forAll(prepareCorrection(correction)),
    ...doubtAll(doubt),
    card: null,
    told: { ...calibration.told, method: 'estimated', expectedDeltaE00 },
  };
}

/**
 * The colour correction of a photo from the best reference in it.
 * @throws StippleError SMP_CARD_UNUSABLE when a card was asked for and none can be used
 */
export function calibratePhoto(raster: RasterPhoto, working: WorkingImage, options: MatchOptions): PhotoCalibration {
  if (options.white) return fromWhite(raster, options.white, options.whiteKind);
  if (options.card === 'none') return unreferenced(null);
  const detection = options.cardCorners
    ? cardFromCorners(raster, options.cardCorners as [Point, Point, Point, Point])
    : detectCard(raster, working);
  const reference = options.cardReference?.map(([L, a, b]) => lab65(L, a, b));
  const diagonalPx = Math.hypot(raster.widthPx, raster.heightPx);
  const calibration = detection.found
    ? calibrateCard(detection.card.patches, { diagonalPx, ...(reference ? { reference } : {}) })
    : null;
  if (!detection.found || !calibration) {
    const message = detection.found ? measuringTexts.cardUnusable : detection.message;
    if (options.card === 'classic24') throw new StippleError('SMP_CARD_UNUSABLE', message);
    return unreferenced(message);
  }
  return {
    skinCorrection: prepareCorrection(calibration.skinCorrection),
    hairCorrection: prepareCorrection(calibration.correction),
    ...doubtAll({ at50: calibration.covarianceAt50 }),
    card: detection.card,
    told: {
      method: 'card',
      expectedDeltaE00: calibration.expectedDeltaE00,
      card: {
        type: 'classic24',
        corners: detection.card.corners.map(([x, y]) => [x, y]),
        rotationQuarterTurns: detection.card.rotationQuarterTurns,
        deltaE00Before: calibration.deltaE00Before,
        deltaE00After: calibration.deltaE00After,
        patchesUsed: calibration.patchesUsed,
        rejected: calibration.rejected.map(({ patch, why }) => ({ patch: patch + 1, why })),
        edition: calibration.edition,
        patches: calibration.perPatch.map(({ patch, before, after, seen, corrected, reference: own }) => ({
          patch: patch + 1,
          deltaE00Before: before,
          deltaE00After: after,
          seen: [seen[0], seen[1], seen[2]],
          corrected: [corrected[0], corrected[1], corrected[2]],
          reference: [own[0], own[1], own[2]],
        })),
      },
    },
  };
}
