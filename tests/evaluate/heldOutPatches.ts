import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lab50ToLab65 } from '../../src/colour/adaptBradford.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import type { Lab65 } from '../../src/colour/lab65.ts';
import { calibrateCard } from '../../src/photo/calibration/calibrateCard.ts';
import { CHART_REFERENCES } from '../../src/photo/calibration/chartReferences.ts';
import type { Correction } from '../../src/photo/calibration/correction.ts';
import { predictLab } from '../../src/photo/calibration/crossValidate.ts';
import { removeShading } from '../../src/photo/calibration/estimateShading.ts';
import type { CardDetection, CardPatch, DetectedCard } from '../../src/photo/card/cardDetection.ts';
import { openLinearReader } from '../../src/photo/card/readLinear.ts';
import type { RasterPhoto } from '../../src/photo/rasterPhoto.ts';
import type { EvaluationReport } from './section.ts';
import { mean, quantile } from './statistics.ts';

export interface CardPhoto {
  readonly name: string;
  readonly raster: RasterPhoto;
  readonly detection: CardDetection;
}

/** Photos of the maker's own charts; the PlantCV pictures are partly drawn on and edited. */
const GENUINE = /^(jtvd_|pc_|pi_)/;
/** A photo for which the calibration itself states more than this is refused as a measurement, not counted as one. */
const USABLE_DELTA_E00 = 4;
const FOLDS = 6;
/** Belly of the plush bear in the four photos of one scene under different light: x, y, side. */
const PLUSH: Readonly<Record<string, readonly [number, number, number]>> = {
  'ah_gantus_A_reflex.jpg': [660, 620, 120],
  'ah_gantus_D65_reflex.jpg': [640, 590, 120],
  'ah_gantus_F11_reflex.jpg': [690, 640, 120],
  'ah_gantus_window_reflex.jpg': [790, 560, 90],
};

/** The printed chart's measured Lab, column by column; taken as D50/2°, as its instrument reports. */
function readPrintedReference(folder: string): readonly Lab65[] {
  const rows = readFileSync(join(folder, 'ah_spectro_mires_test2.csv'), 'utf8').trim().split('\n').slice(1);
  const byColumn = rows.map((row) => {
    const [L, a, b] = row.split(';').slice(7, 10).map(Number);
    return lab50ToLab65([L!, a!, b!]);
  });
  return Array.from({ length: 24 }, (_, patch) => byColumn[(patch % 6) * 4 + Math.floor(patch / 6)]!);
}

