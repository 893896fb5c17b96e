import type { Lab65, LabCovariance } from '../colour/lab65.ts';
import { lab65ToLinearSrgb } from '../colour/xyzLab.ts';
import { measuringTexts } from '../language/texts/measuring.ts';
import { keepOnly } from '../masks/editMask.ts';
import { LABEL } from '../masks/label.ts';
import { readMask, writeMask } from '../masks/maskText.ts';
import { scaleToLightness } from '../photo/calibration/scaleToLightness.ts';
import { pxPerMm } from '../photo/card/cardScale.ts';
import type { DecodedPhoto } from '../photo/decode/decodePhoto.ts';
import { recycleImage } from '../photo/placedImage.ts';
import { checkQuality } from '../photo/quality/checkQuality.ts';
import { NOTHING_TO_DO, type QualityEntry } from '../photo/quality/qualityEntry.ts';
import type { RasterPhoto } from '../photo/rasterPhoto.ts';
import { boxesOfForeign } from '../photo/regions/boxesOfForeign.ts';
import type { ForeignArea, ForeignKind } from '../photo/regions/findForeign.ts';
import type { LabelMap } from '../photo/regions/labelMap.ts';
import { type HairKind, proposeRegions, type RegionProposal } from '../photo/regions/proposeRegions.ts';
import { releasePhoto } from '../photo/releasePhoto.ts';
import { sampleColour } from '../photo/sampling/sampleColour.ts';
import type { SampleArea } from '../photo/sampling/samplePixels.ts';
import { measureStubble, type StubbleMeasurement } from '../photo/stubble/measureStubble.ts';
import { reducePhoto, type WorkingImage } from '../photo/workingImage.ts';
import { calibratePhoto, estimateCast, type PhotoCalibration } from './calibratePhoto.ts';
import type { Step } from './jobBoard.ts';
import type { MatchOptions } from './matchOptions.ts';
import type { MatchResult } from './matchResult.ts';
import { type SettledRegions, settleRegions } from './settleRegions.ts';

/** Longer side of the image in which card and regions are searched. */
const WORKING_SIDE_PX = 1024;
/** Fewer accepted pixels than this are no measurement. */
const LEAST_PIXELS = 200;

export interface MeasuredArea {
  readonly lab: Lab65;
  /** All causes together: spread over the region and error of the calibration. */
  readonly covariance: LabCovariance;
  /** What of it other colours of the same photo do not share: noise and unevenness of the region. */
  readonly ownCovariance?: LabCovariance;
  readonly pixels: number;
}

/** One of several photos of a client that were pooled. */
export interface PoolMember {
  readonly sha256: string;
  readonly calibration: MatchResult['calibration'];
  readonly skin: MeasuredArea | null;
  readonly hair: Measurement['hair'];
  /** Why its colours are not used; null where they are. */
  readonly leftOut?: string | null;
}

/** What one photo tells, as plain data: stored with the match, so that other settings need no second look. */
export interface Measurement {
  readonly input: MatchResult['input'];
  readonly quality: MatchResult['quality'];
  readonly calibration: MatchResult['calibration'];
  readonly regions: MatchResult['regions'];
  /** The areas proposed for this photo as mask text, whatever a person marked then. */
  readonly suggested: string;
  /** Cloth, gloves and tattoos on the same grid as mask text, marked as left out; absent where there are none. */
  readonly foreign?: readonly { readonly kind: ForeignKind; readonly mask: string }[];
  readonly skin: MeasuredArea | null;
  readonly hair: {
    readonly kind: HairKind;
    readonly apparent: MeasuredArea | null;
    readonly fibre: MeasuredArea | null;
    readonly greyPercent: number | null;
    readonly coveragePercent: number | null;
    readonly diameterPx: number | null;
    readonly diameterMm: number | null;
    readonly densityPerCm2: number | null;
    /** Middles of single shafts or dots as photographed. */
    readonly markPeak: MeasuredArea | null;
    /** 0–1: how much they look like pigment dots rather than cut hair. */
    readonly dotLikeness: number | null;
  };
  /** Where several photos were pooled: each of them, so that another can join. The rest is the first one's. */
  readonly pool?: readonly PoolMember[];
}

export interface MeasuredPhoto {
  readonly measurement: Measurement;
  readonly labels: LabelMap;
}

function addCovariance(one: LabCovariance, other: LabCovariance): LabCovariance {
  return one.map((value, i) => value + other[i]!) as unknown as LabCovariance;
}

function measureArea(
  raster: RasterPhoto,
  area: SampleArea,
  surface: 'skin' | 'hair',
  calibration: PhotoCalibration,
): MeasuredArea | null {
  if ('boxes' in area && area.boxes.length === 0) return null;
  const correction = surface === 'skin' ? calibration.skinCorrection : calibration.hairCorrection;
  const sampled = sampleColour(raster, area, { surface, correction });
  if (sampled.pixels < LEAST_PIXELS) return null;
  return {
    lab: sampled.lab,
    covariance: addCovariance(
      sampled.covariance,
      scaleToLightness(surface === 'skin' ? calibration.skinDoubt : calibration.hairDoubt, sampled.lab[0]),
    ),
    ownCovariance: sampled.covariance,
    pixels: sampled.pixels,
  };
}

