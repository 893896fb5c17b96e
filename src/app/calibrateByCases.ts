import * as z from 'zod';
import type { Catalog } from '../catalog/shade.ts';
import { lab65 } from '../colour/lab65.ts';
import { calibrateStudio, type HealedCase, type StudioCalibration } from '../optics/calibrateStudio.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { preparedShade } from './preparedShades.ts';

const lab = z.tuple([z.number(), z.number(), z.number()]);

/** A healed result whose recipe is known, as the technician entered it. */
export const caseSchema = z.object({
  id: z.string(),
  alias: z.string(),
  recordedAt: z.string(),
  skin: lab,
  healedArea: lab,
  catalogId: z.string(),
  code: z.string(),
  partsDiluent: z.number(),
  densityPerCm2: z.number(),
  diameterMm: z.number(),
});
export type StudioCase = z.infer<typeof caseSchema>;

/** Strength, and from three cases on diameter and depth, that explain the healed results best; null without any. */
export function calibrationOf(catalogs: readonly Catalog[], cases: readonly StudioCase[]): StudioCalibration | null {
  const usable = cases.flatMap((entry): HealedCase[] => {
    const catalog = catalogs.find(({ id }) => id === entry.catalogId);
    const found = catalog && preparedShade(catalog, entry.code);
    if (!found) return [];
    const { partsDiluent, densityPerCm2, diameterMm } = entry;
    return [
      {
        skin: lab65(...entry.skin),
        healedArea: lab65(...entry.healedArea),
        pigment: found.pigment,
        application: { ...DEFAULT_APPLICATION, partsDiluent, densityPerCm2, diameterMm },
      },
    ];
  });
  return usable.length === 0 ? null : calibrateStudio(usable);
}
