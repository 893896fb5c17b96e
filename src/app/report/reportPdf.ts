import { reportTexts } from '../../language/texts/report.ts';
import { loadPdfKit } from '../loadPdfKit.ts';
import { type ReportModel, SESSION_HEADINGS } from './reportModel.ts';

/** A4 is narrower than Letter and Letter shorter than A4: what fits both fits either printer. */
const PAGE = { width: 595.28, height: 841.89, printableHeight: 791 };
const MARGIN = 36;
const WIDTH = PAGE.width - 2 * MARGIN;
const BOTTOM = PAGE.printableHeight - MARGIN;
const TEXT_PT = 8.5;
/** Text shrinks in these steps until the report fits its page. */
const SCALES = [1, 0.92, 0.85, 0.78, 0.7];
const COLUMN_GAP = 18;
const SWATCH_HEIGHT = 44;
const STAGE = '#777777';
const SESSION_COLUMNS = [0.1, 0.16, 0.16, 0.42, 0.16];

/** Characters of the PDF's built-in fonts beyond Latin-1 (Windows-1252). */
const WINDOWS_1252 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const REPLACEMENTS: Record<string, string> = {
  Δ: 'd',
  '−': '-',
  '≤': reportTexts.atMost,
  '≥': reportTexts.atLeast,
  τ: 'tau',
  '→': 'to',
  // These have no accent that could be taken off.
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
};

/** The built-in fonts know Western letters only; others lose their accents or become a question mark. */
export function printable(text: string): string {
  const known = (letter: string): boolean => letter <= 'ÿ' || WINDOWS_1252.includes(letter);
  return [...text]
    .map((letter) => {
      if (known(letter)) return letter;
      const plain = REPLACEMENTS[letter] ?? letter.normalize('NFKD').replace(/\p{M}/gu, '');
      return [...plain].every(known) ? plain : '?';
    })
    .join('');
}

type PdfKit = Awaited<ReturnType<typeof loadPdfKit>>;
type Pdf = InstanceType<PdfKit>;

/** Writes the report from the top of the page; returns where it ends. */
function draw(pdf: Pdf, model: ReportModel, scale: number): number {
  const size = TEXT_PT * scale;
  const write = (text: string, bold = false, options: PDFKit.Mixins.TextOptions = {}): void => {
    pdf.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);
    pdf.text(printable(text), { width: WIDTH, ...options });
  };
  const heading = (text: string): void => {
    pdf
      .moveDown(0.5)
      .font('Helvetica-Bold')
      .fontSize(11 * scale)
      .text(printable(text));
  };
  const list = (items: readonly string[]): void => {
    for (const item of items) write(`• ${item}`);
  };
  pdf.x = MARGIN;
  pdf.y = MARGIN;
  pdf
    .fillColor('#000000')
    .font('Helvetica-Bold')
    .fontSize(16 * scale)
    .text(printable(model.title));
  const { shade } = model;
  write(shade ? `${model.outcome}: ${shade.code} ${shade.name}, ${shade.words}.` : `${model.outcome}.`);
  if (model.swatches.length > 0) drawSwatches(pdf, model, size);
  if (shade) {
    heading(reportTexts.recipe);
    for (const [i, line] of shade.recipe.entries()) write(line, i === 0);
  }
  heading(reportTexts.confidence);
  write(model.confidence);
  if (model.sessions.length > 0) {
    heading(reportTexts.sessions);
    drawRow(pdf, SESSION_HEADINGS, size, true);
    for (const row of model.sessions) drawRow(pdf, row, size, false);
    list(model.sessionNotes);
  }
  if (model.reasons.length > 0) {
    heading(reportTexts.why);
    list(model.reasons);
  }
  if (model.flags.length > 0) {
    heading(reportTexts.toCheckBeforeUse);
    list(model.flags.map(({ title, reason }) => `${title}. ${reason}`));
  }
  heading(reportTexts.measuredAndAssumed);
  drawFacts(pdf, model, size);
  pdf
    .moveDown(0.5)
    .font('Helvetica-Oblique')
    .fontSize(size)
    .text(printable(model.disclaimer), MARGIN, pdf.y, { width: WIDTH });
  return pdf.y;
}

