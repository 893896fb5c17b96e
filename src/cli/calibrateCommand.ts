import { parseArgs } from 'node:util';
import { StippleError } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import { calibrateCard } from '../photo/calibration/calibrateCard.ts';
import { detectCard } from '../photo/card/detectCard.ts';
import { PATCH_NAMES } from '../photo/card/patchNames.ts';
import { decodePhoto } from '../photo/decode/decodePhoto.ts';
import { CARD_REFERENCE_OPTIONS, readCardOption } from './cardOption.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const CALIBRATE_HELP = commandHelpTexts.calibrateCheck;

const round = (value: number) => Number(value.toFixed(2));

/** `stipple calibrate-check`. */
export async function calibrateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = usage(() =>
    parseArgs({
      args: [...args],
      options: { ...CARD_REFERENCE_OPTIONS, json: { type: 'boolean' }, help: { type: 'boolean' } },
      allowPositionals: true,
    }),
  );
  if (values.help) {
    terminal.print(CALIBRATE_HELP);
    return 0;
  }
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.expectedOnePhoto);
  }
  const reference = await readCardOption(values);
  const { raster } = await decodePhoto(path);
  const detection = detectCard(raster);
  if (!detection.found) throw new StippleError('SMP_CARD_UNUSABLE', detection.message);
  const diagonalPx = Math.hypot(raster.widthPx, raster.heightPx);
  const calibration = calibrateCard(detection.card.patches, { diagonalPx, ...(reference ? { reference } : {}) });
  if (!calibration) {
    throw new StippleError('SMP_CARD_UNUSABLE', commandLineTexts.cardUnusable);
  }
  const patches = calibration.perPatch.map(({ patch, before, after, leftOut }) => ({
    patch: patch + 1,
    name: PATCH_NAMES[patch]!,
    deltaE00Before: round(before),
    deltaE00After: round(after),
    deltaE00LeftOut: round(leftOut),
  }));
  const summary = {
    corners: detection.card.corners.map((corner) => corner.map(round)),
    rotationQuarterTurns: detection.card.rotationQuarterTurns,
    edition: calibration.edition,
    model: calibration.model,
    deltaE00Before: round(calibration.deltaE00Before),
    deltaE00After: round(calibration.deltaE00After),
    skinDeltaE00: round(calibration.looSkinDeltaE00),
    expectedDeltaE00: round(calibration.expectedDeltaE00),
    patchesUsed: calibration.patchesUsed,
    rejected: calibration.rejected.map(({ patch, why }) => ({ patch: patch + 1, why })),
    patches,
  };
  if (values.json) {
    terminal.print(`${JSON.stringify(summary)}\n`);
    return 0;
  }
  const cell = (value: number) => value.toFixed(2).padStart(8);
  terminal.print(
    [
      commandLineTexts.cardFound(summary.rotationQuarterTurns, summary.edition, calibration.patchesUsed),
      commandLineTexts.patchHeader,
      ...patches.map(
        (p) =>
          `${String(p.patch).padStart(2)} ${p.name.padEnd(18)}${cell(p.deltaE00Before)}${cell(p.deltaE00After)}${cell(p.deltaE00LeftOut)}`,
      ),
      ...summary.rejected.map(({ patch, why }) =>
        commandLineTexts.notUsed(String(patch).padStart(2), PATCH_NAMES[patch - 1]!.padEnd(18), why),
      ),
      commandLineTexts.meanErrors(summary.deltaE00Before, summary.deltaE00After, summary.skinDeltaE00),
      '',
    ].join('\n'),
  );
  return 0;
}
