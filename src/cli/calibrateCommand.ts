import { parseArgs } from 'node:util';
import { StippleError } from '../errors.ts';
import { calibrateCard } from '../photo/calibration/calibrateCard.ts';
import { detectCard } from '../photo/card/detectCard.ts';
import { PATCH_NAMES } from '../photo/card/patchNames.ts';
import { decodePhoto } from '../photo/decode/decodePhoto.ts';
import { CARD_REFERENCE_OPTIONS, readCardOption } from './cardOption.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const CALIBRATE_HELP = `stipple calibrate-check PHOTO [--json] [--card-reference FILE [--card-illuminant D50] [--card-observer 2]]

Finds the 24-patch colour card and prints CIEDE2000 of every patch as photographed, after correction, and when it is
predicted from the other patches, which is what the photo's own skin can expect. The file of a card of your own may be
CSV, CGATS or CxF with its 24 patches; illuminant and observer of Lab values are asked where it does not say them.
Exit: 0 usable card, 4 no usable card, 3 photo refused, 64 bad usage.
`;

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
    throw new StippleError('SMP_OPTION_INVALID', 'Expected one photo: stipple calibrate-check PHOTO.');
  }
  const reference = await readCardOption(values);
  const { raster } = await decodePhoto(path);
  const detection = detectCard(raster);
  if (!detection.found) throw new StippleError('SMP_CARD_UNUSABLE', detection.message);
  const diagonalPx = Math.hypot(raster.widthPx, raster.heightPx);
  const calibration = calibrateCard(detection.card.patches, { diagonalPx, ...(reference ? { reference } : {}) });
  if (!calibration) {
    throw new StippleError(
      'SMP_CARD_UNUSABLE',
      'Too many patches of the card are covered, in glare or dirty. Clean it and retake.',
    );
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
      `Card found, turned by ${summary.rotationQuarterTurns} quarter turns; edition ${summary.edition}, ${calibration.patchesUsed} of 24 patches used.`,
      'Patch                    before   after left out',
      ...patches.map(
        (p) =>
          `${String(p.patch).padStart(2)} ${p.name.padEnd(18)}${cell(p.deltaE00Before)}${cell(p.deltaE00After)}${cell(p.deltaE00LeftOut)}`,
      ),
      ...summary.rejected.map(
        ({ patch, why }) => `${String(patch).padStart(2)} ${PATCH_NAMES[patch - 1]!.padEnd(18)} not used: ${why}`,
      ),
      `Mean ΔE00 before ${summary.deltaE00Before}, predicted from the others ${summary.deltaE00After}; skin patches ${summary.skinDeltaE00}.`,
      '',
    ].join('\n'),
  );
  return 0;
}
