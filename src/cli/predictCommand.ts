import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { predictShade } from '../app/predictShade.ts';
import { lab65 } from '../colour/lab65.ts';
import { StippleError } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import { preparePalette } from '../matching/preparePalette.ts';
import { OpticsInputError } from '../optics/opticsInputError.ts';
import type { Pigment } from '../optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';
import { pigmentFromData } from '../optics/pigmentFromData.ts';
import { catalogsFor } from './catalogsFor.ts';
import { optionsHelp } from './optionTable.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

const OPTIONS = {
  skin: { type: 'string', value: 'L,a,b', text: commandHelpTexts.colourOfTheBareSkin },
  shade: { type: 'string', value: 'CODE', text: commandHelpTexts.shadeOfACatalog },
  palette: { type: 'string', value: 'ID|FILE', text: commandHelpTexts.catalogToLookItUp },
  pigment: {
    type: 'string',
    value: 'FILE',
    text: 'JSON { "neatTau": 6, "shape": "carbon" or 31 numbers 400–700 nm, "scatterRatio": 0.05 }',
  },
  parts: { type: 'string', value: 'N', text: commandHelpTexts.partsOfDiluentToOnePart },
  density: { type: 'string', value: 'N', text: commandHelpTexts.predictDots(DEFAULT_APPLICATION.densityPerCm2) },
  diameter: { type: 'string', value: 'MM', text: commandHelpTexts.predictDiameter(DEFAULT_APPLICATION.diameterMm) },
  gap: { type: 'string', value: 'MM', text: commandHelpTexts.depthBelowTheEpidermisDefault },
  healed: {
    type: 'string',
    value: 'F',
    text: commandHelpTexts.shareOfThePigmentKept(DEFAULT_APPLICATION.healedFraction),
  },
  years: { type: 'string', value: 'Y', text: commandHelpTexts.yearsSinceHealingDefault },
  light: {
    type: 'string',
    value: 'D65|A|FL11|LED-B3',
    text: commandHelpTexts.lightOfColours,
  },
  json: { type: 'boolean', text: commandHelpTexts.oneJsonLineInsteadOfText },
  help: { type: 'boolean' },
} as const;

export const PREDICT_HELP = commandHelpTexts.predict(optionsHelp(OPTIONS));

const number = z.coerce.number();
const requestSchema = z.object({
  skin: z
    .string()
    .regex(/^\s*[-+.\d]+\s*,\s*[-+.\d]+\s*,\s*[-+.\d]+\s*$/, commandLineTexts.expectedLab)
    .transform((value) => value.split(',').map(Number) as [number, number, number]),
  parts: number.default(0),
  density: number.default(DEFAULT_APPLICATION.densityPerCm2),
  diameter: number.default(DEFAULT_APPLICATION.diameterMm),
  gap: number.optional(),
  healed: number.default(DEFAULT_APPLICATION.healedFraction),
  years: number.default(0),
  light: z.enum(['D65', 'A', 'FL11', 'LED-B3']).default('D65'),
});

const pigmentFileSchema = z.object({
  neatTau: z.number(),
  shape: z.union([z.literal('carbon'), z.array(z.number()).transform((values) => Float64Array.from(values))]),
  scatterRatio: z.number(),
});

/** `stipple predict` (design of the healed model, §8.5). */
export async function predictCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = usage(() => parseArgs({ args: [...args], options: OPTIONS }));
  if (values.help) {
    terminal.print(PREDICT_HELP);
    return 0;
  }
  const parsed = requestSchema.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new StippleError(
      'SMP_OPTION_INVALID',
      commandLineTexts.optionNotUsable(String(issue.path[0]), issue.message),
    );
  }
  const { skin, parts, density, diameter, gap, healed, years, light } = parsed.data;
  const pigment = await pigmentOf(values);
  const prediction = usableNumbers(() =>
    predictShade({
      skin: lab65(...skin),
      pigment,
      application: { partsDiluent: parts, densityPerCm2: density, diameterMm: diameter, healedFraction: healed, years },
      gapMm: gap,
      light,
    }),
  );
  if (values.json) {
    terminal.print(`${JSON.stringify(prediction)}\n`);
    return 0;
  }
  const lab = (triple: readonly number[]) => triple.map((value) => value.toFixed(1)).join(' ');
  terminal.print(
    [
      commandLineTexts.bareSkin(lab(prediction.bare.lab)),
      commandLineTexts.treatedArea(lab(prediction.area.lab), density, diameter, (100 * prediction.coverage).toFixed(1)),
      commandLineTexts.oneDot(lab(prediction.dot.lab)),
      commandLineTexts.closedLayer(lab(prediction.solid.lab)),
      commandLineTexts.dotContrast(prediction.contrast),
      commandLineTexts.metamerism(prediction.metamerism ?? commandLineTexts.notDefined),
      '',
    ].join('\n'),
  );
  return 0;
}

function usableNumbers<T>(compute: () => T): T {
  try {
    return compute();
  } catch (cause) {
    if (cause instanceof OpticsInputError) throw new StippleError('SMP_OPTION_INVALID', cause.message, { cause });
    throw cause;
  }
}

async function pigmentOf(values: { shade?: string; palette?: string; pigment?: string }): Promise<Pigment> {
  if ((values.shade === undefined) === (values.pigment === undefined)) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.nameThePigment);
  }
  if (values.pigment !== undefined) return pigmentFromFile(values.pigment);
  const prepared = (await catalogsFor(values.palette ?? 'all')).flatMap(preparePalette);
  const found = prepared.find(({ shade }) => shade.code === values.shade);
  if (!found) throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.noCatalogHasShade(values.shade!));
  return found.pigment;
}

async function pigmentFromFile(file: string): Promise<Pigment> {
  try {
    const known = pigmentFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    return usableNumbers(() => pigmentFromData({ known, readings: [] }));
  } catch (cause) {
    if (cause instanceof StippleError) throw cause;
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.pigmentFileUnusable(file), { cause });
  }
}
