import { catalogColumnsTexts } from '../../language/texts/catalogColumns.ts';

/** The columns of a shade table. Cells left empty change nothing; "-" clears an optional field. */
export interface CsvColumn {
  readonly name: string;
  readonly about: string;
}

/** Columns of a measurement, named after the number or condition they hold. */
export const READING_COLUMNS = ['L', 'a', 'b', 'spectrum'] as const;
export const CONDITION_COLUMNS = [
  'illuminant',
  'observer',
  'geometry',
  'substrate',
  'substrate_reflectance',
  'film_um',
  'instrument',
  'source',
] as const;

export const CSV_COLUMNS: readonly CsvColumn[] = [
  { name: 'code', about: catalogColumnsTexts.codeOnTheBottle },
  { name: 'name', about: catalogColumnsTexts.nameOfTheShade },
  { name: 'line', about: catalogColumnsTexts.lineTheShadeBelongs },
  { name: 'form', about: catalogColumnsTexts.concentrateOrReadytouse },
  { name: 'dilutable', about: catalogColumnsTexts.yesOrNo },
  { name: 'min_parts', about: catalogColumnsTexts.leastPartsOfDiluentToOne },
  { name: 'max_parts', about: catalogColumnsTexts.mostPartsOfDiluentToOne },
  { name: 'typical_parts', about: catalogColumnsTexts.everydayRatioBetweenTheTwo },
  { name: 'limits_source', about: catalogColumnsTexts.whereTheLimitsCome },
  { name: 'diluents', about: catalogColumnsTexts.codesOfApprovedSterileDiluents },
  { name: 'undertone', about: catalogColumnsTexts.coolNeutralOrWarm },
  { name: 'opacity', about: catalogColumnsTexts.transparentSemiopaqueOrOpaque },
  { name: 'masstone_L', about: catalogColumnsTexts.cielabLOfTheMasstone },
  { name: 'masstone_a', about: catalogColumnsTexts.cielabAOfTheMasstone },
  { name: 'masstone_b', about: catalogColumnsTexts.cielabBOfTheMasstone },
  { name: 'masstone_spectrum', about: catalogColumnsTexts.reflectances31 },
  { name: 'illuminant', about: catalogColumnsTexts.d65D50 },
  { name: 'observer', about: '2 or 10 (degrees).' },
  { name: 'geometry', about: catalogColumnsTexts.d8SciD8Sce },
  { name: 'substrate', about: catalogColumnsTexts.whatLayUnderThePigment },
  { name: 'substrate_reflectance', about: catalogColumnsTexts.meanReflectanceOfTheSubstrate },
  { name: 'film_um', about: catalogColumnsTexts.wetFilmThicknessOfADrawdown },
  { name: 'instrument', about: catalogColumnsTexts.instrumentThatMeasured },
  { name: 'source', about: catalogColumnsTexts.whoMeasuredOrComputed },
  { name: 'optics_neat_tau', about: catalogColumnsTexts.opticalDepthAt550Nm },
  { name: 'optics_shape', about: catalogColumnsTexts.carbonOr31AbsorptionsRelative },
  { name: 'optics_scatter_ratio', about: catalogColumnsTexts.reducedScatteringOverAbsorptionAt550 },
  { name: 'optics_source', about: catalogColumnsTexts.whereTheOpticalValuesCome },
  { name: 'ingredients', about: catalogColumnsTexts.descendingOrderEachName },
  { name: 'lots', about: catalogColumnsTexts.eachLotExpiry },
  {
    name: 'regulatory',
    about: catalogColumnsTexts.eachRegionIntendedUse,
  },
  { name: 'status', about: catalogColumnsTexts.activeOrDiscontinued },
  { name: 'replacement', about: catalogColumnsTexts.codeOfTheShadeThatTakes },
  { name: 'discontinued_reason', about: catalogColumnsTexts.whyItWasDiscontinued },
  { name: 'discontinued_on', about: catalogColumnsTexts.sinceWhenAsYyyymmdd },
  { name: 'do_not_mix_with', about: catalogColumnsTexts.codesSeparated },
  { name: 'notes', about: catalogColumnsTexts.anythingElse },
];

/** A table has columns for so many let-downs. */
export const MOST_LET_DOWNS = 20;

/** Columns of let-down `n`: parts of diluent, its reading and, where they differ from the row's, its conditions. */
export function letDownColumns(n: number): string[] {
  return ['parts', ...READING_COLUMNS, ...CONDITION_COLUMNS].map((field) => `letdown${n}_${field}`);
}

const LET_DOWN = /^letdown(\d{1,2})_(.+)$/;

