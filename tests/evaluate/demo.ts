import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { matchPhotoFile } from '../../src/app/matchPhotoFile.ts';
import type { MeasuredArea, Measurement } from '../../src/app/measurePhoto.ts';
import { recommendShades } from '../../src/app/recommendShades.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { type LabCovariance, lab65 } from '../../src/colour/lab65.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import type { EvaluationSection } from './section.ts';

const AS_OF = '2026-11-22';
const KNOWN: LabCovariance = [0.01, 0, 0, 0, 0.01, 0, 0, 0, 0.01];
const MOST_SKIN_DELTA_E00 = 3;

type Triple = [number, number, number];
interface DemoTruth {
  readonly skinLab: Triple;
  readonly apparentStubbleLab: Triple;
  readonly pigmentedFibreLab: Triple;
  readonly greyPercent: number;
}

const known = (lab: Triple): MeasuredArea => ({ lab: lab65(...lab), covariance: KNOWN, pixels: 1 });

/** The measurement that a perfect photo of the demo scene would give. */
function perfectMeasurement(found: Measurement, truth: DemoTruth): Measurement {
  return {
    ...found,
    quality: [],
    skin: known(truth.skinLab),
    hair: {
      ...found.hair,
      kind: 'stubble',
      apparent: known(truth.apparentStubbleLab),
      fibre: known(truth.pigmentedFibreLab),
      greyPercent: truth.greyPercent,
    },
  };
}

/** The shipped demo: its recommendation against the one that its known truth leads to. */
export const demoSection: EvaluationSection = {
  name: 'demo',
  async run() {
    const folder = join(projectRoot, 'public/demo');
    const { truth } = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as { truth: DemoTruth };
    const catalogs = (await loadPalettes(join(projectRoot, 'palettes'))).filter(({ id }) => id === 'demo-ash');
    const options = parseMatchOptions({ palette: 'demo-ash' });
    const request = { options, catalogs, asOf: AS_OF };
    const { result, measurement } = await matchPhotoFile(join(folder, 'scalp-with-card.jpg'), request);
    const wanted = recommendShades(perfectMeasurement(measurement, truth), options, catalogs, AS_OF);
    const [top, best] = [result.recommendations[0], wanted.recommendations[0]];
    const skinError = result.skin ? deltaE00(lab65(...result.skin.lab), lab65(...truth.skinLab)) : Number.NaN;
    const targetError = result.target
      ? deltaE00(lab65(...result.target.lab), lab65(...wanted.target!.lab))
      : Number.NaN;
    const describe = (r: typeof top) => (r ? `${r.code} at ${r.dilution.partsDiluent}:1 (ΔE00 ${r.deltaE00})` : 'none');
    const failures: string[] = [];
    if (top?.code !== best?.code)
      failures.push(`recommends ${describe(top)} where its truth predicts ${describe(best)}`);
    if (!(skinError <= MOST_SKIN_DELTA_E00)) failures.push(`skin is ${skinError.toFixed(2)} ΔE00 from the truth`);
    if (result.calibration.method !== 'card') failures.push('the colour card was not used');
    return {
      lines: [
        `recommended    ${describe(top)}; outcome ${result.outcome}, confidence ${result.confidence.level}`,
        `from the truth ${describe(best)}`,
        `skin error ${skinError.toFixed(2)} ΔE00, target error ${targetError.toFixed(2)} ΔE00, card ${result.calibration.card?.deltaE00Before} -> ${result.calibration.card?.deltaE00After} ΔE00`,
      ],
      failures,
    };
  },
};
