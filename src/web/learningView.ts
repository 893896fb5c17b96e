import { type BiasLine, LEAST_CASES, type Learning } from '../app/learning/learnStudio.ts';
import type { FollowUpRecord } from '../storage/followUpsRepo.ts';
import { shownDay } from './language/dates.ts';

/** "1.4 L* darker than predicted"; differences nobody sees read "as predicted". */
function deltaWords(deltaL: number): string {
  const size = Math.abs(deltaL);
  if (size < 0.05) return 'as predicted';
  return `${size.toFixed(1)} L* ${deltaL < 0 ? 'darker' : 'lighter'} than predicted`;
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
  const mix = partsDiluent === 0 ? 'as bottled' : `${Number(partsDiluent.toFixed(1))} : 1`;
  return {
    id,
    text: `${code} ${mix}, ${healedDays} days: ${deltaWords(deltaL)} (ΔE00 ${deltaE00.toFixed(1)})`,
    when: [shownDay(createdAt), lot ? `lot ${lot}` : '', counts ? '' : 'not learned from'].filter(Boolean).join(' · '),
    counts,
  };
}

function factorWords({ factor, factorSd, isUnlearned }: BiasLine, isOn: boolean, isEnough: boolean): string {
  if (!isEnough) return `corrects nothing before ${LEAST_CASES} cases`;
  if (!isOn) return 'switched off';
  if (isUnlearned) return 'no correction, as you decided';
  if (Math.abs(Math.log(factor)) < 0.02) return 'no correction needed';
  const low = factor * Math.exp(-factorSd);
  const high = factor * Math.exp(factorSd);
  return `counts as ${factor.toFixed(2)} times its strength (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function lineView(line: BiasLine, { isOn, isEnough }: Learning, isCorrected: boolean) {
  const { key, name, cases, deltaL, standardError, isUnlearned } = line;
  const doubt = standardError === null ? '' : ` ± ${standardError.toFixed(1)}`;
  const count = `${cases} case${cases === 1 ? '' : 's'}`;
  return {
    key,
    name,
    text: `Healed results run ${deltaWords(deltaL)} (${count}${doubt})`,
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
      text: `Your healed results run ${deltaWords(studio.deltaL)}, ${studio.cases} case${studio.cases === 1 ? '' : 's'}${studio.standardError === null ? '' : ` (± ${studio.standardError.toFixed(1)})`}.`,
    },
    shades: shades.map(view),
    groups: [
      { title: 'By lot', lines: lots.map(plain) },
      { title: 'By technician', lines: technicians.map(plain) },
    ].filter(({ lines }) => lines.length > 0),
    followUps: followUps.map((one) => ({
      ...healedLine(one),
      href: one.consultationId && `/consultations/${one.consultationId}`,
    })),
  };
}