function cardNotes({ told, card }: PhotoCalibration): QualityEntry[] {
  if (card && told.card) {
    const message = measuringTexts.cardUsed(told.card.patchesUsed);
    return [{ check: 'card', level: 'ok', message, fix: NOTHING_TO_DO }];
  }
  if (!told.message) return [];
  const fix = measuringTexts.ifACardIsThere;
  return [{ check: 'card', level: 'warn', message: told.message, fix }];
}

/** Marks more alike and rounder than this are hardly cut hair. */
const EARLIER_WORK_FROM = 0.6;

function earlierWorkNotes({ dotLikeness }: Measurement['hair']): QualityEntry[] {
  if (dotLikeness === null || dotLikeness < EARLIER_WORK_FROM) return [];
  return [
    {
      check: 'earlierWork',
      level: 'warn',
      message: measuringTexts.marksInTheHairArea,
      fix: measuringTexts.ifTheyAreEarlierWork,
    },
  ];
}

function plainEntry({ check, level, message, fix, at }: QualityEntry): MatchResult['quality'][number] {
  return { check, level, message, fix, ...(at ? { at: at.map(Math.round) as [number, number, number, number] } : {}) };
}

const diagonal = ([L, a, b]: readonly [number, number, number]): LabCovariance =>
  [...[L * L, 0, 0], ...[0, a * a, 0], ...[0, 0, b * b]] as unknown as LabCovariance;

/** Something else than stubble, a clipped edge perhaps, may leave a ratio to skin that is no colour at all. */
const isPossible = ([L, a, b]: Lab65) => L >= 0 && L <= 100 && Math.hypot(a, b) <= 70;

/** Beside the skin nothing shades stubble more, L*: where it is darker still, hair hides the skin it was to be read against. */
const MOST_SHADE_L = 8;

const NO_HAIR: Measurement['hair'] = {
  kind: 'none',
  apparent: null,
  fibre: null,
  greyPercent: null,
  coveragePercent: null,
  diameterPx: null,
  diameterMm: null,
  densityPerCm2: null,
  markPeak: null,
  dotLikeness: null,
};

/**
 * Stubble is read hair by hair, as a ratio to the skin between the hairs, so that light falling unevenly on a round head
 * cancels; longer hair by the robust colour of its mass. `isDots` where a person said that these are earlier work.
 */
function measureHair(
  raster: RasterPhoto,
  regions: SettledRegions,
  skin: MeasuredArea | null,
  calibration: PhotoCalibration,
  scale: number | null,
  isDots: boolean,
): Measurement['hair'] {
  const stubble = regions.kind === 'stubble' && skin ? readStubble(raster, regions, skin, calibration, scale) : null;
  const hidesSkin = !isDots && stubble !== null && stubble.shadeL > MOST_SHADE_L;
  if (!stubble || hidesSkin) {
    const mass = measureArea(raster, regions.hairArea, 'hair', calibration);
    return mass ? { ...NO_HAIR, kind: hidesSkin ? 'short' : regions.kind, apparent: mass } : NO_HAIR;
  }
  const area = (lab: Lab65, sd: readonly [number, number, number]): MeasuredArea => ({
    lab,
    covariance: addCovariance(diagonal(sd), scaleToLightness(calibration.hairDoubt, lab[0])),
    ownCovariance: diagonal(sd),
    pixels: stubble.pixels,
  });
  return {
    kind: 'stubble',
    apparent: area(stubble.apparentLab, stubble.apparentSd),
    fibre: stubble.resolved ? area(stubble.fibreLab, stubble.fibreSd) : null,
    greyPercent: stubble.resolved ? stubble.greyPercent : null,
    coveragePercent: stubble.resolved ? stubble.coveragePercent : null,
    diameterPx: stubble.resolved ? stubble.diameterPx : null,
    diameterMm: stubble.resolved && scale ? stubble.diameterPx / scale : null,
    densityPerCm2: stubble.resolved ? stubble.densityPerCm2 : null,
    markPeak: stubble.resolved ? area(stubble.dotPeakLab, stubble.dotPeakSd) : null,
    dotLikeness: stubble.resolved ? stubble.dotLikeness : null,
  };
}

/** Null where the area is no stubble to be read hair by hair. */
function readStubble(
  raster: RasterPhoto,
  { hairArea }: SettledRegions,
  skin: MeasuredArea,
  { skinCorrection }: PhotoCalibration,
  scale: number | null,
): StubbleMeasurement | null {
  const stubble = measureStubble(raster, hairArea, lab65ToLinearSrgb(skin.lab), {
    correction: skinCorrection,
    ...(scale ? { pxPerMm: scale } : {}),
  });
  return stubble && stubble.pixels >= LEAST_PIXELS && isPossible(stubble.apparentLab) ? stubble : null;
}

