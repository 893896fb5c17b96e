import type { MatchResult } from '../app/matchResult.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';

const HEADLINES: Record<MatchResult['outcome'], string> = {
  match: commandLineTexts.recommended,
  tooCloseToCall: commandLineTexts.tooCloseToCall,
  noGoodMatch: commandLineTexts.noGoodMatch,
  refused: commandLineTexts.noRecommendation,
};

function lab(values: readonly number[] | null): string {
  return values ? values.map((value) => value.toFixed(1)).join(' ') : commandLineTexts.notMeasured;
}

/** A result as a person reads it in a terminal. */
export function summarize(path: string, result: MatchResult): string {
  const { skin, hair, calibration, confidence } = result;
  const shades = result.recommendations.slice(0, 3).map((shade) => {
    const { partsDiluent, pigmentDrops, diluentDrops, cupMl } = shade.dilution;
    const recipe =
      diluentDrops === 0
        ? commandLineTexts.asBottled
        : commandLineTexts.recipeInDrops(partsDiluent, pigmentDrops, diluentDrops, cupMl);
    const flags = shade.flags.length > 0 ? ` [${shade.flags.join(', ')}]` : '';
    return `  ${shade.code} ${shade.name}: ${recipe}; ${shade.words}${flags}`;
  });
  const faults = result.quality
    .filter((entry) => entry.level !== 'ok')
    .map((entry) => `  ${entry.message} ${entry.fix}`);
  return [
    path,
    `  Skin  ${lab(skin?.lab ?? null)}${skin ? ` (ITA ${skin.itaDeg}°, ${skin.itaClass})` : ''}`,
    `  Hair  ${lab(hair.lab)} (${hair.kind})`,
    commandLineTexts.lightAndError(calibration.method, calibration.expectedDeltaE00),
    ...(result.pool ?? []).flatMap(({ leftOut }, at) =>
      leftOut ? [commandLineTexts.photoIsLeftOut(at + 1, leftOut)] : [],
    ),
    `${HEADLINES[result.outcome]}`,
    ...shades,
    commandLineTexts.confidence(confidence.level, confidence.reasons.join(' '), confidence.next),
    ...(faults.length > 0 ? [commandLineTexts.photo, ...faults] : []),
    '',
  ].join('\n');
}
