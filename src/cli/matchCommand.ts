import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { printCardReference } from '../app/cardReference.ts';
import { parseMatchOptions } from '../app/matchOptions.ts';
import { type FileMatch, type MatchRequest, matchPhotoFile } from '../app/matchPhotoFile.ts';
import type { MatchResult } from '../app/matchResult.ts';
import type { Measurement } from '../app/measurePhoto.ts';
import { annotatedPng, labelsPng } from '../app/photoPictures.ts';
import { poolMeasurements } from '../app/poolMeasurements.ts';
import { recommendShades } from '../app/recommendShades.ts';
import { reportHtml } from '../app/report/reportHtml.ts';
import { reportModel } from '../app/report/reportModel.ts';
import { reportPdf } from '../app/report/reportPdf.ts';
import { ERRORS, StippleError } from '../errors.ts';
import { CARD_REFERENCE_OPTIONS, readCardOption } from './cardOption.ts';
import { catalogsFor } from './catalogsFor.ts';
import { optionsHelp } from './optionTable.ts';
import { summarize } from './summarize.ts';
import type { Terminal } from './terminal.ts';
import { failureOf, usage } from './usage.ts';

const OPTIONS = {
  palette: {
    type: 'string',
    value: 'ID|FILE',
    text: 'catalog to search: a bundled id such as demo-ash, or a catalog file (default: all)',
  },
  skin: {
    type: 'string',
    multiple: true,
    value: 'x,y,w,h',
    text: 'bare skin, in pixels of the upright photo; may be repeated',
  },
  hair: { type: 'string', multiple: true, value: 'x,y,w,h', text: 'hair or stubble; may be repeated' },
  avoid: { type: 'string', multiple: true, value: 'x,y,w,h', text: 'never measured; may be repeated' },
  mask: {
    type: 'string',
    value: 'WxH:RUNS',
    text: 'painted areas on a grid over the photo, such as 4x3:2s.5h4a (s skin, h hair, a avoid)',
  },
  card: {
    type: 'string',
    value: 'auto|none|classic24',
    text: 'classic24 refuses a photo without a usable card (default: auto)',
  },
  'card-type': { type: 'string', value: 'classic|mini|passport|nano', text: 'its size, which gives the scale in mm' },
  'card-corners': {
    type: 'string',
    value: '"x,y x,y x,y x,y"',
    text: 'outer corners of the corner patches, where the card is not found by itself',
  },
  ...CARD_REFERENCE_OPTIONS,
  white: { type: 'string', value: 'x,y', text: 'a point on a white or grey card or a sheet of paper' },
  'white-kind': { type: 'string', value: 'white|grey|paper', text: 'what that point lies on (default: white)' },
  'hair-from': {
    type: 'string',
    value: 'scalp|eyebrow|beard|smp',
    text: 'what the hair area shows (default: scalp); smp is earlier work to match',
  },
  'hair-colour': {
    type: 'string',
    value: 'NAME',
    text: 'chosen instead of measured: black, darkBrown, mediumBrown, lightBrown, red, darkBlond,\nlightBlond, grey or white',
  },
  fitzpatrick: { type: 'string', value: '1..6', text: 'as asked from the client' },
  cup: { type: 'string', value: 'ML', text: 'cup size (default: 1.5)' },
  'drop-pigment': { type: 'string', value: 'ML', text: 'volume of one drop of pigment (assumed: 0.05)' },
  'drop-diluent': { type: 'string', value: 'ML', text: 'volume of one drop of sterile diluent (assumed: 0.05)' },
  goal: { type: 'string', value: 'shaved|hairline|density|scar', text: '' },
  session: { type: 'string', value: '1|2|3', text: '' },
  density: { type: 'string', value: 'N', text: 'dots per cm² (default: 100)' },
  diameter: { type: 'string', value: 'MM', text: 'healed dot diameter (default: 0.30)' },
  strength: { type: 'string', value: 'F', text: `studio calibration: factor on every pigment's strength` },
  gap: { type: 'string', value: 'MM', text: 'studio calibration: depth of the pigment below the epidermis' },
  corrections: {
    type: 'string',
    multiple: true,
    value: 'CATALOG/CODE=F,N',
    text: 'what N healed results taught about a shade (* for every other); may be repeated',
  },
  region: { type: 'string', value: 'EU|GB|US|other', text: 'whose label statements to check (default: all on record)' },
  'as-of': { type: 'string', value: 'YYYY-MM-DD', text: 'day to check lots against (default: today)' },
  pool: { type: 'boolean', text: 'the photos are of one client: one result from all, odd ones left out and named' },
  json: { type: 'boolean', text: 'one JSON line a photo on standard output' },
  annotated: { type: 'string', value: 'FILE.png', text: 'the photo with the regions drawn on it (one photo only)' },
  labels: {
    type: 'string',
    value: 'FILE.png',
    text: '8-bit labels: 0 other, 1 skin, 2 hair, 3 avoid (one photo only)',
  },
  report: { type: 'string', value: 'FILE.pdf|FILE.html', text: 'the report to print or to keep (one photo only)' },
  help: { type: 'boolean' },
} as const;

