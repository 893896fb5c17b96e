import { adaptBradford } from '../../colour/adaptBradford.ts';
import type { Lab65 } from '../../colour/lab65.ts';
import { D50_WHITE, D65_WHITE, lab65ToXyz, xyzToLab } from '../../colour/xyzLab.ts';
import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { measurementToLab65 } from '../measurementToLab65.ts';
import type { Catalog } from '../shade.ts';
import type { IncomingRow } from './catalogFile.ts';

/** One colour of a palette file: the code is its name, the colour that of the masstone. */
export interface Swatch {
  readonly code: string;
  readonly lab: Lab65;
}

export function swatchesOf(catalog: Pick<Catalog, 'shades'>): Swatch[] {
  return catalog.shades.map((shade) => ({ code: shade.code, lab: measurementToLab65(shade.masstone) }));
}

/** Lab under D50, the white of design programs (linear Bradford). */
export function lab65ToLab50(lab: Lab65): [number, number, number] {
  return xyzToLab(adaptBradford(lab65ToXyz(lab), D65_WHITE, D50_WHITE), D50_WHITE);
}

/** A palette entry that gives a Lab without its conditions. */
export function labRow(row: number, code: string, lab: [number, number, number]): IncomingRow {
  return { row, patch: { code, masstone: { lab } }, problems: [] };
}

/** A palette entry in a space from which no surface colour follows. */
export function refusedRow(row: number, code: string, space: string): IncomingRow {
  const fix = catalogFilesTexts.giveLabOrASpectrum;
  return {
    row,
    patch: { code },
    problems: [{ path: 'masstone', row, found: space, expected: catalogFilesTexts.labOrRgb, fix, level: 'error' }],
  };
}
