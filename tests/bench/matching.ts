import { join } from 'node:path';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { preparePalette } from '../../src/matching/preparePalette.ts';
import { rankShades } from '../../src/matching/rankShades.ts';
import { buildTarget } from '../../src/matching/target.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { CARBON_SHAPE } from '../../src/optics/pigmentShapes.ts';
import { predictAreaLab, predictHealed } from '../../src/optics/predictHealed.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { medianMs } from './timing.ts';

const PAIRS = 20_000;
const COVARIANCE = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;

/** The model and the ranking, as ratios to culori's CIEDE2000. */
export async function benchMatching(): Promise<string[]> {
  const skin = lab65(62, 11, 16);
  const other = lab65(58, 10, 14);
  const differences = await medianMs(9, () => {
    let sum = 0;
    for (let i = 0; i < PAIRS; i++) sum += deltaE00(skin, other);
    return sum;
  });
  const oneDifference = (1000 * differences) / PAIRS;
  const build = await medianMs(9, () => buildClientTable(skin));
  const table = buildClientTable(skin);
  const pigment = {
    neatTau: 6,
    shape: CARBON_SHAPE,
    scatterRatio: 0.05,
    basis: 'spectral',
    sigmaLogTau: 0.25,
  } as const;
  const application = { ...DEFAULT_APPLICATION, partsDiluent: 8 };
  const many = 2000;
  const area = await medianMs(9, () => {
    for (let i = 0; i < many; i++) predictAreaLab(table, pigment, application);
  });
  const whole = await medianMs(9, () => {
    for (let i = 0; i < many; i++) predictHealed(table, pigment, application);
  });
  const [ash] = await loadPalettes(join(projectRoot, 'palettes'));
  const prepared = preparePalette(ash!).filter(({ shade }) => shade.status === 'active');
  const fibre = { lab: lab65(23, 4, 5), covariance: COVARIANCE };
  const apparent = { lab: other, covariance: COVARIANCE };
  const target = buildTarget({ table, hair: { kind: 'stubble', apparent, fibre, greyPercent: 0 } })!;
  const settings = {
    ...{ cupMl: 1.5, pigmentDropMl: 0.05, diluentDropMl: 0.05, densityPerCm2: 100, diameterMm: 0.3 },
    ...{ session: 1 as const, goal: 'shaved' as const, today: '2026-11-22' },
  };
  const rank = (count: number) => {
    const shades = Array.from({ length: count }, (_, i) => {
      const base = prepared[i % prepared.length]!;
      const strength = 0.7 + (0.6 * ((i * 7919) % count)) / count;
      return {
        ...base,
        shade: { ...base.shade, code: `${base.shade.code}-${i}` },
        pigment: { ...base.pigment, neatTau: base.pigment.neatTau * strength },
      };
    });
    const calibration = { method: 'card', expectedDeltaE00: 1.5 } as const;
    const input = { skin: { lab: skin, covariance: COVARIANCE }, target, shades, settings, calibration, caps: [] };
    return medianMs(9, () => rankShades(input, table));
  };
  const ranked: number[] = [];
  for (const count of [10, 1000, 10_000, 100_000]) ranked.push(await rank(count));
  const ratio = (us: number) => `${(us / oneDifference).toFixed(0)} × one CIEDE2000`;
  return [
    `one CIEDE2000 (culori)                       ${oneDifference.toFixed(2).padStart(6)} µs`,
    `a client's table                             ${build.toFixed(1).padStart(6)} ms  ${ratio(1000 * build)}`,
    `healed area of one pigment                   ${((1000 * area) / many).toFixed(1).padStart(6)} µs  ${ratio((1000 * area) / many)}`,
    `area, dot and closed layer                   ${((1000 * whole) / many).toFixed(1).padStart(6)} µs  ${ratio((1000 * whole) / many)}`,
    `rank 10 / 1,000 / 10,000 / 100,000, solved   ${ranked.map((ms) => ms.toFixed(0)).join(' / ')} ms`,
  ];
}
