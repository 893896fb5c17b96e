import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { spectrumToLab65 } from '../../src/colour/integrateSpectrum.ts';
import { type Spectrum, WAVELENGTHS_NM } from '../../src/colour/spectrum.ts';
import { buildClientTable, type ClientTable, pigmentedRatio } from '../../src/optics/clientTable.ts';
import { dotCoverage } from '../../src/optics/dots.ts';
import type { Application, Pigment } from '../../src/optics/pigment.ts';
import { DEFAULT_APPLICATION, doseOf } from '../../src/optics/pigmentDose.ts';
import { CARBON_SHAPE } from '../../src/optics/pigmentShapes.ts';
import { predictHealed } from '../../src/optics/predictHealed.ts';
import { dermisAt, epidermisAt, type SkinParameters, skinReflectance } from '../../src/optics/skinReflectance.ts';
import { SKIN_PHASE } from '../../src/optics/tissue.ts';
import { compileOracle, photonsFor, runOracle } from '../fixtures/dots/dotOracle.ts';
import { type SeededRandom, seededRandom } from '../fixtures/scenes/seededRandom.ts';
import type { EvaluationReport } from './section.ts';

const MEDIAN_TARGET = 0.3;
const MAX_TARGET = 0.8;
const WAVELENGTHS = [440, 520, 580, 640];
const SCENARIOS_PER_SKIN = 2;
/** Relative standard error of one run; with four wavelengths it leaves about ±.2 ΔE00 on an area. */
const PRECISION = 0.006;

interface Scenario {
  readonly name: string;
  readonly table: ClientTable;
  readonly application: Application;
  readonly oracle: Spectrum;
}

/** Carbon without scattering: the oracle's dots only absorb. */
const PIGMENT: Pigment = { neatTau: 6, shape: CARBON_SHAPE, scatterRatio: 0, basis: 'spectral', sigmaLogTau: 0.25 };

function drawSkin(random: SeededRandom, melanosomes: number): SkinParameters {
  return {
    melanosomeFraction: melanosomes * random.between(0.7, 1.4),
    bloodFraction: random.between(0.007, 0.018),
    baselineFactor: random.between(0.6, 1.5),
    scatterFactor: random.between(0.9, 1.1),
  };
}

function tissueAt(skin: SkinParameters, index: number) {
  return { g: SKIN_PHASE[index]!.anisotropy, epidermis: epidermisAt(skin, index), dermis: dermisAt(skin, index) };
}

/** Log ratios at a few wavelengths -> a line over all of them: the error of the formula is smooth, the noise is not. */
function fitLine(nm: readonly number[], logs: readonly number[]): Spectrum {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centre = mean(nm);
  const level = mean(logs);
  const slope =
    nm.reduce((sum, value, i) => sum + (value - centre) * (logs[i]! - level), 0) /
    nm.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Float64Array.from(WAVELENGTHS_NM, (value) => level + slope * (value - centre));
}

function simulate(program: string): Scenario[] {
  const random = seededRandom(505);
  const scenarios: Scenario[] = [];
  for (const [name, melanosomes] of [
    ['fair', 0.012],
    ['medium', 0.05],
    ['dark', 0.14],
  ] as const) {
    const skin = drawSkin(random, melanosomes);
    const spectrum = skinReflectance(skin, 0);
    const bare = WAVELENGTHS.map((nm, k) => {
      const index = (nm - 400) / 10;
      const photons = photonsFor(spectrum[index]!, PRECISION);
      return runOracle(program, photons, 7000 + scenarios.length * 10 + k, { ...tissueAt(skin, index), gapMm: 0 });
    });
    const fit = { parameters: skin, residualDeltaE00: 0, reflectance: spectrum };
    for (let s = 0; s < SCENARIOS_PER_SKIN; s++) {
      const gapMm = random.between(0.03, 0.15);
      const table = buildClientTable(spectrumToLab65(spectrum), { fit, gapMm, gloss: 0 });
      const diameterMm = random.between(0.2, 0.5);
      const application: Application = {
        ...DEFAULT_APPLICATION,
        partsDiluent: random.between(0, 10),
        diameterMm,
        densityPerCm2: Math.min(random.between(60, 200), 130 / diameterMm ** 2 / Math.PI),
      };
      const dose = doseOf(PIGMENT, application);
      const { areaRatio } = predictHealed(table, PIGMENT, application);
      const logs = WAVELENGTHS.map((nm, k) => {
        const index = (nm - 400) / 10;
        const photons = photonsFor(spectrum[index]! * areaRatio[index]!, PRECISION);
        const dots = { ...application, absorption: dose.absorption[index]! };
        const seed = 8000 + scenarios.length * 10 + k;
        const run = runOracle(program, photons, seed, { ...tissueAt(skin, index), gapMm, dots });
        return Math.log(run.reflectance / bare[k]!.reflectance / areaRatio[index]!);
      });
      const line = fitLine(WAVELENGTHS, logs);
      scenarios.push({ name, table, application, oracle: areaRatio.map((value, i) => value * Math.exp(line[i]!)) });
    }
  }
  return scenarios;
}

