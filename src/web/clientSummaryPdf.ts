import { loadPdfKit } from '../app/loadPdfKit.ts';
import { printable } from '../app/report/reportPdf.ts';
import type { clientPage } from './clientPage.ts';

const MARGIN = 40;
/** Prints on A4 and on Letter: the narrower width, the lower height. */
const WIDTH = 595 - 2 * MARGIN;
const BOTTOM = 792 - MARGIN;
const GAP = 10;
const PICTURE_HEIGHT = 190;

/** What a client takes home: pictures, plan, what to expect and what was answered, on one page. */
export async function clientSummaryPdf(
  model: ReturnType<typeof clientPage>,
  pictures: readonly { readonly text: string; readonly bytes: Buffer }[],
): Promise<Buffer> {
  const { texts } = model;
  const PDFDocument = await loadPdfKit();
  const pdf = new PDFDocument({ size: 'A4', margin: MARGIN, lang: model.language, info: { Title: texts.title } });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const write = (text: string, size: number, bold = false) =>
    pdf
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .text(printable(text), { width: WIDTH, height: Math.max(1, BOTTOM - pdf.y), ellipsis: true });

  write(texts.title, 18, true);
  write(`${model.studio} · ${model.version}`, 9);
  pdf.moveDown(0.5);
  const columns = Math.min(3, pictures.length);
  const columnWidth = (WIDTH - GAP * (columns - 1)) / columns;
  const rowHeight = pictures.length > columns ? PICTURE_HEIGHT * 0.8 : PICTURE_HEIGHT;
  const top = pdf.y;
  pictures.forEach(({ text, bytes }, i) => {
    const x = MARGIN + (i % columns) * (columnWidth + GAP);
    const y = top + Math.floor(i / columns) * (rowHeight + 18);
    pdf.image(bytes, x, y, { fit: [columnWidth, rowHeight] });
    pdf
      .font('Helvetica')
      .fontSize(8)
      .text(printable(text), x, y + rowHeight + 3, { width: columnWidth, lineBreak: false });
  });
  pdf.x = MARGIN;
  pdf.y = top + Math.ceil(pictures.length / columns) * (rowHeight + 18) + 6;
  write(texts.simulation, 9, true);
  for (const line of [model.patchFirst, model.light]) if (line) write(line, 9);
  const section = (title: string, lines: readonly string[]) => {
    pdf.moveDown(0.6);
    write(title, 11, true);
    for (const line of lines) write(line, 9);
  };
  section(texts.planTitle, [model.goal, model.plan, ...(model.message ? [model.message] : [])]);
  section(
    texts.expectTitle,
    texts.expect.map((line) => `• ${line}`),
  );
  section(
    texts.limitsTitle,
    texts.limits.map((line) => `• ${line}`),
  );
  if (model.approved) section(texts.approvedTitle, [model.approved, ...model.ticks.map(({ text }) => `• ${text}`)]);
  if (model.changesSent) section(texts.changesSentTitle, [model.changesSent, model.changesNote]);
  pdf.end();
  await done;
  return Buffer.concat(chunks);
}
