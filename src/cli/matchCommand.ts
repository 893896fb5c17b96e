import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseMatchOptions } from '../app/matchOptions.ts';
import { type FileMatch, matchPhotoFile } from '../app/matchPhotoFile.ts';
import type { MatchResult } from '../app/matchResult.ts';
import { annotatedPng, labelsPng } from '../app/photoPictures.ts';
import { ERRORS, StippleError } from '../errors.ts';
import { catalogsFor } from './catalogsFor.ts';
import { summarize } from './summarize.ts';
import type { Terminal } from './terminal.ts';
import { failureOf, usage } from './usage.ts';

export const MATCH_HELP = `stipple match PHOTO... [options]

Measures skin and hair in each photo and recommends a shade with its dilution.

  --palette ID|FILE      catalog to search: a bundled id such as demo-ash, or a catalog file (default: all)
  --skin x,y,w,h         bare skin, in pixels of the upright photo; may be repeated
  --hair x,y,w,h         hair or stubble; may be repeated
  --avoid x,y,w,h        never measured; may be repeated
  --mask WxH:RUNS        painted areas on a grid over the photo, such as 4x3:2s.5h4a (s skin, h hair, a avoid)
  --card auto|none|classic24   classic24 refuses a photo without a usable card (default: auto)
  --card-type classic|mini|passport|nano   its size, which gives the scale in mm
  --card-corners "x,y x,y x,y x,y"   outer corners of the corner patches, where the card is not found by itself
  --white x,y            a point on a white or grey card or a sheet of paper
  --white-kind white|grey|paper   what that point lies on (default: white)
  --hair-from scalp|eyebrow|beard|smp   what the hair area shows (default: scalp); smp is earlier work to match
  --hair-colour NAME     chosen instead of measured: black, darkBrown, mediumBrown, lightBrown, red, darkBlond,
                         lightBlond, grey or white
  --fitzpatrick 1..6     as asked from the client
  --cup ML               cup size (default: 1.5)
  --drop-pigment ML      volume of one drop of pigment (assumed: 0.05)
  --drop-diluent ML      volume of one drop of sterile diluent (assumed: 0.05)
  --goal shaved|hairline|density|scar
  --session 1|2|3
  --density N            dots per cm² (default: 100)
  --diameter MM          healed dot diameter (default: 0.30)
  --strength F           studio calibration: factor on every pigment's strength
  --gap MM               studio calibration: depth of the pigment below the epidermis
  --region EU|GB|US|other   whose label statements to check (default: all on record)
  --as-of YYYY-MM-DD     day to check lots against (default: today)
  --json                 one JSON line a photo on standard output
  --annotated FILE.png   the photo with the regions drawn on it (one photo only)
  --labels FILE.png      8-bit labels: 0 other, 1 skin, 2 hair, 3 avoid (one photo only)

Exit: 0 match, 2 no good match, 3 photo refused, 4 card asked for and unusable, 64 bad usage, 1 anything else.
`;

const OPTIONS = {
  palette: { type: 'string' },
  skin: { type: 'string', multiple: true },
  hair: { type: 'string', multiple: true },
  avoid: { type: 'string', multiple: true },
  mask: { type: 'string' },
  card: { type: 'string' },
  'card-type': { type: 'string' },
  'card-corners': { type: 'string' },
  white: { type: 'string' },
  'white-kind': { type: 'string' },
  'hair-from': { type: 'string' },
  'hair-colour': { type: 'string' },
  fitzpatrick: { type: 'string' },
  cup: { type: 'string' },
  'drop-pigment': { type: 'string' },
  'drop-diluent': { type: 'string' },
  goal: { type: 'string' },
  session: { type: 'string' },
  density: { type: 'string' },
  diameter: { type: 'string' },
  strength: { type: 'string' },
  gap: { type: 'string' },
  region: { type: 'string' },
  'as-of': { type: 'string' },
  json: { type: 'boolean' },
  annotated: { type: 'string' },
  labels: { type: 'string' },
  help: { type: 'boolean' },
} as const;

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
  const { json, annotated, labels, palette, help: _, ...asked } = values;
  if (positionals.length === 0) throw new StippleError('SMP_OPTION_INVALID', 'Name a photo: stipple match PHOTO.');
  if (positionals.length > 1 && (annotated || labels)) {
    throw new StippleError('SMP_OPTION_INVALID', '--annotated and --labels take one photo at a time.');
  }
  const named = Object.fromEntries(Object.entries(asked).map(([name, value]) => [camelCase(name), value]));
  const options = parseMatchOptions(named);
  const catalogs = await catalogsFor(palette ?? 'all');
  const asOf = options.asOf ?? terminal.today();
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
      await writePictures(match, { annotated, labels });
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

async function writePictures(
  { decoded: { raster }, labels, result }: FileMatch,
  files: { annotated?: string | undefined; labels?: string | undefined },
): Promise<void> {
  if (files.labels) await writeFile(files.labels, await labelsPng(raster, labels));
  if (!files.annotated) return;
  const { skin, hair } = result.regions;
  const card = result.calibration.card?.corners ?? [];
  await writeFile(files.annotated, await annotatedPng(raster, labels, { boxes: [...skin, ...hair], card }));
}
