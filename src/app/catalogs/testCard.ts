import { lab65ToLab50 } from '../../catalog/formats/swatches.ts';
import { measurementToLab65, needsSpectrum } from '../../catalog/measurementToLab65.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { loadPdfKit } from '../loadPdfKit.ts';
import { hexOf } from '../report/resultWords.ts';

/** A4 in points, with a margin of 15 mm. */
const MARGIN = 42.5;
const COLUMNS = 4;
const ROWS = 6;
const PATCH = { width: 118, height: 72, gap: 9, text: 34 } as const;
/** More pages than this are no card. */
const MOST_SHADES = 480;
const GREYS = [95, 80, 65, 50, 35, 20];

const labText = (lab: readonly number[]) => lab.map((value) => value.toFixed(1)).join('  ');

/** WinAnsi has no other letters; the built-in fonts would print wrong signs. */
const printable = (text: string) => text.replaceAll(/[^\x20-\x7e\xa0-\xff–—‘’“”•…]/g, '?');

/**
 * The catalog as a printable card: a patch a shade in the colour of the bottle with its code and expected Lab, and a row
 * of greys that tells whether the printer can be trusted. For checking prints and lots with an instrument, not by eye.
 */
export async function writeTestCard(catalog: Catalog, day: string): Promise<Buffer> {
  const PDFDocument = await loadPdfKit();
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: {
      Title: `${catalog.name}, version ${catalog.version}: test card`,
      CreationDate: new Date(`${day}T00:00:00Z`),
    },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  const shades = catalog.shades.filter(({ masstone }) => !needsSpectrum(masstone)).slice(0, MOST_SHADES);
  shades.forEach((shade, at) => {
    const place = at % (COLUMNS * ROWS);
    if (place === 0) startPage(document, catalog, day, at === 0);
    const x = MARGIN + (place % COLUMNS) * (PATCH.width + PATCH.gap);
    const y = 128 + Math.floor(place / COLUMNS) * (PATCH.height + PATCH.text + PATCH.gap);
    const lab = measurementToLab65(shade.masstone);
    document.rect(x, y, PATCH.width, PATCH.height).fill(hexOf(lab));
    document.fillColor('#000000').fontSize(8);
    const status = shade.status === 'discontinued' ? ' (discontinued)' : '';
    const line = { width: PATCH.width, height: 10, ellipsis: true, lineBreak: false } as const;
    document.text(printable(`${shade.code} ${shade.name}${status}`), x, y + PATCH.height + 3, line);
    document.fontSize(7).text(`D65 ${labText(lab)}`, x, y + PATCH.height + 14, line);
    document.text(`D50 ${labText(lab65ToLab50(lab))}`, x, y + PATCH.height + 23, line);
  });
  document.end();
  await finished;
  return Buffer.concat(chunks);
}

function startPage(document: PDFKit.PDFDocument, catalog: Catalog, day: string, isFirst: boolean): void {
  if (!isFirst) document.addPage();
  const line = { lineBreak: false } as const;
  document
    .fillColor('#000000')
    .fontSize(14)
    .text(printable(`${catalog.name}, version ${catalog.version}`), MARGIN, MARGIN, line);
  const notice = catalog.demonstration ? ' Fictional values for demonstration.' : '';
  document
    .fontSize(8)
    .text(
      printable(`Test card of ${day}: colour in the bottle, expected L* a* b* for the 2° observer.${notice}`),
      MARGIN,
      MARGIN + 20,
      line,
    );
  document.text(
    'Print without colour management changes, then measure. Greys first: they tell whether the print can be trusted.',
    MARGIN,
    MARGIN + 31,
    line,
  );
  GREYS.forEach((L, at) => {
    document.rect(MARGIN + at * 60, MARGIN + 46, 56, 22).fill(hexOf([L, 0, 0]));
    document
      .fillColor('#000000')
      .fontSize(7)
      .text(`L* ${L}`, MARGIN + at * 60, MARGIN + 70, line);
  });
}
