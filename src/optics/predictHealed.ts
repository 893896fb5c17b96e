import type { Lab65 } from '../colour/lab65.ts';
import type { Spectrum } from '../colour/spectrum.ts';
import { type Xyz, xyzToLab65 } from '../colour/xyzLab.ts';
import { type ClientTable, pigmentedRatio } from './clientTable.ts';
import { shadowAtCentre } from './dotPeak.ts';
import { dotChordMm, dotCoverage, spreadAbsorption } from './dots.ts';
import type { Application, Pigment } from './pigment.ts';
import { type Dose, doseOf } from './pigmentDose.ts';

export interface HealedPrediction {
  /** Mean colour of the treated skin, as seen from a distance. */
  readonly area: Lab65;
  /** Colour at the centre of one dot, blurred by the skin above it. */
  readonly dot: Lab65;
  /** Colour of a closed layer of the same pigment: the darkest it could look. */
  readonly solid: Lab65;
  /** Reflectance of the treated over the bare skin, 31 values. */
  readonly areaRatio: Spectrum;
  /** Share of the skin's area under dots. */
  readonly coverage: number;
  /** How much darker a dot's centre is than bare skin: 1 − Y_dot/Y_skin, 0 invisible, 1 black. */
  readonly contrast: number;
}

type LayerAbsorption = (wavelength: number, absorption: number) => number;

/** Ratio pigmented/bare with the pigment's scattering kept in proportion to its absorption. */
function ratioAt(table: ClientTable, dose: Dose, wavelength: number, absorption: number): number {
  return pigmentedRatio(table, wavelength, absorption, absorption * dose.scatteringPerAbsorption[wavelength]!);
}

/** XYZ (D65/2°) of the client's skin with its reflectance multiplied by `ratio` at each wavelength. */
export function weighOnSkin({ weights }: ClientTable, ratio: (wavelength: number) => number): Xyz {
  let X = 0;
  let Y = 0;
  let Z = 0;
  for (let i = 0; i < weights.x.length; i++) {
    const value = ratio(i);
    X += weights.x[i]! * value;
    Y += weights.y[i]! * value;
    Z += weights.z[i]! * value;
  }
  return [X, Y, Z];
}

function colourOf(table: ClientTable, dose: Dose, layer: LayerAbsorption): Xyz {
  return weighOnSkin(table, (i) => ratioAt(table, dose, i, layer(i, dose.absorption[i]!)));
}

/** How dots act as an even layer. */
function areaLayer(dose: Dose): { coverage: number; layer: LayerAbsorption } {
  const coverage = dotCoverage(dose.densityPerCm2, dose.diameterMm);
  const chord = dotChordMm(coverage, dose.diameterMm);
  return { coverage, layer: (_, absorption) => spreadAbsorption(absorption, coverage, chord) };
}

/** The healed area's colour alone: what a dilution solver asks for thousands of times. */
export function predictAreaLab(table: ClientTable, pigment: Pigment, application: Application): Lab65 {
  const dose = doseOf(pigment, application);
  return xyzToLab65(colourOf(table, dose, areaLayer(dose).layer));
}

/**
 * How a pigment looks on this client once it is set, thinned and healed as `application` says.
 * @throws OpticsInputError naming the number of the application that cannot be
 */
export function predictHealed(table: ClientTable, pigment: Pigment, application: Application): HealedPrediction {
  const dose = doseOf(pigment, application);
  const { coverage, layer } = areaLayer(dose);
  const areaRatio = dose.absorption.map((absorption, i) => ratioAt(table, dose, i, layer(i, absorption)));
  const { diameterMm, densityPerCm2 } = dose;
  const chord = dotChordMm(coverage, diameterMm);
  const shadow = shadowAtCentre(table.exitRadiusMm, table.gapMm, { diameterMm, densityPerCm2, coverage });
  const dot = colourOf(table, dose, (i, absorption) => spreadAbsorption(absorption, shadow[i]!, chord));
  const bareY = table.weights.y.reduce((total, weight) => total + weight, 0);
  return {
    area: xyzToLab65(weighOnSkin(table, (i) => areaRatio[i]!)),
    dot: xyzToLab65(dot),
    solid: xyzToLab65(colourOf(table, dose, (_, absorption) => absorption)),
    areaRatio,
    coverage,
    contrast: 1 - dot[1] / bareY,
  };
}
