import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { type MatchResult, matchResultSchema } from '../app/matchResult.ts';
import { parsePreviewOptions } from '../app/previewOptions.ts';
import { previewScene } from '../app/previewScene.ts';
import { previewShade } from '../app/previewShade.ts';
import { drawPreview } from '../app/renderPreview.ts';
import { StippleError } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import type { CardType } from '../photo/card/cardScale.ts';
import { decodePhoto } from '../photo/decode/decodePhoto.ts';
import { shownPixels } from '../photo/decode/writeKeptPhoto.ts';
import { proposeRegions } from '../photo/regions/proposeRegions.ts';
import { reducePhoto } from '../photo/workingImage.ts';
import { catalogsFor } from './catalogsFor.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const PREVIEW_HELP = commandHelpTexts.preview;

const text = { type: 'string' } as const;
const OPTIONS = {
  result: text,
  out: text,
  shade: text,
  parts: text,
  palette: text,
  density: text,
  stage: text,
  session: text,
  light: text,
  treatment: text,
  mask: text,
  seed: text,
  mirror: { type: 'boolean' },
  'card-type': text,
  strength: text,
  gap: text,
  help: { type: 'boolean' },
} as const;

/** The picture's longer side at most; dots stay clearly visible and the file small. */
const SIDE_PX = 2400;
const WORKING_SIDE_PX = 1024;
const CARD_TYPES: readonly CardType[] = ['classic', 'mini', 'passport', 'nano'];

/** `stipple preview` (design/RESULT.md). */
export async function previewCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = usage(() => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }));
  if (values.help) {
    terminal.print(PREVIEW_HELP);
    return 0;
  }
  const [photo] = positionals;
  if (!photo || positionals.length > 1 || !values.result || !values.out) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.nameOnePhoto);
  }
  const { density, stage, session, light, treatment, mask, seed, parts, shade } = values;
  const options = parsePreviewOptions({
    ...{ density, stage, session, light, treatment, mask, seed, partsDiluent: parts, code: shade },
    mirror: values.mirror ? '1' : '0',
  });
  const cardType = CARD_TYPES.find((type) => type === values['card-type']);
  if (values['card-type'] && !cardType) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.cardTypeMustBeOneOf(CARD_TYPES.join(', ')));
  }
  const gapMm = values.gap === undefined ? null : positive('gap', values.gap);
  const strength = values.strength === undefined ? 1 : positive('strength', values.strength);
  const result = await readResult(values.result);
  const catalogs = await catalogsFor(values.palette ?? 'all');
  const isRecommended = result.recommendations.some(({ code }) => code === shade);
  const catalog = isRecommended
    ? undefined
    : catalogs.find(({ shades }) => shades.some(({ code }) => code === shade))?.id;
  const chosenShade = previewShade(result, { ...options, catalog }, null);
  terminal.progress('reading');
  const decoded = await decodePhoto(photo);
  const sha256 = createHash('sha256')
    .update(await readFile(photo))
    .digest('hex');
  if (sha256 !== result.input.sha256) {
    terminal.progress(null);
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.resultBelongsToAnotherPhoto);
  }
  terminal.progress('regions');
  const card = result.calibration.card?.corners as readonly [number, number][] | undefined;
  const { labels } = proposeRegions(reducePhoto(decoded.raster, WORKING_SIDE_PX), decoded.raster, card ? { card } : {});
  const pixels = await shownPixels(decoded.raster, SIDE_PX);
  const scene = previewScene(result, labels, pixels, { gapMm, cardType });
  const question = { scene, shade: chosenShade, strength, options };
  const preview = drawPreview({ ...pixels, channels: 3 }, question, catalogs, 'both');
  terminal.progress(null);
  const written: string[] = [];
  for (const { name, picture } of preview.pictures) {
    const file = name === null ? values.out : values.out.replace(/(\.png)?$/i, `-${name}.png`);
    const raw = { width: picture.widthPx, height: picture.heightPx, channels: 3 as const };
    await sharp(picture.data, { raw }).png({ compressionLevel: 6 }).toFile(file);
    written.push(file);
  }
  const { code, partsDiluent } = chosenShade;
  terminal.complain(
    commandLineTexts.wrote(written.join(commandLineTexts.and), code, partsDiluent, Math.round(preview.densityPerCm2)),
  );
  if (written.length > 1) terminal.complain(commandLineTexts.whyTwoPictures);
  for (const sentence of [...preview.sentences, scene.scale.sentence]) terminal.complain(sentence);
  return 0;
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.mustBeAboveZero(name));
}

async function readResult(file: string): Promise<MatchResult> {
  try {
    return matchResultSchema.parse(JSON.parse((await readFile(file, 'utf8')).trim().split('\n')[0]!));
  } catch (cause) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.resultUnusable(file), { cause });
  }
}