/** Held-out patches of every card found, and the plush bear's colour across lights. */
export function judgeHeldOutPatches(photos: readonly CardPhoto[], folder: string): EvaluationReport {
  const lines: string[] = [];
  const failures: string[] = [];
  const printed = readPrintedReference(folder);
  lines.push('Held-out patches, CIEDE2000 (six folds, both skin patches never fitted)');
  lines.push('photo                          patches  before   mean    p90  skin 1  skin 2');
  const genuine: number[] = [];
  const plush: [string, Lab65][] = [];
  for (const { name, raster, detection } of photos) {
    if (!detection.found) continue;
    const reference = name.startsWith('ah_') ? printed : undefined;
    const diagonalPx = Math.hypot(raster.widthPx, raster.heightPx);
    const result = holdOut(detection.card, diagonalPx, reference);
    if (!result) {
      lines.push(`${name.padEnd(30)} too few usable patches`);
      continue;
    }
    const { errors, skin, before } = result;
    lines.push(
      `${name.padEnd(30)} ${String(errors.length).padStart(7)} ${[before, mean(errors), quantile(errors, 0.9), ...skin]
        .map((value) => value.toFixed(2).padStart(7))
        .join(' ')}`,
    );
    if (GENUINE.test(name) && result.stated <= USABLE_DELTA_E00) genuine.push(...errors);
    else if (GENUINE.test(name))
      lines.push(`  states ${result.stated.toFixed(1)} itself: not usable as a measurement, not counted below`);
    const calibration = calibrateCard(detection.card.patches, { diagonalPx, ...(reference ? { reference } : {}) });
    const box = PLUSH[name];
    if (box && calibration) plush.push([name, measureBox(raster, box, calibration.correction)]);
  }
  const [average, p90] = [mean(genuine), quantile(genuine, 0.9)];
  lines.push(`Genuine charts that are usable: mean ${average.toFixed(2)} (≤ 3.0), p90 ${p90.toFixed(2)} (≤ 5.0)`);
  if (!(average <= 3)) failures.push(`held-out patches of genuine charts are off by ${average.toFixed(2)} on average`);
  if (!(p90 <= 5)) failures.push(`held-out patches of genuine charts have p90 ${p90.toFixed(2)}`);
  for (const [name, lab] of plush)
    lines.push(`plush in ${name.padEnd(30)} ${lab.map((v) => v.toFixed(1)).join(' / ')}`);
  const pairs = plush.flatMap(([, one], i) => plush.slice(i + 1).map(([, other]) => deltaE00(one, other)));
  if (pairs.length > 0) {
    lines.push(`plush across lights: mean ${mean(pairs).toFixed(2)}, worst ${Math.max(...pairs).toFixed(2)} ΔE00`);
  }
  return { lines, failures, figures: { heldOutMean: average, heldOutP90: p90 } };
}

interface HeldOut {
  readonly errors: readonly number[];
  readonly skin: readonly [number, number];
  readonly before: number;
  /** Error the calibration expects of itself. */
  readonly stated: number;
}

function holdOut(card: DetectedCard, diagonalPx: number, reference: readonly Lab65[] | undefined): HeldOut | null {
  const whole = calibrateCard(card.patches, { diagonalPx, ...(reference ? { reference } : {}) });
  if (!whole) return null;
  const usable = new Set(whole.perPatch.map(({ patch }) => patch));
  const edition = whole.edition === 'own' ? undefined : whole.edition;
  const target = reference ?? CHART_REFERENCES[whole.edition as 'before2014' | 'after2014'];
  const errors: number[] = [];
  const skin: [number[], number[]] = [[], []];
  for (let fold = 0; fold < FOLDS; fold++) {
    const hidden = (patch: number) => patch < 2 || (patch + Math.floor(patch / 6)) % FOLDS === fold;
    const patches = card.patches.map((patch, i): CardPatch => (hidden(i) ? { ...patch, fault: 'covered' } : patch));
    const fit = calibrateCard(patches, { diagonalPx, ...(reference ? { reference } : { edition: edition! }) });
    if (!fit) return null;
    for (const [i, patch] of card.patches.entries()) {
      if (!hidden(i) || !usable.has(i)) continue;
      const placed = { patch: i, measured: patch.rgb, reference: target[i]!, neutral: false, weight: 1 };
      const error = deltaE00(predictLab(fit.correction, removeShading([placed], fit.shading)[0]!.measured), target[i]!);
      if (i < 2) skin[i as 0 | 1].push(error);
      else errors.push(error);
    }
  }
  errors.push(...skin.filter((list) => list.length > 0).map(mean));
  return { errors, skin: [mean(skin[0]), mean(skin[1])], before: whole.deltaE00Before, stated: whole.expectedDeltaE00 };
}

/** Mean colour of a square of the photo in linear light, corrected. */
function measureBox(raster: RasterPhoto, [left, top, side]: readonly [number, number, number], correction: Correction) {
  const reader = openLinearReader(raster);
  const out = new Float64Array(3);
  const sum: [number, number, number] = [0, 0, 0];
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) {
      reader.read(x, y, out, 0);
      for (let c = 0; c < 3; c++) sum[c]! += out[c]! / side ** 2;
    }
  }
  return predictLab(correction, sum);
}
