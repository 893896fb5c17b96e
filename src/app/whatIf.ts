import { deltaE00 } from '../colour/deltaE00.ts';
import { type Lab65, lab65 } from '../colour/lab65.ts';
import { preparePalette } from '../matching/preparePalette.ts';
import { buildClientTable } from '../optics/clientTable.ts';
import type { Pigment } from '../optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { predictHealed } from '../optics/predictHealed.ts';
import type { MatchOptions } from './matchOptions.ts';
import type { MatchResult } from './matchResult.ts';
import type { Services } from './services.ts';

/** What can be tried on one client: the hand and the mix, everything else as measured. */
export interface WhatIf {
  readonly parts: number;
  readonly density: number;
  readonly diameter: number;
  readonly gap: number;
}

export const WHAT_IF_LIMITS = {
  parts: { text: 'Parts of diluent', low: 0, high: 40, step: 0.5 },
  density: { text: 'Dots per cm²', low: 20, high: 300, step: 5 },
  diameter: { text: 'Healed dot diameter, mm', low: 0.1, high: 0.6, step: 0.01 },
  gap: { text: 'Depth below the epidermis, mm', low: 0.01, high: 0.3, step: 0.01 },
} as const;

/** The pigment of a recommended shade as plain numbers, with the studio's calibration in it. */
export function pigmentOfShade(
  services: Services,
  options: MatchOptions,
  shade: { code: string; catalogId: string },
): Pigment | null {
  const catalog = services.catalogs.find(({ id }) => id === shade.catalogId);
  const found = catalog && preparePalette(catalog).find((prepared) => prepared.shade.code === shade.code);
  return found ? { ...found.pigment, neatTau: found.pigment.neatTau * (options.strength ?? 1) } : null;
}

/** Area and dot on this skin for other settings, and how far the area then is from the target. */
export function tryOut(skin: Lab65, target: Lab65 | null, pigment: Pigment, what: WhatIf) {
  const table = buildClientTable(skin, { gapMm: what.gap });
  const { area, dot, coverage } = predictHealed(table, pigment, {
    ...DEFAULT_APPLICATION,
    partsDiluent: what.parts,
    densityPerCm2: what.density,
    diameterMm: what.diameter,
  });
  return { area, dot, coverage, deltaE00: target && deltaE00(target, area) };
}

/** The settings the result was made with: where trying starts. */
export function startingPoint(result: MatchResult, options: MatchOptions, defaultGapMm: number): WhatIf | null {
  const shade = result.recommendations[0];
  if (!shade) return null;
  const { densityPerCm2, diameterMm } = result.assumptions;
  return {
    parts: shade.dilution.partsDiluent,
    density: densityPerCm2,
    diameter: diameterMm,
    gap: options.gap ?? defaultGapMm,
  };
}

export const labOf = (lab: readonly number[]): Lab65 => lab65(lab[0]!, lab[1]!, lab[2]!);
