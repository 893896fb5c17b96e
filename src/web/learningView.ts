import { type BiasLine, LEAST_CASES, type Learning } from '../app/learning/learnStudio.ts';
import { shownDay } from '../language/dates.ts';
import { ENGLISH } from '../language/english.ts';
import type { FollowUpRecord } from '../storage/followUpsRepo.ts';

/** "1.4 L* darker than predicted"; differences nobody sees read "as predicted". */
function deltaWords(deltaL: number): string {
  const size = Math.abs(deltaL);
  if (size < 0.05) return ENGLISH.studio.asPredicted;
  return deltaL < 0
    ? ENGLISH.studio.darkerThanPredicted(size.toFixed(1))
    : ENGLISH.studio.lighterThanPredicted(size.toFixed(1));
}

/** One healed result in words. */
export function healedLine({
  id,
  code,
  partsDiluent,
  lot,
  healedDays,
  deltaL,
  deltaE00,
  counts,
  createdAt,
}: FollowUpRecord) {
  const mix = partsDiluent === 0 ? ENGLISH.studio.asBottled : `${Number(partsDiluent.toFixed(1))} : 1`;
  return {
    id,
    text: ENGLISH.studio.healedAfterDays(code, mix, healedDays, deltaWords(deltaL), deltaE00.toFixed(1)),
    when: [shownDay(createdAt), lot ? ENGLISH.studio.lot(lot) : '', counts ? '' : ENGLISH.studio.notLearnedFrom]
      .filter(Boolean)
      .join(' · '),
    counts,
  };
}

function factorWords({ factor, factorSd, isUnlearned }: BiasLine, isOn: boolean, isEnough: boolean): string {
  if (!isEnough) return ENGLISH.studio.correctsNothingBeforeCases(LEAST_CASES);
  if (!isOn) return ENGLISH.studio.switchedOff;
  if (isUnlearned) return ENGLISH.studio.noCorrectionAsYouDecided;
  if (Math.abs(Math.log(factor)) < 0.02) return ENGLISH.studio.noCorrectionNeeded;
  const low = factor * Math.exp(-factorSd);
  const high = factor * Math.exp(factorSd);
  return ENGLISH.studio.countsAsTimesItsStrength(factor.toFixed(2), low.toFixed(2), high.toFixed(2));
}

function lineView(line: BiasLine, { isOn, isEnough }: Learning, isCorrected: boolean) {
  const { key, name, cases, deltaL, standardError, isUnlearned } = line;
  const doubt = standardError === null ? '' : ` ± ${standardError.toFixed(1)}`;
  const count = ENGLISH.studio.cases(cases);
  return {
    key,
    name,
    text: ENGLISH.studio.healedResultsRun(deltaWords(deltaL), count, doubt),
    correction: isCorrected ? factorWords(line, isOn, isEnough) : '',
    isUnlearned,
  };
}

/** What the learning page shows. */
export function learningView(learning: Learning) {
  const { isOn, isEnough, studio, shades, lots, technicians, followUps } = learning;
  const view = (line: BiasLine) => lineView(line, learning, true);
  const plain = (line: BiasLine) => lineView(line, learning, false);
  return {
    isOn,
    isEnough,
    leastCases: LEAST_CASES,
    studio: studio && {
      ...view(studio),
      text: ENGLISH.studio.yourHealedResultsRun(
        deltaWords(studio.deltaL),
        ENGLISH.studio.cases(studio.cases),
        studio.standardError === null ? '' : ` (± ${studio.standardError.toFixed(1)})`,
      ),
    },
    shades: shades.map(view),
    groups: [
      { title: ENGLISH.studio.byLot, lines: lots.map(plain) },
      { title: ENGLISH.studio.byTechnician, lines: technicians.map(plain) },
    ].filter(({ lines }) => lines.length > 0),
    followUps: followUps.map((one) => ({
      ...healedLine(one),
      href: one.consultationId && `/consultations/${one.consultationId}`,
    })),
  };
}
