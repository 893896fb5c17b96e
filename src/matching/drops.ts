import { matchingTexts } from '../language/texts/matching.ts';

/** Cups a studio usually has, in ml. */
export const USUAL_CUPS_ML: readonly number[] = [0.5, 1, 1.5, 2, 3, 5, 10];

/** Assumed until the studio has counted its drops to 1 ml: 20 drops a millilitre. */
export const ASSUMED_DROP_ML = 0.05;

/** Largest ratio error of whole drops that is not worth a larger cup (PRODUCT requirement 4). */
const CLOSE_PERCENT = 3;
/** Nobody counts more drops than this without losing count; larger amounts are measured in ml. */
const MOST_DROPS_COUNTED = 60;
/** Slack for sums of decimal volumes, far below any drop. */
const EPSILON_ML = 1e-9;

export interface Measures {
  readonly cupMl: number;
  /** Volume of one drop of pigment and of diluent, calibrated apart: liquids form different drops. */
  readonly pigmentDropMl: number;
  readonly diluentDropMl: number;
}

/** A recipe in whole drops. */
export interface Drops {
  readonly pigmentDrops: number;
  readonly diluentDrops: number;
  readonly pigmentMl: number;
  readonly diluentMl: number;
  readonly makesMl: number;
  /** The cup this recipe is for: the studio's own, or the smallest usual one that can take it. */
  readonly cupMl: number;
  readonly fitsStudioCup: boolean;
  /** Parts of diluent to one part of pigment by volume that these drops really give. */
  readonly actualParts: number;
  /** 100 × (actual / wanted − 1); positive is weaker than wanted. Zero for a neat recipe. */
  readonly ratioErrorPercent: number;
  /** What does not fit and what to do, or null when the recipe needs no remark. */
  readonly note: string | null;
}

interface Count {
  readonly pigment: number;
  readonly diluent: number;
  readonly errorPercent: number;
}

function assertMeasures(partsDiluent: number, measures: Measures): void {
  const positive = [measures.cupMl, measures.pigmentDropMl, measures.diluentDropMl];
  if (!positive.every((value) => Number.isFinite(value) && value > 0)) {
    throw new RangeError('Expected cup and drop volumes above 0 ml');
  }
  if (!Number.isFinite(partsDiluent) || partsDiluent < 0) {
    throw new RangeError(`Expected parts of diluent of 0 or more but received ${partsDiluent}`);
  }
}

/**
 * Candidate counts for a cup in order of pigment drops: nearest whole drops of diluent above and below, and the most
 * that still fits where that is close enough.
 */
function* countsInCup(partsDiluent: number, { cupMl, pigmentDropMl, diluentDropMl }: Measures): Generator<Count> {
  for (let pigment = 1; pigment * pigmentDropMl <= cupMl + EPSILON_ML; pigment++) {
    const pigmentMl = pigment * pigmentDropMl;
    const wantedDrops = (pigmentMl * partsDiluent) / diluentDropMl;
    const room = Math.floor((cupMl - pigmentMl + EPSILON_ML) / diluentDropMl);
    // The weaker neighbour comes first: of two equal errors a pale result can be built up, a dark one cannot.
    for (const diluent of [Math.ceil(wantedDrops), Math.floor(wantedDrops), room]) {
      if (diluent < 1 || diluent > room) continue;
      const errorPercent = 100 * ((diluent * diluentDropMl) / pigmentMl / partsDiluent - 1);
      if (Math.abs(diluent - wantedDrops) > 1 && Math.abs(errorPercent) > CLOSE_PERCENT) continue;
      yield { pigment, diluent, errorPercent };
    }
  }
}

/** Fewest drops within 3 %; of one pigment count the smaller error, of equal errors the weaker. */
function fewestCloseDrops(partsDiluent: number, measures: Measures): Count | null {
  let found: Count | null = null;
  for (const count of countsInCup(partsDiluent, measures)) {
    if (found && count.pigment > found.pigment) break;
    const error = Math.abs(count.errorPercent);
    if (error <= CLOSE_PERCENT && (!found || error < Math.abs(found.errorPercent) - 1e-9)) found = count;
  }
  return found;
}

