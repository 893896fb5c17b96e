import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { predictShade } from '../app/predictShade.ts';
import { lab65 } from '../colour/lab65.ts';
import { StippleError } from '../errors.ts';
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
  skin: { type: 'string', value: 'L,a,b', text: 'colour of the bare skin' },
  shade: { type: 'string', value: 'CODE', text: 'a shade of a catalog' },
  palette: { type: 'string', value: 'ID|FILE', text: 'the catalog to look it up in (default: all)' },
  pigment: {
    type: 'string',
    value: 'FILE',
    text: 'JSON { "neatTau": 6, "shape": "carbon" or 31 numbers 400–700 nm, "scatterRatio": 0.05 }',
  },
  parts: { type: 'string', value: 'N', text: 'parts of diluent to one part of pigment' },
  density: { type: 'string', value: 'N', text: `dots per cm² (default: ${DEFAULT_APPLICATION.densityPerCm2})` },
  diameter: { type: 'string', value: 'MM', text: `healed dot diameter (default: ${DEFAULT_APPLICATION.diameterMm})` },
  gap: { type: 'string', value: 'MM', text: 'depth below the epidermis (default: 0.05)' },
  healed: {
    type: 'string',
    value: 'F',
    text: `share of the pigment kept, 1 is fresh (default: ${DEFAULT_APPLICATION.healedFraction})`,
  },
  years: { type: 'string', value: 'Y', text: 'years since healing (default: 0)' },
  light: {
    type: 'string',
    value: 'D65|A|FL11|LED-B3',
    text: `light the colours are seen in, with that light's own white (default: D65)`,
  },
  json: { type: 'boolean', text: 'one JSON line instead of text' },
  help: { type: 'boolean' },
} as const;

export const PREDICT_HELP = `stipple predict --skin L,a,b (--shade CODE | --pigment FILE) --parts N [options]

How a pigment looks once healed on a skin (CIELAB D65/2°).

${optionsHelp(OPTIONS)}
`;

const number = z.coerce.number();
const requestSchema = z.object({
  skin: z
    .string()
    .regex(/^\s*[-+.\d]+\s*,\s*[-+.\d]+\s*,\s*[-+.\d]+\s*$/, 'expected L,a,b')
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
    throw new StippleError('SMP_OPTION_INVALID', `--${String(issue.path[0])} is not usable: ${issue.message}.`);
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
      `Bare skin        ${lab(prediction.bare.lab)}`,
      `Treated area     ${lab(prediction.area.lab)}  (${density} dots/cm² of ${diameter} mm cover ${(100 * prediction.coverage).toFixed(1)} %)`,
      `One dot          ${lab(prediction.dot.lab)}`,
      `Closed layer     ${lab(prediction.solid.lab)}`,
      `Dot contrast     ${prediction.contrast}`,
      `Metamerism       ${prediction.metamerism ?? 'not defined'}`,
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
    throw new StippleError('SMP_OPTION_INVALID', 'Name the pigment with either --shade CODE or --pigment FILE.');
  }
  if (values.pigment !== undefined) return pigmentFromFile(values.pigment);
  const prepared = (await catalogsFor(values.palette ?? 'all')).flatMap(preparePalette);
  const found = prepared.find(({ shade }) => shade.code === values.shade);
  if (!found) throw new StippleError('SMP_OPTION_INVALID', `No catalog has a shade "${values.shade}".`);
  return found.pigment;
}

async function pigmentFromFile(file: string): Promise<Pigment> {
  try {
    const known = pigmentFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    return usableNumbers(() => pigmentFromData({ known, readings: [] }));
  } catch (cause) {
    if (cause instanceof StippleError) throw cause;
    throw new StippleError(
      'SMP_OPTION_INVALID',
      `The pigment file ${file} cannot be used. It must be JSON with neatTau, shape and scatterRatio (see stipple help predict).`,
      { cause },
    );
  }
}
