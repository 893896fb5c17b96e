import type { MatchResult } from '../app/matchResult.ts';

const HEADLINES: Record<MatchResult['outcome'], string> = {
  match: 'Recommended',
  tooCloseToCall: 'Too close to call from this photo',
  noGoodMatch: 'No good match',
  refused: 'No recommendation',
};

function lab(values: readonly number[] | null): string {
  return values ? values.map((value) => value.toFixed(1)).join(' ') : 'not measured';
}

/** A result as a person reads it in a terminal. */
export function summarize(path: string, result: MatchResult): string {
  const { skin, hair, calibration, confidence } = result;
  const shades = result.recommendations.slice(0, 3).map((shade) => {
    const { partsDiluent, pigmentDrops, diluentDrops, cupMl } = shade.dilution;
    const recipe =
      diluentDrops === 0
        ? 'as bottled'
        : `${partsDiluent}:1, ${pigmentDrops} pigment : ${diluentDrops} diluent drops, ${cupMl} ml cup`;
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
    `  Light ${calibration.method}, expected error ΔE00 ${calibration.expectedDeltaE00}`,
    ...(result.pool ?? []).flatMap(({ leftOut }, at) => (leftOut ? [`  Photo ${at + 1} is left out. ${leftOut}`] : [])),
    `${HEADLINES[result.outcome]}`,
    ...shades,
    `Confidence ${confidence.level}: ${confidence.reasons.join(' ')} ${confidence.next}`,
    ...(faults.length > 0 ? ['Photo', ...faults] : []),
    '',
  ].join('\n');
}