function writeForeign({ widthPx, heightPx }: LabelMap, { kind, mask }: ForeignArea) {
  return {
    kind,
    mask: writeMask({ widthPx, heightPx, labels: mask.map((cell) => (cell ? LABEL.avoid : LABEL.other)) }),
  };
}

/** What a photo shows whatever areas of skin and hair a person marks. */
interface Scene {
  readonly working: WorkingImage;
  readonly calibration: PhotoCalibration;
  readonly proposal: RegionProposal;
}

interface Remembered {
  readonly referenceKey: string;
  readonly reference: { readonly working: WorkingImage; readonly referenced: PhotoCalibration };
  readonly sceneKey: string;
  readonly scene: Scene;
}

/** Of photos that are still held, for the options each was read with: correcting regions needs no second look. */
const remembered = new WeakMap<DecodedPhoto, Remembered>();

/** Forgets a photo that nobody measures any more. */
export function forgetPhoto(decoded: DecodedPhoto): void {
  const known = remembered.get(decoded);
  if (known) recycleImage(known.reference.working.rgb);
  remembered.delete(decoded);
  releasePhoto(decoded.raster);
}

function readScene(decoded: DecodedPhoto, options: MatchOptions, report: (step: Step) => void): Scene {
  const { raster } = decoded;
  const { avoid, card, cardCorners, cardReference, white, whiteKind } = options;
  const mask = options.mask === undefined ? null : keepOnly(readMask(options.mask)!, LABEL.avoid);
  const referenceKey = JSON.stringify([card, cardCorners, cardReference, white, whiteKind]);
  const sceneKey = JSON.stringify([referenceKey, avoid, mask && writeMask(mask)]);
  const known = remembered.get(decoded);
  if (known?.sceneKey === sceneKey) return known.scene;
  const readReference = () => {
    report('card');
    const working = reducePhoto(raster, WORKING_SIDE_PX);
    return { working, referenced: calibratePhoto(raster, working, options) };
  };
  const reference = known?.referenceKey === referenceKey ? known.reference : readReference();
  const { working, referenced } = reference;
  report('regions');
  const corners = referenced.card?.corners;
  const proposal = proposeRegions(working, raster, {
    avoidBoxes: avoid,
    ...(mask ? { avoidMask: mask } : {}),
    ...(corners ? { card: corners } : {}),
  });
  const scene = { working, calibration: estimateCast(referenced, working, proposal.labels), proposal };
  remembered.set(decoded, { referenceKey, reference, sceneKey, scene });
  return scene;
}

/**
 * Measures skin and hair of a decoded photo: card, regions, colours, and what is wrong with it. Between the two
 * halves of the work it waits for `meanwhile`, which the same thread does.
 * @throws StippleError SMP_CARD_UNUSABLE when a card was asked for and none can be used
 */
export async function measurePhoto(
  decoded: DecodedPhoto,
  sha256: string,
  options: MatchOptions,
  report: (step: Step) => void,
  meanwhile?: Promise<void>,
): Promise<MeasuredPhoto> {
  const { raster } = decoded;
  const { working, calibration, proposal } = readScene(decoded, options, report);
  await meanwhile;
  const { foreign } = proposal;
  const regions = settleRegions(proposal, options);
  const scale = calibration.card && options.cardType ? pxPerMm(calibration.card, options.cardType) : null;
  report('measuring');
  const quality = checkQuality({
    raster,
    working,
    labels: regions.labels,
    calibrated: calibration.told.method === 'card' || calibration.told.method === 'white',
    pixelsPerMm: scale,
  });
  const skin = measureArea(raster, regions.skinArea, 'skin', calibration);
  const hair = measureHair(raster, regions, skin, calibration, scale, options.hairFrom === 'smp');
  return {
    labels: regions.labels,
    measurement: {
      input: {
        sha256,
        widthPx: raster.widthPx,
        heightPx: raster.heightPx,
        format: decoded.format,
        profile: decoded.profile,
        orientationApplied: decoded.orientationApplied,
      },
      quality: [
        ...quality,
        ...regions.notes,
        ...earlierWorkNotes(hair),
        ...cardNotes(calibration),
        ...decoded.notes,
      ].map(plainEntry),
      calibration: calibration.told,
      regions: {
        skin: regions.skin.map((box) => [...box]),
        hair: regions.hair.map((box) => [...box]),
        avoid: regions.avoid.map((box) => [...box]),
        source: regions.source,
        ...(options.mask === undefined ? {} : { mask: options.mask }),
        ...(foreign.length === 0 ? {} : { foreign: foreign.flatMap((area) => boxesOfForeign(proposal.labels, area)) }),
      },
      suggested: writeMask(proposal.labels),
      ...(foreign.length === 0 ? {} : { foreign: foreign.map((area) => writeForeign(proposal.labels, area)) }),
      skin,
      hair,
    },
  };
}
