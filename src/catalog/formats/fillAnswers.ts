import { type Lab65, lab65 } from '../../colour/lab65.ts';
import { srgbToLinear } from '../../colour/srgb.ts';
import { linearSrgbToLab65, xyzToLab } from '../../colour/xyzLab.ts';
import { WHITE_2_DEGREE } from '../measurementToLab65.ts';
import type { Answers, Condition, IncomingRow, MeasurementPatch, Question, RawCatalogFile } from './catalogFile.ts';
import { CONDITIONS } from './catalogFile.ts';

const ASK: Record<Condition | 'rgbSpace', { ask: string; choices: readonly string[] }> = {
  illuminant: {
    ask: 'Under which illuminant are the Lab values? The instrument’s report says it; design programs use D50.',
    choices: ['D65', 'D50', 'A', 'C', 'F2', 'F11'],
  },
  observer: { ask: 'For which observer are the Lab values, 2° or 10°?', choices: ['2', '10'] },
  geometry: {
    ask: 'How was the light directed when the colour was measured?',
    choices: ['d/8 SCI', 'd/8 SCE', '45/0', 'photo', 'computed'],
  },
  substrate: { ask: 'What lay under the pigment, for example white card?', choices: [] },
  rgbSpace: { ask: 'The file holds RGB without saying which. Are the values sRGB?', choices: ['sRGB'] },
};

const isMeasurement = (value: unknown): value is MeasurementPatch => value !== null && typeof value === 'object';

function measurementsOf(row: IncomingRow): MeasurementPatch[] {
  const { masstone, letDowns } = row.patch;
  const steps: readonly unknown[] = Array.isArray(letDowns) ? letDowns : [];
  return [masstone, ...steps.map((step) => (step as { measurement?: unknown } | null)?.measurement)].filter(
    isMeasurement,
  );
}

const hasReading = (m: MeasurementPatch): boolean => m.lab != null || m.spectrum != null;

function rounded(lab: Lab65): Lab65 {
  const [L, a, b] = lab.map((value) => Number(value.toFixed(2)) + 0) as [number, number, number];
  return lab65(L, a, b);
}

/** Fills what the file does not say from the answers, in the rows themselves, and tells what is still open. */
export function fillAnswers(raw: RawCatalogFile, answers: Answers): Question[] {
  const open = new Map<Condition | 'rgbSpace', Set<IncomingRow>>();
  const ask = (field: Condition | 'rgbSpace', row: IncomingRow) => {
    open.set(field, (open.get(field) ?? new Set<IncomingRow>()).add(row));
  };
  for (const [row, rgb] of raw.rgb ?? []) {
    if (answers.rgbSpace === undefined) {
      ask('rgbSpace', row);
      continue;
    }
    const [r, g, b] = rgb.map(srgbToLinear) as [number, number, number];
    const [L, a, bStar] = rounded(linearSrgbToLab65([r, g, b]));
    row.patch.masstone = { ...row.patch.masstone, lab: [L, a, bStar], illuminant: 'D65', observer: '2' };
  }
  for (const [row, xyz] of raw.xyz ?? []) {
    const illuminant = row.patch.masstone?.illuminant ?? answers.illuminant;
    if (illuminant == null) ask('illuminant', row);
    else row.patch.masstone = { ...row.patch.masstone, lab: xyzToLab(xyz, WHITE_2_DEGREE[illuminant]), illuminant };
  }
  for (const row of raw.rows) {
    for (const measurement of measurementsOf(row)) {
      if (!hasReading(measurement)) continue;
      if (measurement.lab == null) {
        // A spectrum holds for every light; these name the calculation that follows.
        measurement.illuminant ??= 'D65';
        measurement.observer ??= '2';
      }
      for (const field of CONDITIONS) {
        if (measurement[field] != null) continue;
        if (answers[field] === undefined) ask(field, row);
        else Object.assign(measurement, { [field]: answers[field] });
      }
    }
  }
  return [...open].map(([field, rows]) => ({ field, ...ASK[field], rows: rows.size }));
}
