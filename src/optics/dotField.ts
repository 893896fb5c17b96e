import type { Spectrum } from '../colour/spectrum.ts';
import type { ClientTable } from './clientTable.ts';
import { shadowAtCentre } from './dotPeak.ts';
import { dotChordMm, dotCoverage } from './dots.ts';

/** What dots of one size and density do on one client, whatever their pigment. */
export interface DotField {
  readonly densityPerCm2: number;
  readonly diameterMm: number;
  /** Share of the skin's area under dots. */
  readonly coverage: number;
  readonly chordMm: number;
  /** Depth of the blurred shadow at a dot's centre, 31 values. */
  readonly shadow: Spectrum;
}

/** The last field asked for on each client: rankings ask for the same one thousands of times. */
const last = new WeakMap<ClientTable, DotField>();

export function dotFieldOn(
  table: ClientTable,
  { densityPerCm2, diameterMm }: Pick<DotField, 'densityPerCm2' | 'diameterMm'>,
): DotField {
  const known = last.get(table);
  if (known && known.densityPerCm2 === densityPerCm2 && known.diameterMm === diameterMm) return known;
  const coverage = dotCoverage(densityPerCm2, diameterMm);
  const shadow = shadowAtCentre(table.exitRadiusMm, table.gapMm, { diameterMm, densityPerCm2, coverage });
  const field = { densityPerCm2, diameterMm, coverage, chordMm: dotChordMm(coverage, diameterMm), shadow };
  last.set(table, field);
  return field;
}
