import { adaptLabToLab65 } from '../colour/adaptBradford.ts';
import { deltaE00 } from '../colour/deltaE00.ts';
import { type Illuminant, spectrumToLab } from '../colour/integrateSpectrum.ts';
import { type Lab65, lab65 } from '../colour/lab65.ts';
import { lab65ToXyz } from '../colour/xyzLab.ts';
import { catalogProblemsTexts } from '../language/texts/catalogProblems.ts';
import { type CatalogIlluminant, measurementToLab65, needsSpectrum, WHITE_2_DEGREE } from './measurementToLab65.ts';
import { errorAt, type Problem, warningAt } from './problem.ts';
import type { Measurement, Shade } from './shade.ts';

/** Spectrum and Lab of one reading agree within instrument noise and table differences. */
const AGREEMENT_DELTA_E00 = 0.5;
/** Beyond this chroma a scalp pigment is more likely a typing error than a colour. */
const UNUSUAL_CHROMA = 60;
/** A thinner mix may read this much darker before it counts: repeatability of a drawdown. */
const LADDER_TOLERANCE_L = 0.3;

/** Illuminants whose spectral power is at hand. */
const TABULATED: Partial<Record<CatalogIlluminant, Illuminant>> = {
  D65: 'D65',
  D50: 'D50',
  A: 'A',
  F2: 'FL2',
  F11: 'FL11',
};

/** A Lab under these says little about daylight: brown adapted from F2 comes out 7 ΔE00 off, from A up to 3. */
const FAR_FROM_DAYLIGHT: ReadonlySet<CatalogIlluminant> = new Set(['A', 'F2', 'F11']);

type Path = (string | number)[];
/** Each spectrum of a shade is integrated once. */
type LabOf = (measurement: Measurement) => Lab65;

function conditionsText(m: Measurement): string {
  return `${m.illuminant}/${m.observer}°, ${m.geometry}`;
}

/** No reflecting surface has negative tristimulus values or more than its illuminant. */
function outsideSurfaceColours(measurement: Measurement): boolean {
  if (measurement.lab === undefined || measurement.observer === '10') return false;
  const white = WHITE_2_DEGREE.D65;
  const adapted = adaptLabToLab65(measurement.lab, WHITE_2_DEGREE[measurement.illuminant]);
  return lab65ToXyz(adapted).some((value, channel) => value < -0.002 || value > 1.02 * white[channel as 0 | 1 | 2]);
}

/** Distance between the stated Lab and the spectrum under `illuminant`, both relative to that illuminant's white. */
function disagreement(measurement: Measurement, illuminant: CatalogIlluminant): number {
  const integrated = spectrumToLab(Float64Array.from(measurement.spectrum!), TABULATED[illuminant]!);
  return deltaE00(lab65(...measurement.lab!), lab65(...integrated));
}

function agreementProblems(measurement: Measurement, path: Path): Problem[] {
  const { lab, spectrum, illuminant, observer } = measurement;
  if (lab === undefined || spectrum === undefined || observer === '10' || TABULATED[illuminant] === undefined)
    return [];
  const distance = disagreement(measurement, illuminant);
  if (distance <= AGREEMENT_DELTA_E00) return [];
  const other = (Object.keys(TABULATED) as CatalogIlluminant[])
    .map((name) => ({ name, distance: disagreement(measurement, name) }))
    .reduce((best, next) => (next.distance < best.distance ? next : best));
  return [
    warningAt(
      [...path, 'lab'],
      catalogProblemsTexts.labAndSpectrumApart(distance.toFixed(1), illuminant),
      catalogProblemsTexts.atMost(AGREEMENT_DELTA_E00),
      other.distance > AGREEMENT_DELTA_E00
        ? catalogProblemsTexts.checkWhichBelongs
        : catalogProblemsTexts.labFits(other.name),
    ),
  ];
}

