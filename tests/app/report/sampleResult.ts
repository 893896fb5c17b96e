import type { MatchResult, Recommendation } from '../../../src/app/matchResult.ts';

type Lab = [number, number, number];
const skin: Lab = [60.8, 10.4, 13];
const target: Lab = [57.6, 9.8, 12.3];

function shade(code: string, probability: number, healed: Lab): Recommendation {
  return {
    code,
    name: `Demo ${code}`,
    catalog: { id: 'demo-ash', version: 3 },
    dilution: {
      ...{ partsDiluent: 11, pigmentDrops: 2, diluentDrops: 22, pigmentMl: 0.1, diluentMl: 1.1, cupMl: 1.5 },
      ...{ makesMl: 1.2, ratioErrorPercent: 0, diluent: 'DD-01' },
    },
    predicted: {
      healed,
      fresh: [57.6, 8.2, 10.7],
      dot: [50, 6, 8],
      aged: { years: 3, lightest: skin, darkest: target },
    },
    ...{ deltaE00: 1.26, deltaL: 0.7, words: 'very close, slightly lighter', basis: 'spectral' as const },
    ...{ probability, probabilityTopThree: 2 * probability + 0.01 },
    flags: ['blueRisk'],
    flagReasons: [{ flag: 'blueRisk', reason: 'The colour is cool under this skin.' }],
  };
}

const step = (session: number, partsDiluent: number, pigmentDrops: number, spacingPercent: number) => ({
  ...{ session, code: 'DA-04', partsDiluent, pigmentDrops, diluentDrops: partsDiluent * pigmentDrops, spacingPercent },
  note: 'Wait until it has healed.',
});

/** A clear match with everything a report shows. */
export function sampleResult(): MatchResult {
  return {
    schema: 1,
    engine: '9.9.9',
    asOf: '2026-11-22',
    input: {
      ...{ sha256: 'ab'.repeat(32), widthPx: 4000, heightPx: 3000, format: 'jpeg', profile: 'sRGB' },
      orientationApplied: true,
    },
    quality: [],
    calibration: { method: 'card', expectedDeltaE00: 1.6 },
    regions: { skin: [], hair: [], avoid: [], source: 'automatic' },
    skin: { lab: skin, sd: [1.5, 1.4, 2.5], itaDeg: 39.6, itaClass: 'intermediate', pixels: 51_234 },
    hair: {
      ...{ lab: target, sd: [1.4, 1.4, 2.4] as Lab, kind: 'stubble' as const, greyPercent: 10, coveragePercent: 22 },
      ...{ diameterPx: 5, diameterMm: null, densityPerCm2: null },
    },
    target: { lab: target, sd: [1.4, 1.4, 2.4], why: 'The target is the stubble in the marked hair area.' },
    assumptions: { densityPerCm2: 100, diameterMm: 0.3, healedFraction: 0.7 },
    recommendations: [shade('DA-04', 0.41, [58.3, 8.7, 11.2]), shade('DA-05', 0.3, [59, 9, 12])],
    sessions: [step(1, 16, 1, 30), step(2, 13, 2, 70), step(3, 11, 2, 100)],
    why: ['DA-04 at 11:1, healed: very close (ΔE00 1.3).', 'DA-05 at 9:1: dots warmer than with DA-04.'],
    densityAdvice: null,
    confidence: { level: 'medium', reasons: ['One shade leads.'], next: 'Set a patch of each.' },
    outcome: 'match',
  };
}
