import type { Answers, CatalogFile } from '../catalog/formats/catalogFile.ts';
import { readCatalogFile } from '../catalog/formats/readCatalogFile.ts';
import { measurementToLab65, needsSpectrum } from '../catalog/measurementToLab65.ts';
import type { Measurement } from '../catalog/shade.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import type { Lab65 } from '../colour/lab65.ts';
import { StippleError } from '../errors.ts';
import { colourCardTexts } from '../language/texts/colourCard.ts';
import { CHART_REFERENCES } from '../photo/calibration/chartReferences.ts';

const PATCHES = 24;
/** A copy of the chart is duller and lighter than it, but its 24 colours are still those; other orders start near 30. */
const MOST_UNLIKE = 20;
/** Another order must be this many times worse, or the order is not certain. */
const MARGIN = 1.4;

/** Orders in which programs list the patches; each gives the file's place of patch 0–23. */
const ORDERS: readonly ((patch: number) => number)[] = [
  (patch) => patch,
  (patch) => (patch % 6) * 4 + Math.floor(patch / 6),
  (patch) => PATCHES - 1 - patch,
  (patch) => (5 - (patch % 6)) * 4 + 3 - Math.floor(patch / 6),
];

export type CardConditions = Pick<Answers, 'illuminant' | 'observer'>;

const invalid = (message: string) => new StippleError('SMP_OPTION_INVALID', message);

function unlikeness(labs: readonly Lab65[]): number {
  return labs.reduce((sum, lab, i) => sum + deltaE00(lab, CHART_REFERENCES.after2014[i]!) / PATCHES, 0);
}

/** By rows, by columns, or either from the end: whichever looks like the chart. */
function inChartOrder(labs: readonly Lab65[], filename: string): readonly Lab65[] {
  const [best, next] = ORDERS.map((placeOf) => labs.map((_, patch) => labs[placeOf(patch)]!))
    .map((ordered) => ({ ordered, apart: unlikeness(ordered) }))
    .sort((one, other) => one.apart - other.apart) as [
    { ordered: Lab65[]; apart: number },
    { ordered: Lab65[]; apart: number },
  ];
  if (best.apart <= MOST_UNLIKE && next.apart >= MARGIN * best.apart) return best.ordered;
  throw invalid(colourCardTexts.notTheColoursOfAChart(filename));
}

/** The file; of a table without codes, which a card does not need, the first column that is nothing else names the patches. */
function readPatches(bytes: Uint8Array, filename: string, answers: Answers): CatalogFile {
  const file = readCatalogFile(bytes, filename, answers);
  const { columns } = file;
  if (!columns || columns.some(({ column }) => column === 'code')) return file;
  const names = columns.find(({ column }) => column === 'name') ?? columns.find(({ column }) => column === null);
  if (!names) return file;
  return readCatalogFile(bytes, filename, { ...answers, columns: { [names.header]: 'code' } });
}

/**
 * The 24 colours of a person's own card, dark skin to black, from a CSV, CGATS or CxF file of spectra or Lab values.
 * Under which light and for which observer Lab values hold is taken from the file or from `answers`, never assumed.
 * @throws StippleError SMP_OPTION_INVALID saying what is missing or wrong
 */
export function readCardReference(bytes: Uint8Array, filename: string, answers: CardConditions = {}): readonly Lab65[] {
  const file = readPatches(bytes, filename, { ...answers, geometry: '45/0', substrate: colourCardTexts.theCard });
  const fault = file.problems.find(({ level }) => level === 'error');
  if (fault) throw invalid(colourCardTexts.cannotBeRead(filename, fault.expected, fault.found, fault.fix));
  if (file.rows.length !== PATCHES) {
    throw invalid(colourCardTexts.expected24Patches(filename, file.rows.length));
  }
  const rgb = file.questions.find(({ field }) => field === 'rgbSpace');
  if (rgb) throw invalid(colourCardTexts.holdsDeviceColours(filename));
  if (file.questions.length > 0)
    throw invalid(colourCardTexts.sayWhatFileDoesNot(file.questions.map(({ ask }) => ask).join(' ')));
  const labs = file.rows.map(({ row, patch, problems }): Lab65 => {
    const reading = patch.masstone as Measurement | undefined;
    const broken = problems.find(({ level }) => level === 'error');
    if (broken || !reading || (reading.lab == null && reading.spectrum == null)) {
      throw invalid(colourCardTexts.rowWithoutColour(row, filename, broken ? ` ${broken.fix}` : ''));
    }
    if (needsSpectrum(reading)) {
      throw invalid(colourCardTexts.holdsLabFor10Degrees(filename));
    }
    return measurementToLab65(reading);
  });
  return inChartOrder(labs, filename);
}

/** As an option of a match: "L,a,b" of each patch, D65/2°. */
export function printCardReference(labs: readonly (readonly number[])[]): string {
  return labs.map((lab) => lab.map((value) => Number(value.toFixed(2))).join(',')).join(' ');
}
