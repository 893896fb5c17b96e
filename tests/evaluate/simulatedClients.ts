import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogSchema } from '../../src/catalog/shade.ts';
import type { ItaClass } from '../../src/colour/ita.ts';
import { type Lab65, type LabCovariance, lab65 } from '../../src/colour/lab65.ts';
import type { CalibrationQuality, MatchSettings, PreparedShade } from '../../src/matching/matchTypes.ts';
import { preparePalette } from '../../src/matching/preparePalette.ts';
import type { SeededRandom } from '../../src/matching/seededRandom.ts';
import { projectRoot } from '../../src/projectRoot.ts';

/** L* of skins from the middle of each ITA class (ISSA face medians). */
export const SKIN_L: Readonly<Record<ItaClass, number>> = {
  'very light': 70,
  light: 66,
  intermediate: 61,
  tan: 55,
  brown: 45,
  dark: 36,
};

export const CLASSES = Object.keys(SKIN_L) as ItaClass[];

export function loadPalette(id: string): PreparedShade[] {
  const text = readFileSync(join(projectRoot, 'palettes', id, 'catalog.json'), 'utf8');
  return preparePalette(catalogSchema.parse(JSON.parse(text)));
}

/** A skin of a class: on the locus of 4,392 spectra (COLOUR.md §1.4) with its scatter, a little damped. */
export function drawSkin(random: SeededRandom, kind: ItaClass): Lab65 {
  const L = SKIN_L[kind] + 1.2 * random.normal();
  const a = -26.1 + 1.541 * L - 0.0157 * L * L + 1.2 * random.normal();
  const b = -19.6 + 1.348 * L - 0.0127 * L * L + 1.2 * random.normal();
  return lab65(L, a, b);
}

export const isotropic = (variance: number): LabCovariance => [variance, 0, 0, 0, variance, 0, 0, 0, variance];

export const STUDIO: MatchSettings = {
  cupMl: 1.5,
  pigmentDropMl: 0.05,
  diluentDropMl: 0.05,
  densityPerCm2: 100,
  diameterMm: 0.3,
  session: 1,
  goal: 'shaved',
  today: '2026-06-01',
};

/** The qualities of photo that are simulated, with the error of the contrast between hair and skin they leave. */
export const PHOTOS: readonly {
  readonly calibration: CalibrationQuality;
  readonly contrastSd: number;
  readonly ownSd: number;
}[] = [
  { calibration: { method: 'card', expectedDeltaE00: 1.5 }, contrastSd: 0.04, ownSd: 0.25 },
  { calibration: { method: 'card', expectedDeltaE00: 2.5 }, contrastSd: 0.04, ownSd: 0.5 },
  { calibration: { method: 'estimated', expectedDeltaE00: 5 }, contrastSd: 0.12, ownSd: 0.9 },
];

/** Lab sd of each axis of a calibration whose expected error on skin is `expected` ΔE00. */
export const sdOfMean = (expected: number): number => expected;

export const normals = (random: SeededRandom, sd: number): [number, number, number] => [
  sd * random.normal(),
  sd * random.normal(),
  sd * random.normal(),
];

export function add(colour: Lab65, ...errors: readonly (readonly [number, number, number])[]): Lab65 {
  const at = (i: 0 | 1 | 2): number => errors.reduce((sum, error) => sum + error[i], colour[i]);
  return lab65(at(0), at(1), at(2));
}
