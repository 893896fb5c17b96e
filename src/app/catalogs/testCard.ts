import { lab65ToLab50 } from '../../catalog/formats/swatches.ts';
import { measurementToLab65, needsSpectrum } from '../../catalog/measurementToLab65.ts';
import type { Catalog, LetDown, Measurement, Shade } from '../../catalog/shade.ts';
import type { Lab65 } from '../../colour/lab65.ts';
import { lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { loadPdfKit } from '../loadPdfKit.ts';
import { printable } from '../report/reportPdf.ts';
import { hexOf } from '../report/resultWords.ts';

/** A4 is narrower than Letter and Letter shorter than A4: what fits both fits either printer. Points. */
const PAGE = { size: 'A4', margin: 42.5, width: 510, bottom: 749 } as const;
const COLUMNS = 3;
const ROWS = 5;
const TOP = 132;
const GAP = 9;
const CELL = {
  width: (PAGE.width - (COLUMNS - 1) * GAP) / COLUMNS,
  height: (PAGE.bottom - TOP) / ROWS,
  patch: 60,
} as const;
/** More pages than this are no card. */
const MOST_SHADES = 480;
const GREYS = [95, 80, 65, 50, 35, 20];
/** Beyond this share of a channel a screen or printer shows another colour. */
const GAMUT_SLACK = 0.002;

type Pdf = PDFKit.PDFDocument;

/** One colour to be measured. */
interface Patch {
  readonly label: string;
  readonly lab: Lab65;
}

const numberText = (value: number) => (Math.round(10 * value) / 10 + 0).toFixed(1);
const labText = (lab: readonly number[]) => lab.map(numberText).join('  ');

const isOutside = (lab: Lab65): boolean =>
  lab65ToLinearSrgb(lab).some((value) => value < -GAMUT_SLACK || value > 1 + GAMUT_SLACK);

const isReadable = (measurement: Measurement): boolean => !needsSpectrum(measurement);

/** The bottle, and where it was measured the let-down nearest to the weakest mix: concentrates all look black. */
function patchesOf({ masstone, letDowns, maxParts }: Shade): Patch[] {
  const apart = ({ partsDiluent }: LetDown) => Math.abs(Math.log((1 + partsDiluent) / (1 + maxParts)));
  const [tint] = letDowns
    .filter(({ measurement }) => isReadable(measurement))
    .sort((one, other) => apart(one) - apart(other));
  const bottle = { label: catalogChangesTexts.inTheBottle, lab: measurementToLab65(masstone) };
  if (!tint) return [bottle];
  const { partsDiluent, measurement } = tint;
  return [
    bottle,
    {
      label: catalogChangesTexts.onePartIn(numberText(1 + partsDiluent).replace(/\.0$/, '')),
      lab: measurementToLab65(measurement),
    },
  ];
}

/** A name in letters that the built-in fonts have; nothing rather than a row of question marks. */
function nameText(name: string): string {
  const text = printable(name);
  return text.replaceAll(/[?\s]/g, '') === '' ? '' : text;
}

/** What a bottle is called on the card; one whose code cannot be printed by its place in the catalog. */
function codeText({ code }: Shade, place: number): string {
  const text = printable(code);
  return text.includes('?') && !code.includes('?') ? catalogChangesTexts.placeInCatalog(place + 1, text) : text;
}

function drawShade(pdf: Pdf, shade: Shade, place: number, x: number, y: number): void {
  const patches = patchesOf(shade);
  const width = CELL.width / patches.length;
  const line = (text: string, left: number, top: number, size: number, wide: number) =>
    pdf
      .fillColor('#000000')
      .fontSize(size)
      .text(text, left, top, { width: wide, height: size + 1, ellipsis: true });
  for (const [at, { label, lab }] of patches.entries()) {
    const left = x + at * width;
    pdf.rect(left, y, width, CELL.patch).fillAndStroke(hexOf(lab), '#777777');
    const top = y + CELL.patch + 21;
    line(`${label}${isOutside(lab) ? ' *' : ''}`, left, top, 6.5, width - 2);
    line(`D65  ${labText(lab)}`, left, top + 8, 6.5, width - 2);
    line(`D50  ${labText(lab65ToLab50(lab))}`, left, top + 16, 6.5, width - 2);
    pdf.moveTo(left, top + 32).lineTo(left + width - 6, top + 32);
    pdf.lineWidth(0.5).stroke('#777777');
  }
  const status = shade.status === 'discontinued' ? ' (discontinued)' : '';
  pdf.font('Helvetica-Bold');
  line(`${codeText(shade, place)}${status}`, x, y + CELL.patch + 3, 8, CELL.width);
  pdf.font('Helvetica');
  line(nameText(shade.name), x, y + CELL.patch + 12, 7, CELL.width);
}

interface Heading {
  readonly catalog: Catalog;
  readonly day: string;
  /** What is not on the card, in a sentence; empty where everything is. */
  readonly leftOut: string;
  readonly pages: number;
}

function startPage(pdf: Pdf, { catalog, day, leftOut, pages }: Heading, page: number): void {
  if (page > 1) pdf.addPage();
  const { margin, width } = PAGE;
  const notice = catalog.demonstration ? catalogChangesTexts.fictionalValues : '';
  const title = nameText(catalog.name) || catalog.id;
  pdf.lineWidth(0.5).font('Helvetica').fillColor('#000000').fontSize(14);
  pdf.text(title, margin, margin, { width: width - 180, height: 16, ellipsis: true });
  pdf
    .fontSize(8)
    .text(catalogChangesTexts.versionPage(notice, catalog.version, page, pages), margin + width - 170, margin + 5, {
      width: 170,
      align: 'right',
    });
  const lines = [
    catalogChangesTexts.testCardHeader(day),
    catalogChangesTexts.printWithoutColourManagementChanges,
    catalogChangesTexts.liesOutsideSrgb(leftOut),
  ];
  lines.forEach((text, at) => {
    pdf.fontSize(7.5).text(text, margin, margin + 20 + 10 * at, { width, height: 9, ellipsis: true });
  });
  GREYS.forEach((L, at) => {
    pdf.rect(margin + at * 85, margin + 52, 79, 20).fillAndStroke(hexOf([L, 0, 0]), '#777777');
    pdf
      .fillColor('#000000')
      .fontSize(6.5)
      .text(labText([L, 0, 0]), margin + at * 85, margin + 74, { width: 79, height: 8 });
  });
}

/**
 * The catalog as a printable card: patches a shade in the colour of the bottle and of a let-down with code and expected
 * Lab, and a row of greys that tells whether the printer can be trusted. For checking prints and lots with an instrument,
 * not by eye.
 */
export async function writeTestCard(catalog: Catalog, day: string): Promise<Buffer> {
  const PDFDocument = await loadPdfKit();
  const pdf = new PDFDocument({
    size: PAGE.size,
    // Nothing flows: everything has its place, and a text at the bottom must not start a page.
    margin: 0,
    info: {
      Title: catalogChangesTexts.testCardTitle(catalog.name, catalog.version),
      CreationDate: new Date(`${day}T00:00:00Z`),
    },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const readable = catalog.shades.flatMap((shade, place) => (isReadable(shade.masstone) ? [{ shade, place }] : []));
  const shown = readable.slice(0, MOST_SHADES);
  const unreadable = catalog.shades.length - readable.length;
  const leftOut = [
    readable.length > shown.length ? catalogChangesTexts.firstOfShades(shown.length, readable.length) : '',
    unreadable > 0 ? catalogChangesTexts.leftOutLabFor10Without(unreadable) : '',
  ].filter(Boolean);
  const pages = Math.max(1, Math.ceil(shown.length / (COLUMNS * ROWS)));
  const heading = { catalog, day, leftOut: leftOut.join(' '), pages };
  startPage(pdf, heading, 1);
  shown.forEach(({ shade, place }, at) => {
    const onPage = at % (COLUMNS * ROWS);
    if (onPage === 0 && at > 0) startPage(pdf, heading, 1 + at / (COLUMNS * ROWS));
    const x = PAGE.margin + (onPage % COLUMNS) * (CELL.width + GAP);
    drawShade(pdf, shade, place, x, TOP + Math.floor(onPage / COLUMNS) * CELL.height);
  });
  pdf.end();
  await finished;
  return Buffer.concat(chunks);
}