function measurementProblems(measurement: Measurement, path: Path, labOf: LabOf): Problem[] {
  if (needsSpectrum(measurement)) {
    return [
      errorAt(
        [...path, 'observer'],
        catalogProblemsTexts.labForThe10ObserverWithout,
        catalogProblemsTexts.labForThe2Observer,
        catalogProblemsTexts.export2ValuesOrTheSpectrum,
      ),
    ];
  }
  if (outsideSurfaceColours(measurement)) {
    return [
      errorAt(
        [...path, 'lab'],
        measurement.lab!.join(', '),
        catalogProblemsTexts.colourThatASurfaceCan,
        catalogProblemsTexts.checkTheThreeNumbersAndTheir,
      ),
    ];
  }
  const problems = agreementProblems(measurement, path);
  if (measurement.spectrum === undefined && FAR_FROM_DAYLIGHT.has(measurement.illuminant)) {
    problems.push(
      warningAt(
        [...path, 'illuminant'],
        catalogProblemsTexts.labUnderWithoutASpectrum(measurement.illuminant),
        catalogProblemsTexts.labUnderD65OrD50,
        catalogProblemsTexts.exportDaylightValues,
      ),
    );
  }
  const [, a, b] = labOf(measurement);
  if (Math.hypot(a, b) > UNUSUAL_CHROMA) {
    problems.push(
      warningAt(
        [...path, 'lab'],
        catalogProblemsTexts.chroma(Math.hypot(a, b).toFixed(0)),
        catalogProblemsTexts.atMostForScalpPigment(UNUSUAL_CHROMA),
        catalogProblemsTexts.checkAAndB,
      ),
    );
  }
  return problems;
}

/** Two steps of a ladder compare only when they were read in the same way. */
function comparable(one: Measurement, other: Measurement): boolean {
  return one.geometry === other.geometry && one.substrate === other.substrate && one.filmUm === other.filmUm;
}

function ladderProblems(shade: Shade, path: Path, labOf: LabOf): Problem[] {
  const steps = [
    { parts: 0, measurement: shade.masstone, path: [...path, 'masstone'] },
    ...shade.letDowns.map((step, index) => ({
      parts: step.partsDiluent,
      measurement: step.measurement,
      path: [...path, 'letDowns', index],
    })),
  ].sort((one, other) => one.parts - other.parts);
  return steps.slice(1).flatMap((step, index) => {
    const stronger = steps[index]!;
    if (step.parts === stronger.parts) {
      return [
        errorAt(
          step.path,
          catalogProblemsTexts.partsTwice(step.parts),
          catalogProblemsTexts.eachDilutionOnce,
          catalogProblemsTexts.removeOneOfTheTwo,
        ),
      ];
    }
    if (!comparable(stronger.measurement, step.measurement)) {
      // A masstone is often read as an opaque layer; only the let-downs must be alike.
      if (index === 0) return [];
      return [
        warningAt(
          step.path,
          `${conditionsText(step.measurement)} on ${step.measurement.substrate}`,
          catalogProblemsTexts.asTheStepBefore(conditionsText(stronger.measurement), stronger.measurement.substrate),
          catalogProblemsTexts.measureTheWholeLadderInOne,
        ),
      ];
    }
    const lighter = labOf(step.measurement)[0] - labOf(stronger.measurement)[0];
    if (lighter >= -LADDER_TOLERANCE_L) return [];
    return [
      warningAt(
        step.path,
        catalogProblemsTexts.darkerThanAtParts((-lighter).toFixed(1), stronger.parts),
        catalogProblemsTexts.lighterColourWhenThinned,
        catalogProblemsTexts.checkWhetherTwoRowsWereExchanged,
      ),
    ];
  });
}

/** Whether the measured colours of a shade can be right: possible, consistent and thinning like a dilution. */
export function checkColourRules(shade: Shade, at: number): Problem[] {
  const path: Path = ['shades', at];
  const all: [Measurement, Path][] = [
    [shade.masstone, [...path, 'masstone']],
    ...shade.letDowns.map((step, index): [Measurement, Path] => [
      step.measurement,
      [...path, 'letDowns', index, 'measurement'],
    ]),
  ];
  const known = new Map<Measurement, Lab65>();
  const labOf: LabOf = (measurement) => {
    const lab = known.get(measurement) ?? measurementToLab65(measurement);
    known.set(measurement, lab);
    return lab;
  };
  const problems = all.flatMap(([measurement, place]) => measurementProblems(measurement, place, labOf));
  if (problems.some((problem) => problem.level === 'error')) return problems;
  return [...problems, ...ladderProblems(shade, path, labOf)];
}
