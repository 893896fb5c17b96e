import type { Catalog } from '../catalog/shade.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import { type Lab65, lab65 } from '../colour/lab65.ts';
import { StippleError } from '../errors.ts';
import { measuringTexts } from '../language/texts/measuring.ts';
import { buildClientTable } from '../optics/clientTable.ts';
import type { Pigment } from '../optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { predictHealed } from '../optics/predictHealed.ts';
import type { Correction } from './corrections.ts';
import type { MatchOptions } from './matchOptions.ts';
import type { MatchResult } from './matchResult.ts';
import { preparedShade } from './preparedShades.ts';

/** What can be tried on one client: the hand and the mix, everything else as measured. */
export interface WhatIf {
  readonly parts: number;
  readonly density: number;
  readonly diameter: number;
  readonly gap: number;
}

export const WHAT_IF_LIMITS = {
  parts: { text: measuringTexts.partsOfDiluent, low: 0, high: 40, step: 0.5 },
  density: { text: measuringTexts.dotsPerCm2, low: 20, high: 300, step: 5 },
  diameter: { text: measuringTexts.healedDotDiameter, low: 0.1, high: 0.6, step: 0.01 },
  gap: { text: measuringTexts.depthBelowTheEpidermis, low: 0.01, high: 0.3, step: 0.01 },
} as const;

/** A shade of a catalog, as results name it. */
export interface ShadeName {
  readonly catalogId: string;
  readonly code: string;
}

export interface WhatIfQuestion {
  readonly skin: readonly number[];
  readonly target: readonly number[] | null;
  /** The shades that can be chosen, and which one is. */
  readonly shades: readonly ShadeName[];
  readonly chosen: number;
  readonly strength: number;
  readonly corrections?: readonly Correction[] | undefined;
  readonly what: WhatIf;
}

export interface WhatIfAnswer {
  readonly area: Lab65;
  readonly dot: Lab65;
  readonly coverage: number;
  /** Of the treated area against the target. */
  readonly deltaE00: number | null;
  /** Of every shade, in the order asked; for pages that go on by themselves. */
  readonly pigments: readonly Pigment[];
}

/**
 * Area and dot on this skin for other settings, and how far the area then is from the target.
 * @throws StippleError SMP_NOT_FOUND when a shade is no longer in the catalogs
 */
export function answerWhatIf(question: WhatIfQuestion, catalogs: readonly Catalog[]): WhatIfAnswer {
  const { skin, target, shades, chosen, strength, corrections, what } = question;
  const pigments = shades.map(({ catalogId, code }) => {
    const catalog = catalogs.find(({ id }) => id === catalogId);
    const found = catalog && preparedShade(catalog, code, strength, corrections);
    if (!found) throw new StippleError('SMP_NOT_FOUND', measuringTexts.shadeGone(code));
    return found.pigment;
  });
  const { area, dot, coverage } = predictHealed(buildClientTable(labOf(skin), { gapMm: what.gap }), pigments[chosen]!, {
    ...DEFAULT_APPLICATION,
    partsDiluent: what.parts,
    densityPerCm2: what.density,
    diameterMm: what.diameter,
  });
  return { area, dot, coverage, deltaE00: target && deltaE00(labOf(target), area), pigments };
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

const labOf = (lab: readonly number[]): Lab65 => lab65(lab[0]!, lab[1]!, lab[2]!);
