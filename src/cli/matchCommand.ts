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
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
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
    text: commandHelpTexts.catalogToSearch,
  },
  skin: {
    type: 'string',
    multiple: true,
    value: 'x,y,w,h',
    text: commandHelpTexts.bareSkinInPixels,
  },
  hair: { type: 'string', multiple: true, value: 'x,y,w,h', text: commandHelpTexts.hairOrStubble },
  avoid: { type: 'string', multiple: true, value: 'x,y,w,h', text: commandHelpTexts.neverMeasuredMayBeRepeated },
  mask: {
    type: 'string',
    value: 'WxH:RUNS',
    text: commandHelpTexts.paintedAreas,
  },
  card: {
    type: 'string',
    value: 'auto|none|classic24',
    text: commandHelpTexts.refuseWithoutCard,
  },
  'card-type': { type: 'string', value: 'classic|mini|passport|nano', text: commandHelpTexts.sizeOfCard },
  'card-corners': {
    type: 'string',
    value: '"x,y x,y x,y x,y"',
    text: commandHelpTexts.cornersOfCard,
  },
  ...CARD_REFERENCE_OPTIONS,
  white: { type: 'string', value: 'x,y', text: commandHelpTexts.pointOnAWhite },
  'white-kind': { type: 'string', value: 'white|grey|paper', text: commandHelpTexts.whatPointLiesOn },
  'hair-from': {
    type: 'string',
    value: 'scalp|eyebrow|beard|smp',
    text: commandHelpTexts.whatHairAreaShows,
  },
  'hair-colour': {
    type: 'string',
    value: 'NAME',
    text: commandHelpTexts.chosenInsteadOfMeasured,
  },
  fitzpatrick: { type: 'string', value: '1..6', text: commandHelpTexts.asAskedFromTheClient },
  cup: { type: 'string', value: 'ML', text: commandHelpTexts.cupSizeDefault },
  'drop-pigment': { type: 'string', value: 'ML', text: commandHelpTexts.volumeOfOneDropOfPigment },
  'drop-diluent': { type: 'string', value: 'ML', text: commandHelpTexts.volumeOfOneDropOfSterile },
  goal: { type: 'string', value: 'shaved|hairline|density|scar', text: '' },
  session: { type: 'string', value: '1|2|3', text: '' },
  density: { type: 'string', value: 'N', text: commandHelpTexts.matchDots },
  diameter: { type: 'string', value: 'MM', text: commandHelpTexts.matchDiameter },
  strength: { type: 'string', value: 'F', text: commandHelpTexts.factorOfStrength },
  gap: { type: 'string', value: 'MM', text: commandHelpTexts.depthOfPigment },
  corrections: {
    type: 'string',
    multiple: true,
    value: 'CATALOG/CODE=F,N',
    text: commandHelpTexts.whatResultsTaught,
  },
  region: { type: 'string', value: 'EU|GB|US|other', text: commandHelpTexts.labelStatementsToCheck },
  'as-of': { type: 'string', value: 'YYYY-MM-DD', text: commandHelpTexts.dayToCheckLots },
  pool: { type: 'boolean', text: commandHelpTexts.photosAreOfOneClient },
  json: { type: 'boolean', text: commandHelpTexts.oneJsonLineAPhoto },
  annotated: { type: 'string', value: 'FILE.png', text: commandHelpTexts.photoWithRegions },
  labels: {
    type: 'string',
    value: 'FILE.png',
    text: commandHelpTexts.labelPicture,
  },
  report: { type: 'string', value: 'FILE.pdf|FILE.html', text: commandHelpTexts.reportToPrint },
  help: { type: 'boolean' },
} as const;

export const MATCH_HELP = commandHelpTexts.match(optionsHelp(OPTIONS));

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
  if (positionals.length === 0) throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.nameAPhoto);
  if (positionals.length > 1 && (annotated || labels || report)) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.onePhotoAtATime);
  }
  if (report !== undefined && !/\.(pdf|html)$/i.test(report)) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.reportMustEndInPdf(report));
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
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.noPlacesWithPool);
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
