import type { LabCovariance } from '../colour/lab65.ts';
import { poolColours } from '../colour/poolColours.ts';
import { StippleError } from '../errors.ts';
import { measuringTexts } from '../language/texts/measuring.ts';
import type { MeasuredArea, Measurement, PoolMember } from './measurePhoto.ts';

type Hair = Measurement['hair'];

/** What a colour differs in, by the axis on which it lies farthest from the pooled one in its own sd. */
const TOO_MUCH = [measuringTexts.lighter, measuringTexts.redder, measuringTexts.yellower] as const;
const TOO_LITTLE = [measuringTexts.darker, measuringTexts.greener, measuringTexts.bluer] as const;
const CAUSE = [measuringTexts.anotherLightOrExposure, measuringTexts.colourCast, measuringTexts.colourCast] as const;

interface Pooled {
  readonly area: MeasuredArea | null;
  /** By place of the member: why its colour is left out. */
  readonly reasons: ReadonlyMap<number, string>;
  readonly agree: boolean;
}

function poolAreas(areas: readonly (MeasuredArea | null)[], what: string): Pooled {
  const measured = areas.flatMap((area, place) => (area ? [{ area, place }] : []));
  if (measured.length === 0) return { area: null, reasons: new Map(), agree: true };
  const { lab, covariance, outliers, agree } = poolColours(measured.map(({ area }) => area));
  const reasons = new Map(
    outliers.map((k) => {
      const { area, place } = measured[k]!;
      const offs = area.lab.map((value, axis) => (value - lab[axis]!) / Math.sqrt(area.covariance[4 * axis]!));
      const axis = offs.map(Math.abs).indexOf(Math.max(...offs.map(Math.abs))) as 0 | 1 | 2;
      const word = (offs[axis]! > 0 ? TOO_MUCH : TOO_LITTLE)[axis];
      return [place, measuringTexts.differsFromOtherPhotos(what, word, CAUSE[axis])] as const;
    }),
  );
  const kept = measured.filter((_, k) => !outliers.includes(k));
  const own = meanOwn(kept.map(({ area }) => area));
  const pixels = kept.reduce((sum, { area }) => sum + area.pixels, 0);
  return { area: { lab, covariance, ...(own ? { ownCovariance: own } : {}), pixels }, reasons, agree };
}

/** As large as in one photo: whether errors of regions average away over photos nobody knows. */
function meanOwn(areas: readonly MeasuredArea[]): LabCovariance | null {
  const owns = areas.flatMap(({ ownCovariance }) => (ownCovariance ? [ownCovariance] : []));
  if (owns.length < areas.length || !owns[0]) return null;
  return owns[0].map((_, i) => owns.reduce((sum, own) => sum + own[i]! / owns.length, 0)) as unknown as LabCovariance;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known.length === 0 ? null : (known[(known.length - 1) >> 1]! + known[known.length >> 1]!) / 2;
}

/** Stubble and long hair are measured in different ways: the kind of the most photos is pooled, the rest left aside. */
function poolHair(hairs: readonly Hair[]): Pooled & { readonly hair: Hair } {
  const counts = new Map<Hair['kind'], number>();
  for (const { kind, apparent } of hairs) if (apparent) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kind = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'none';
  const own = (hair: Hair) => (hair.kind === kind ? hair.apparent : null);
  const pooled = poolAreas(hairs.map(own), kind === 'stubble' ? measuringTexts.stubble : measuringTexts.hair);
  const reasons = new Map(pooled.reasons);
  for (const [place, hair] of hairs.entries()) {
    if (hair.apparent && hair.kind !== kind) reasons.set(place, measuringTexts.hairOfAnotherLength);
  }
  const used = hairs.filter((hair, place) => own(hair) !== null && !reasons.has(place));
  const hair: Hair = {
    kind,
    apparent: pooled.area,
    fibre: poolAreas(
      used.map(({ fibre }) => fibre),
      measuringTexts.hair,
    ).area,
    markPeak: poolAreas(
      used.map(({ markPeak }) => markPeak),
      measuringTexts.marks,
    ).area,
    dotLikeness: medianOf(used.map(({ dotLikeness }) => dotLikeness)),
    greyPercent: medianOf(used.map(({ greyPercent }) => greyPercent)),
    coveragePercent: medianOf(used.map(({ coveragePercent }) => coveragePercent)),
    diameterPx: medianOf(used.map(({ diameterPx }) => diameterPx)),
    diameterMm: medianOf(used.map(({ diameterMm }) => diameterMm)),
    densityPerCm2: medianOf(used.map(({ densityPerCm2 }) => densityPerCm2)),
  };
  return { ...pooled, reasons, hair };
}

/** The measurements behind one: its own, or those it was pooled from. */
function membersOf({ pool, input, calibration, skin, hair }: Measurement): readonly PoolMember[] {
  return pool ?? [{ sha256: input.sha256, calibration, skin, hair }];
}

/**
 * Several photos of one client as one measurement. Everything but the colours is the first photo's; a photo that is there
 * twice counts once. Photos whose colours do not fit the others are left out and named.
 * @throws StippleError SMP_OPTION_INVALID when the photos are fewer than two
 */
export function poolMeasurements(measurements: readonly Measurement[]): Measurement {
  const bySha = new Map(measurements.flatMap(membersOf).map((member) => [member.sha256, member]));
  const members = [...bySha.values()];
  const [first] = measurements;
  if (!first || members.length < 2) {
    throw new StippleError('SMP_OPTION_INVALID', measuringTexts.poolingNeedsTwo);
  }
  const skin = poolAreas(
    members.map((member) => member.skin),
    measuringTexts.skin,
  );
  const hair = poolHair(members.map((member) => member.hair));
  const judged = members.map(({ sha256, calibration, skin: ownSkin, hair: ownHair }, place): PoolMember => {
    const nothing = !ownSkin && !ownHair.apparent ? measuringTexts.neitherSkinNorHair : null;
    const leftOut = skin.reasons.get(place) ?? hair.reasons.get(place) ?? nothing;
    return { sha256, calibration, skin: ownSkin, hair: ownHair, leftOut };
  });
  const used = judged.filter(({ leftOut }) => leftOut === null);
  const surest = (used.length > 0 ? used : judged).reduce((best, other) =>
    other.calibration.expectedDeltaE00 < best.calibration.expectedDeltaE00 ? other : best,
  );
  return {
    ...first,
    // The card's place belongs to the first photo alone.
    calibration: surest.sha256 === first.input.sha256 ? surest.calibration : withoutPlace(surest.calibration),
    quality: [...first.quality.filter(({ check }) => check !== 'pool'), ...disagreement(skin, hair)],
    skin: skin.area,
    hair: hair.hair,
    pool: judged,
  };
}

function withoutPlace({ card: _, ...calibration }: Measurement['calibration']): Measurement['calibration'] {
  return calibration;
}

function disagreement(...pooled: readonly Pooled[]): Measurement['quality'] {
  if (pooled.every(({ agree }) => agree)) return [];
  const message = measuringTexts.twoPhotosDiffer;
  return [{ check: 'pool', level: 'warn', message, fix: measuringTexts.addAThirdPhoto }];
}
