import { WAVELENGTHS_NM } from '../../colour/spectrum.ts';
import type { Catalog, Measurement } from '../shade.ts';
import { lab65ToLab50, swatchesOf } from './swatches.ts';

/** CGATS text has no line breaks and doubles quotation marks. */
const quoted = (text: string): string => `"${text.replaceAll(/\s+/g, ' ').replaceAll('"', '""')}"`;
/** Some programs keep the quotation marks of a value, so a plain word goes without. */
const word = (text: string): string => (/^[\w.+-]+$/.test(text) ? text : quoted(text));

/** A condition that holds for every masstone, or undefined. */
function common(catalog: Pick<Catalog, 'shades'>, field: keyof Measurement): string | undefined {
  const values = new Set(catalog.shades.map((shade) => shade.masstone[field]));
  return values.size === 1 ? ([...values][0] as string | undefined) : undefined;
}

/** Masstones as CGATS.17: Lab for D50/2°, and reflectances 0–1 where every shade has a spectrum. */
export function writeCgats(catalog: Pick<Catalog, 'name' | 'shades'>, created: string): string {
  const spectral = catalog.shades.every((shade) => shade.masstone.spectrum !== undefined);
  const geometry = common(catalog, 'geometry');
  const substrate = common(catalog, 'substrate');
  const instrument = common(catalog, 'instrument');
  const fields = ['SAMPLE_ID', 'SAMPLE_NAME', 'LAB_L', 'LAB_A', 'LAB_B'];
  if (spectral) fields.push(...WAVELENGTHS_NM.map((nm) => `SPECTRAL_NM${nm}`));
  const rows = swatchesOf(catalog).map(({ code, lab }, index) => {
    const spectrum = spectral ? catalog.shades[index]!.masstone.spectrum! : [];
    const numbers = [...lab65ToLab50(lab), ...spectrum];
    return [`${index + 1}`, word(code), ...numbers.map((value) => value.toFixed(6))].join(' ');
  });
  return `${[
    'CGATS.17',
    'ORIGINATOR "Stipple"',
    `DESCRIPTOR ${quoted(catalog.name)}`,
    `CREATED ${quoted(created)}`,
    ...(instrument === undefined ? [] : [`INSTRUMENTATION ${quoted(instrument)}`]),
    ...(geometry === undefined ? [] : [`MEASUREMENT_GEOMETRY ${quoted(geometry)}`]),
    ...(substrate === undefined ? [] : [`SAMPLE_BACKING ${quoted(substrate)}`]),
    'WEIGHTING_FUNCTION "ILLUMINANT, D50"',
    'WEIGHTING_FUNCTION "OBSERVER, 2 degree"',
    `NUMBER_OF_FIELDS ${fields.length}`,
    'BEGIN_DATA_FORMAT',
    fields.join(' '),
    'END_DATA_FORMAT',
    `NUMBER_OF_SETS ${rows.length}`,
    'BEGIN_DATA',
    ...rows,
    'END_DATA',
  ].join('\n')}\n`;
}