/** The least error that fits at all, fewest drops among equals. */
function nearestDrops(partsDiluent: number, measures: Measures): Count | null {
  let found: Count | null = null;
  for (const count of countsInCup(partsDiluent, measures)) {
    if (!found || Math.abs(count.errorPercent) < Math.abs(found.errorPercent) - 1e-9) found = count;
  }
  return found;
}

/** The same ratio as often as the cup takes it, while the drops can still be counted. */
function fillCup(count: Count, { cupMl, pigmentDropMl, diluentDropMl }: Measures): Count {
  const onceMl = count.pigment * pigmentDropMl + count.diluent * diluentDropMl;
  const byVolume = Math.floor((cupMl + EPSILON_ML) / onceMl);
  const byCount = Math.floor(MOST_DROPS_COUNTED / (count.pigment + count.diluent));
  const times = Math.max(1, Math.min(byVolume, byCount));
  return { ...count, pigment: count.pigment * times, diluent: count.diluent * times };
}

function describe(count: Count, measures: Measures, fitsStudioCup: boolean, note: string | null): Drops {
  const pigmentMl = count.pigment * measures.pigmentDropMl;
  const diluentMl = count.diluent * measures.diluentDropMl;
  return {
    pigmentDrops: count.pigment,
    diluentDrops: count.diluent,
    pigmentMl,
    diluentMl,
    makesMl: pigmentMl + diluentMl,
    cupMl: measures.cupMl,
    fitsStudioCup,
    actualParts: diluentMl / pigmentMl,
    ratioErrorPercent: count.errorPercent,
    note,
  };
}

const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 2, useGrouping: false });

function neatRecipe(measures: Measures): Drops {
  const inCup = Math.floor((measures.cupMl + EPSILON_ML) / measures.pigmentDropMl);
  if (inCup >= 1) return describe({ pigment: inCup, diluent: 0, errorPercent: 0 }, measures, true, null);
  const larger = [...USUAL_CUPS_ML].find((cup) => cup + EPSILON_ML >= measures.pigmentDropMl) ?? measures.pigmentDropMl;
  const note = matchingTexts.oneDropDoesNotFit(decimal.format(measures.cupMl), decimal.format(larger));
  return describe({ pigment: 1, diluent: 0, errorPercent: 0 }, { ...measures, cupMl: larger }, false, note);
}

/**
 * Whole drops for `partsDiluent` parts of diluent to one part of pigment, parts by volume as bottled.
 * The fewest drops within 3 % are found first and repeated as often as the cup takes them. Where the studio's cup
 * cannot hold a ratio within 3 %, the recipe is for the smallest usual cup that can, and the note says so.
 * Throws RangeError on volumes or parts that are not finite and positive (parts may be 0: neat).
 */
export function dropsForRatio(partsDiluent: number, measures: Measures): Drops {
  assertMeasures(partsDiluent, measures);
  if (partsDiluent === 0) return neatRecipe(measures);
  const own = fewestCloseDrops(partsDiluent, measures);
  if (own) return describe(fillCup(own, measures), measures, true, null);

  const wanted = `${decimal.format(partsDiluent)}:1`;
  const ownCup = matchingTexts.mlCup(decimal.format(measures.cupMl));
  for (const cupMl of USUAL_CUPS_ML.filter((cup) => cup > measures.cupMl)) {
    const count = fewestCloseDrops(partsDiluent, { ...measures, cupMl });
    if (!count) continue;
    const note = matchingTexts.wholeDropsDoNotFit(wanted, ownCup, decimal.format(cupMl));
    return describe(count, { ...measures, cupMl }, false, note);
  }
  const nearest = nearestDrops(partsDiluent, measures);
  if (nearest) {
    const off = decimal.format(Math.abs(nearest.errorPercent));
    const note = matchingTexts.wholeDropsComeNoCloser(wanted, off, nearest.errorPercent > 0);
    return describe(nearest, measures, true, note);
  }
  const volumeMl = measures.pigmentDropMl * (1 + partsDiluent);
  const cupMl =
    USUAL_CUPS_ML.find((cup) => cup + EPSILON_ML >= volumeMl + measures.diluentDropMl) ??
    Math.ceil(volumeMl + measures.diluentDropMl);
  const large = nearestDrops(partsDiluent, { ...measures, cupMl })!;
  const note = matchingTexts.oneDropNeedsLargerCup(wanted, decimal.format(volumeMl), ownCup, decimal.format(cupMl));
  return describe(large, { ...measures, cupMl }, false, note);
}