/** The two halftone laws in use in print, on the same closed layer: what the chord formula replaces. */
function halftone({ table, application }: Scenario, n: number): Spectrum {
  const dose = doseOf(PIGMENT, application);
  const coverage = dotCoverage(application.densityPerCm2, application.diameterMm);
  return dose.absorption.map((absorption, i) => {
    const solid = pigmentedRatio(table, i, absorption, 0);
    return (coverage * solid ** (1 / n) + 1 - coverage) ** n;
  });
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
};

/** Area colour of dots against full Monte Carlo transport on new random skins, depths, dilutions and patterns. */
export function evaluateDots(sharedDir: string): EvaluationReport {
  const folder = mkdtempSync(join(tmpdir(), 'stipple-oracle-'));
  try {
    const scenarios = simulate(compileOracle(sharedDir, folder));
    const rows = scenarios.map((scenario) => {
      const { table, application, oracle } = scenario;
      const colour = (ratio: Spectrum) => spectrumToLab65(ratio.map((value, i) => value * table.bare[i]!));
      const truth = colour(oracle);
      return {
        scenario,
        change: deltaE00(table.skin, truth),
        chord: deltaE00(colour(predictHealed(table, PIGMENT, application).areaRatio), truth),
        murrayDavies: deltaE00(colour(halftone(scenario, 1)), truth),
        yuleNielsen: deltaE00(colour(halftone(scenario, 2)), truth),
      };
    });
    const errors = rows.map(({ chord }) => chord);
    const lines = [
      'Area of dots against Monte Carlo (ΔE00; 440–640 nm, Henyey–Greenstein, noise about ±0.2):',
      'skin    gap mm  dot mm  /cm²  1:N    change  chord+AD  Yule–Nielsen 2  Murray–Davies',
      ...rows.map(({ scenario, change, chord, murrayDavies, yuleNielsen }) => {
        const { partsDiluent, densityPerCm2, diameterMm } = scenario.application;
        return [
          scenario.name.padEnd(7),
          scenario.table.gapMm.toFixed(2).padStart(6),
          diameterMm.toFixed(2).padStart(7),
          densityPerCm2.toFixed(0).padStart(5),
          partsDiluent.toFixed(1).padStart(5),
          change.toFixed(1).padStart(8),
          chord.toFixed(2).padStart(9),
          yuleNielsen.toFixed(1).padStart(15),
          murrayDavies.toFixed(1).padStart(14),
        ].join(' ');
      }),
      `median ${median(errors).toFixed(2)} (target ≤ ${MEDIAN_TARGET}), worst ${Math.max(...errors).toFixed(2)} (target ≤ ${MAX_TARGET})`,
    ];
    const failures: string[] = [];
    if (median(errors) > MEDIAN_TARGET) failures.push(`Dots: median area error ${median(errors).toFixed(2)} ΔE00.`);
    if (Math.max(...errors) > MAX_TARGET)
      failures.push(`Dots: worst area error ${Math.max(...errors).toFixed(2)} ΔE00.`);
    const halftones = rows.map(({ murrayDavies }) => murrayDavies);
    const figures = {
      healedMedian: median(errors),
      healedWorst: Math.max(...errors),
      halftoneLeast: Math.min(...halftones),
      halftoneMost: Math.max(...halftones),
    };
    return { lines, failures, figures };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