export const MATCH_HELP = `stipple match PHOTO... [options]

Measures skin and hair in each photo and recommends a shade with its dilution.

${optionsHelp(OPTIONS)}

Exit: 0 match, 2 no good match, 3 photo refused, 4 card asked for and unusable, 64 bad usage, 1 anything else.
`;

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const EXIT_OF_OUTCOME: Record<MatchResult['outcome'], number> = {
  match: 0,
  tooCloseToCall: 0,
  noGoodMatch: 2,
  refused: 3,
};

/** `stipple match`. Several photos give one line each; one bad photo does not stop the rest. */
export async function matchCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = usage(() => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }));
  if (values.help) {
    terminal.print(MATCH_HELP);
    return 0;
  }
  const { json, annotated, labels, report, palette, pool, help: _, ...asked } = values;
  if (positionals.length === 0) throw new StippleError('SMP_OPTION_INVALID', 'Name a photo: stipple match PHOTO.');
  if (positionals.length > 1 && (annotated || labels || report)) {
    throw new StippleError('SMP_OPTION_INVALID', '--annotated, --labels and --report take one photo at a time.');
  }
  if (report !== undefined && !/\.(pdf|html)$/i.test(report)) {
    throw new StippleError('SMP_OPTION_INVALID', `--report ${report} must end in .pdf or .html.`);
  }
  const { 'card-reference': _file, 'card-illuminant': _light, 'card-observer': _observer, ...plain } = asked;
  const named: Record<string, unknown> = Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [camelCase(name), value]),
  );
  const reference = await readCardOption(asked);
  const options = parseMatchOptions({
    ...named,
    ...(reference ? { cardReference: printCardReference(reference) } : {}),
  });
  const catalogs = await catalogsFor(palette ?? 'all');
  const asOf = options.asOf ?? terminal.today();
  if (pool) return matchPooled(positionals, { options, catalogs, asOf }, json === true, terminal);
  let exit = 0;
  for (const path of positionals) {
    try {
      const match = await matchPhotoFile(
        path,
        { options, catalogs, asOf },
        { onStep: (step) => terminal.progress(step) },
      );
      terminal.progress(null);
      terminal.print(json ? `${JSON.stringify(match.result)}\n` : summarize(path, match.result));
      await writeFiles(match, { annotated, labels, report });
      exit = Math.max(exit, EXIT_OF_OUTCOME[match.result.outcome]);
    } catch (error) {
      terminal.progress(null);
      const failure = failureOf(error);
      if (json) terminal.print(`${JSON.stringify(failure.problem)}\n`);
      terminal.complain(positionals.length > 1 ? `${path}: ${failure.problem.title}` : failure.problem.title);
      exit = Math.max(exit, ERRORS[failure.problem.code].exit);
    }
  }
  return exit;
}

/** One result from several photos of a client; a photo that cannot be measured stops it, because it may be the odd one. */
async function matchPooled(
  paths: readonly string[],
  request: MatchRequest,
  json: boolean,
  terminal: Terminal,
): Promise<number> {
  const { skin, hair, avoid, mask, cardCorners, white } = request.options;
  if (skin.length + hair.length + avoid.length > 0 || mask !== undefined || cardCorners || white) {
    throw new StippleError('SMP_OPTION_INVALID', 'Places in a photo cannot be given for several photos with --pool.');
  }
  const measurements: Measurement[] = [];
  for (const path of paths) {
    const { measurement } = await matchPhotoFile(path, request, { onStep: (step) => terminal.progress(step) });
    measurements.push(measurement);
  }
  terminal.progress(null);
  const pooled = poolMeasurements(measurements);
  const result = recommendShades(pooled, request.options, request.catalogs, request.asOf);
  terminal.print(json ? `${JSON.stringify(result)}\n` : summarize(paths.join(', '), result));
  return EXIT_OF_OUTCOME[result.outcome];
}

async function writeFiles(
  { decoded: { raster }, labels, result }: FileMatch,
  files: { annotated?: string | undefined; labels?: string | undefined; report?: string | undefined },
): Promise<void> {
  if (files.labels) await writeFile(files.labels, await labelsPng(raster, labels));
  if (files.report) {
    const model = reportModel(result);
    const isPdf = /\.pdf$/i.test(files.report);
    await writeFile(files.report, isPdf ? await reportPdf(model) : await reportHtml(model, { kind: 'file' }));
  }
  if (!files.annotated) return;
  const { skin, hair } = result.regions;
  const card = result.calibration.card?.corners ?? [];
  await writeFile(files.annotated, await annotatedPng(raster, labels, { boxes: [...skin, ...hair], card }));
}