function drawSwatches(pdf: Pdf, { swatches }: ReportModel, size: number): void {
  const top = pdf.y + 6;
  const pad = 10;
  const each = (WIDTH - 2 * pad) / swatches.length;
  pdf.rect(MARGIN, top, WIDTH, SWATCH_HEIGHT + 2 * pad).fill(STAGE);
  swatches.forEach(({ hex }, i) => {
    pdf.rect(MARGIN + pad + i * each, top + pad, each, SWATCH_HEIGHT).fill(hex);
  });
  pdf.fillColor('#000000');
  const under = top + SWATCH_HEIGHT + 2 * pad + 3;
  swatches.forEach(({ name, lab }, i) => {
    const x = MARGIN + pad + i * each;
    pdf
      .font('Helvetica-Bold')
      .fontSize(size)
      .text(printable(name), x, under, { width: each - 4, lineBreak: false });
    pdf.font('Helvetica').text(printable(lab), x, under + 1.2 * size, { width: each - 4, lineBreak: false });
  });
  pdf.x = MARGIN;
  pdf.y = under + 2.4 * size;
}

function drawRow(pdf: Pdf, cells: readonly string[], size: number, bold: boolean): void {
  const top = pdf.y;
  let x = MARGIN;
  let bottom = top;
  cells.forEach((cell, i) => {
    const width = SESSION_COLUMNS[i]! * WIDTH;
    pdf
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .text(printable(cell), x, top, { width: width - 6 });
    bottom = Math.max(bottom, pdf.y);
    x += width;
  });
  pdf
    .moveTo(MARGIN, bottom)
    .lineTo(MARGIN + WIDTH, bottom)
    .lineWidth(0.5)
    .stroke('#999999');
  pdf.x = MARGIN;
  pdf.y = bottom + 2;
}

/** A hash has no place to break a line at. */
const breakable = (value: string): string => value.replace(/\S{32}(?=\S)/g, '$& ');

function drawFacts(pdf: Pdf, { facts }: ReportModel, size: number): void {
  const width = (WIDTH - COLUMN_GAP) / 2;
  const top = pdf.y;
  const half = Math.ceil(facts.length / 2);
  let bottom = top;
  [facts.slice(0, half), facts.slice(half)].forEach((column, i) => {
    pdf.x = MARGIN + i * (width + COLUMN_GAP);
    pdf.y = top;
    for (const { name, value } of column) {
      pdf
        .font('Helvetica-Bold')
        .fontSize(size)
        .text(printable(`${name}: `), { width, continued: true });
      pdf.font('Helvetica').text(printable(breakable(value)));
    }
    bottom = Math.max(bottom, pdf.y);
  });
  pdf.x = MARGIN;
  pdf.y = bottom;
}

function newDocument(PDFDocument: PdfKit, model: ReportModel): Pdf {
  const made = new Date(`${model.asOf}T00:00:00Z`);
  const info = { Title: model.title, Creator: 'Stipple', Producer: 'Stipple', CreationDate: made, ModDate: made };
  // The page is longer than what is printed, so that nothing drawn can start a second one.
  return new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    info,
    lang: 'en',
  });
}

/** The report as a PDF of one page. The same report gives the same bytes. */
export async function reportPdf(model: ReportModel): Promise<Buffer> {
  const PDFDocument = await loadPdfKit();
  const scale = SCALES.find((tried) => draw(newDocument(PDFDocument, model), model, tried) <= BOTTOM) ?? SCALES.at(-1)!;
  const pdf = newDocument(PDFDocument, model);
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    draw(pdf, model, scale);
    pdf.end();
  });
}