/** Other names under which a column is met, written as `plain` leaves them. */
const SYNONYMS: Readonly<Record<string, string>> = {
  sku: 'code',
  articlenumber: 'code',
  artikel: 'code',
  artikelnummer: 'code',
  artikelnr: 'code',
  bezeichnung: 'name',
  farbton: 'name',
  unterton: 'undertone',
  min: 'min_parts',
  max: 'max_parts',
  shade: 'code',
  shadecode: 'code',
  article: 'code',
  shadename: 'name',
  colour: 'name',
  color: 'name',
  colourname: 'name',
  colorname: 'name',
  series: 'line',
  range: 'line',
  type: 'form',
  minratio: 'min_parts',
  mindilution: 'min_parts',
  maxratio: 'max_parts',
  maxdilution: 'max_parts',
  dilution: 'typical_parts',
  l: 'masstone_L',
  lstar: 'masstone_L',
  lvalue: 'masstone_L',
  lwert: 'masstone_L',
  labl: 'masstone_L',
  ciel: 'masstone_L',
  a: 'masstone_a',
  astar: 'masstone_a',
  avalue: 'masstone_a',
  awert: 'masstone_a',
  laba: 'masstone_a',
  ciea: 'masstone_a',
  b: 'masstone_b',
  bstar: 'masstone_b',
  bvalue: 'masstone_b',
  bwert: 'masstone_b',
  labb: 'masstone_b',
  cieb: 'masstone_b',
  spectrum: 'masstone_spectrum',
  reflectance: 'masstone_spectrum',
  lightsource: 'illuminant',
  light: 'illuminant',
  device: 'instrument',
  batch: 'lots',
  lot: 'lots',
  replacedby: 'replacement',
  note: 'notes',
  comment: 'notes',
  comments: 'notes',
};

/** "L*", "Masstone L", "masstone_l" and "masstone-L" are the same header. */
function plain(header: string): string {
  return header.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const BY_PLAIN_NAME = new Map(CSV_COLUMNS.map(({ name }) => [plain(name), name]));
const LET_DOWN_FIELDS = new Map(
  letDownColumns(1).map((name) => [plain(name.slice('letdown1_'.length)), name.slice('letdown1_'.length)]),
);

/** "400 nm", "R400", "SPEC_400" and "SPECTRAL_NM400": instruments write a column for every wavelength. */
const WAVELENGTH = /^(?:r|spec|spectral|spectrum|refl|reflectance)?(?:nm)?([3-8]\d\d)(?:nm)?$/;
const WAVELENGTH_COLUMN = /^wavelength_(\d{3})$/;

/** Wavelength (nm) of a column that holds the masstone's reflectance there. */
export function wavelengthOfColumn(column: string): number | undefined {
  const found = WAVELENGTH_COLUMN.exec(column);
  return found === null ? undefined : Number(found[1]);
}

/** What a table without a column of codes may call them instead. */
const CODE_LIKE: ReadonlySet<string> = new Set(['samplename', 'sampleid', 'sample', 'patch', 'id']);

/** Whether a header may name the codes where no other does. */
export const isCodeLike = (header: string): boolean => CODE_LIKE.has(plain(header));

/** The column a header text means, or null when it is none of ours. */
export function guessColumn(header: string): string | null {
  const key = plain(header);
  const exact = BY_PLAIN_NAME.get(key) ?? SYNONYMS[key];
  if (exact !== undefined) return exact;
  const wavelength = WAVELENGTH.exec(key);
  if (wavelength !== null) return `wavelength_${wavelength[1]}`;
  const letDown = /^letdown(\d{1,2})(.+)$/.exec(key);
  const field = letDown === null ? undefined : LET_DOWN_FIELDS.get(letDown[2]!);
  return field === undefined ? null : `letdown${Number(letDown![1])}_${field}`;
}

/** Number of the let-down a column belongs to. */
export function letDownOfColumn(column: string): number | undefined {
  const found = LET_DOWN.exec(column);
  return found === null ? undefined : Number(found[1]);
}

const MEASUREMENT_FIELD_COLUMN: Readonly<Record<string, string>> = {
  spectrum: 'spectrum',
  substrateReflectance: 'substrate_reflectance',
  filmUm: 'film_um',
};

function snake(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The word for a field in a table: `minParts` -> `min_parts`; undefined when it has no column of its own. */
export function columnOfField(field: string): string | undefined {
  const column = snake(field);
  return CSV_COLUMNS.some(({ name }) => name === column) ? column : undefined;
}

/**
 * The column that holds the value at a path inside a shade, for example `masstone.lab[0]` -> `masstone_L`.
 * @param stepOf number of the table's let-down at a place of the ladder; undefined when the table does not have it
 */
export function columnOfPath(
  path: string,
  stepOf: (place: number) => number | undefined = (place) => place + 1,
): string | undefined {
  const [field = '', ...rest] = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  if (field === 'letDowns') {
    const step = stepOf(Number(rest[0] ?? 0));
    const inner = rest[1] === 'measurement' ? rest.slice(2) : ['partsDiluent'];
    if (step === undefined) return undefined;
    return `letdown${step}_${inner[0] === 'lab' ? 'Lab'[Number(inner[1] ?? 0)] : snake(inner[0] ?? 'parts').replace('parts_diluent', 'parts')}`;
  }
  if (field === 'masstone') {
    const name = rest[0] ?? 'lab';
    if (name === 'lab') return `masstone_${'Lab'[Number(rest[1] ?? 0)]}`;
    return name === 'spectrum' ? 'masstone_spectrum' : (MEASUREMENT_FIELD_COLUMN[name] ?? name);
  }
  return field === 'optics' ? `optics_${snake(rest[0] ?? 'neatTau')}` : columnOfField(field);
}
