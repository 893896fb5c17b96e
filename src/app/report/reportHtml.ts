import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ejs from 'ejs';
import { reportTexts } from '../../language/texts/report.ts';
import { projectRoot } from '../../projectRoot.ts';
import { type ReportModel, SESSION_HEADINGS } from './reportModel.ts';

/** Where a report is read: as a page of the site, or as a file that carries its style with it. */
export type ReportPlace =
  | { readonly kind: 'page'; readonly base: string; readonly theme: 'light' | 'dark' | null }
  | { readonly kind: 'file' };

/** The report as one HTML document without navigation; the links of a page are not printed. */
export async function reportHtml(model: ReportModel, place: ReportPlace): Promise<string> {
  const style = place.kind === 'file' ? await readFile(join(projectRoot, 'public/css/report.css'), 'utf8') : null;
  return ejs.renderFile(
    join(projectRoot, 'views/pages/report.ejs'),
    {
      t: { report: reportTexts },
      model,
      sessionHeadings: SESSION_HEADINGS,
      style,
      base: place.kind === 'page' ? place.base : null,
      theme: place.kind === 'page' ? place.theme : null,
    },
    { strict: true, _with: false, localsName: 'it', cache: true },
  );
}
