import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { brownLineFibre } from '../../src/matching/hairColours.ts';
import type { MatchInput, PreparedShade, Target } from '../../src/matching/matchTypes.ts';
import { rankShades } from '../../src/matching/rankShades.ts';
import { seededRandom } from '../../src/matching/seededRandom.ts';
import { FRESH_SHAVE, stubbleAppearance } from '../../src/matching/stubbleAppearance.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { evaluateInversion, randomPigment } from './inversion.ts';
import { evaluateReliability } from './reliability.ts';
import type { EvaluationReport, EvaluationSection } from './section.ts';
import { isotropic, loadPalette, STUDIO } from './simulatedClients.ts';

function thousandShades(): PreparedShade[] {
  const random = seededRandom(7);
  const base = loadPalette('demo-ash')[0]!;
  return Array.from({ length: 1000 }, (_, i) => ({
    ...base,
    shade: { ...base.shade, code: `X-${i}` },
    pigment: randomPigment(random),
  }));
}

function evaluateTime(): EvaluationReport {
  const skin = lab65(60, 11, 16);
  const table = buildClientTable(skin);
  const stubble = stubbleAppearance(table, brownLineFibre(0.2), FRESH_SHAVE);
  const target: Target = { ...stubble, why: 'timing', basis: 'stubble', covariance: isotropic(0.5) };
  const input: MatchInput = {
    skin: { lab: skin, covariance: isotropic(0.5) },
    target,
    shades: thousandShades(),
    settings: STUDIO,
    calibration: { method: 'card', expectedDeltaE00: 1.5 },
    caps: [],
  };
  const small = { ...input, shades: loadPalette('demo-ash') };
  const time = (run: () => void): number => {
    run();
    const started = performance.now();
    for (let i = 0; i < 3; i++) run();
    return (performance.now() - started) / 3;
  };
  const pair = (): void => {
    for (let i = 0; i < 100_000; i++) deltaE00(skin, lab65(60 + (i % 7), 11, 16));
  };
  const perPair = time(pair) / 100_000;
  const thousand = time(() => rankShades(input, table));
  const dozen = time(() => rankShades(small, table));
  const lines = [
    `Time: culori CIEDE2000 ${(1000 * perPair).toFixed(2)} µs a pair in this run`,
    `  whole match, 12 shades ${dozen.toFixed(0)} ms (${Math.round(dozen / perPair)} pairs); 1,000 shades ${thousand.toFixed(0)} ms (${Math.round(thousand / perPair)} pairs)`,
  ];
  return { lines, failures: [] };
}

/** Does the ranking find what was rendered, and do its probabilities mean what they say? */
export const matchingSection: EvaluationSection = {
  name: 'matching',
  async run() {
    const reports = [evaluateInversion(), evaluateReliability(), evaluateTime()];
    return {
      lines: reports.flatMap(({ lines }) => lines),
      failures: reports.flatMap(({ failures }) => failures),
      figures: Object.assign({}, ...reports.map(({ figures }) => figures)),
    };
  },
};
