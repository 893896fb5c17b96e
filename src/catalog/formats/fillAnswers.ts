import { type Lab65, lab65 } from '../../colour/lab65.ts';
import { srgbToLinear } from '../../colour/srgb.ts';
import { linearSrgbToLab65, xyzToLab } from '../../colour/xyzLab.ts';
import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { WHITE_2_DEGREE } from '../measurementToLab65.ts';
import type { Answers, Condition, IncomingRow, MeasurementPatch, Question } from './catalogFile.ts';
import { CONDITIONS } from './catalogFile.ts';

const ASK: Record<Condition | 'rgbSpace', { ask: string; choices: readonly string[] }> = {
  illuminant: {
    ask: catalogFilesTexts.whichIlluminant,
    choices: ['D65', 'D50', 'A', 'C', 'F2', 'F11'],
  },
  observer: { ask: catalogFilesTexts.whichObserver, choices: ['2', '10'] },
  geometry: {
    ask: catalogFilesTexts.whichGeometry,
    choices: ['d/8 SCI', 'd/8 SCE', '45/0', 'photo', 'computed'],
  },
  substrate: { ask: catalogFilesTexts.whichSubstrate, choices: [] },
  rgbSpace: { ask: catalogFilesTexts.whichRgb, choices: ['sRGB'] },
};

/** What is asked where a file does not say it. */
export const questionOf = (field: Condition | 'rgbSpace'): Omit<Question, 'rows'> => ({ field, ...ASK[field] });

type Triple = readonly [number, number, number];

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

/** Fills what a file does not say from a person's answers, row by row, and gathers what is still open. */
export class AnswerFiller {
  readonly #answers: Answers;
  readonly #open = new Map<Condition | 'rgbSpace', number>();
  #asked = new Set<Condition | 'rgbSpace'>();

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** Fills the row in place; `rgb` and `xyz` are its colour where the file gives it so. */
  fill(row: IncomingRow, rgb?: Triple, xyz?: Triple): void {
    this.#asked = new Set();
    if (rgb !== undefined) this.#fillRgb(row, rgb);
    if (xyz !== undefined) this.#fillXyz(row, xyz);
    for (const measurement of measurementsOf(row)) this.#fillConditions(measurement);
    for (const field of this.#asked) this.#open.set(field, (this.#open.get(field) ?? 0) + 1);
  }

  /** What no answer was given to, and how many rows need it. */
  questions(): Question[] {
    return [...this.#open].map(([field, rows]) => ({ ...questionOf(field), rows }));
  }

  #fillRgb(row: IncomingRow, rgb: Triple): void {
    if (this.#answers.rgbSpace === undefined) {
      this.#asked.add('rgbSpace');
      return;
    }
    const [r, g, b] = rgb.map(srgbToLinear) as [number, number, number];
    const [L, a, bStar] = rounded(linearSrgbToLab65([r, g, b]));
    row.patch.masstone = { ...row.patch.masstone, lab: [L, a, bStar], illuminant: 'D65', observer: '2' };
  }

  #fillXyz(row: IncomingRow, xyz: Triple): void {
    const illuminant = row.patch.masstone?.illuminant ?? this.#answers.illuminant;
    if (illuminant == null) this.#asked.add('illuminant');
    else row.patch.masstone = { ...row.patch.masstone, lab: xyzToLab(xyz, WHITE_2_DEGREE[illuminant]), illuminant };
  }

  #fillConditions(measurement: MeasurementPatch): void {
    if (!hasReading(measurement)) return;
    if (measurement.lab == null) {
      // A spectrum holds for every light; these name the calculation that follows.
      measurement.illuminant ??= 'D65';
      measurement.observer ??= '2';
    }
    for (const field of CONDITIONS) {
      if (measurement[field] != null) continue;
      const answer = this.#answers[field];
      if (answer === undefined) this.#asked.add(field);
      else Object.assign(measurement, { [field]: answer });
    }
  }
}
