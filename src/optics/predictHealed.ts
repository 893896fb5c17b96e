import type { Lab65 } from '../colour/lab65.ts';
import type { Spectrum } from '../colour/spectrum.ts';
import { type Xyz, xyzToLab65 } from '../colour/xyzLab.ts';
import { type ClientTable, pigmentedRatio } from './clientTable.ts';
import { dotFieldOn } from './dotField.ts';
import { spreadAbsorption } from './dots.ts';
import type { Application, Pigment } from './pigment.ts';
import { blankDose, type Dose, doseOf } from './pigmentDose.ts';

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

/** Of the prediction at work: thousands are asked for one after the other. */
const spectra = blankDose();
const areaRatios = new Float64Array(spectra.absorption.length);

/** Ratios of area, dot and closed layer. */
type Ratios = [Float64Array, Float64Array, Float64Array];

/** Ratio pigmented/bare with the pigment's scattering kept in proportion to its absorption. */
function ratioAt(table: ClientTable, dose: Dose, wavelength: number, absorption: number): number {
  return pigmentedRatio(table, wavelength, absorption, absorption * dose.scatteringPerAbsorption[wavelength]!);
}

/** XYZ (D65/2°) of the client's skin with its reflectance multiplied by `ratio` at each wavelength. */
export function weighOnSkin({ weights }: ClientTable, ratio: Spectrum): Xyz {
  let X = 0;
  let Y = 0;
  let Z = 0;
  for (let i = 0; i < weights.x.length; i++) {
    const value = ratio[i]!;
    X += weights.x[i]! * value;
    Y += weights.y[i]! * value;
    Z += weights.z[i]! * value;
  }
  return [X, Y, Z];
}

/**
 * Reflectance of the healed area over that of the bare skin, 31 values.
 * @param into a spectrum that is no longer needed
 */
export function predictAreaRatio(
  table: ClientTable,
  pigment: Pigment,
  application: Application,
  into: Spectrum = new Float64Array(table.bare.length),
): Spectrum {
  const dose = doseOf(pigment, application, spectra);
  const { coverage, chordMm } = dotFieldOn(table, dose);
  for (let i = 0; i < into.length; i++) {
    into[i] = ratioAt(table, dose, i, spreadAbsorption(dose.absorption[i]!, coverage, chordMm));
  }
  return into;
}

/** The healed area's colour alone. */
export function predictAreaLab(table: ClientTable, pigment: Pigment, application: Application): Lab65 {
  return xyzToLab65(weighOnSkin(table, predictAreaRatio(table, pigment, application, areaRatios)));
}

/** Area and dot without what only a shown prediction needs: what a dilution solver asks for thousands of times. */
export function predictAreaAndDot(
  table: ClientTable,
  pigment: Pigment,
  application: Application,
): { readonly area: Lab65; readonly dot: Lab65 } {
  const dose = doseOf(pigment, application, spectra);
  const { coverage, chordMm, shadow } = dotFieldOn(table, dose);
  const { x, y, z } = table.weights;
  let areaX = 0;
  let areaY = 0;
  let areaZ = 0;
  let dotX = 0;
  let dotY = 0;
  let dotZ = 0;
  for (let i = 0; i < x.length; i++) {
    const absorption = dose.absorption[i]!;
    const area = ratioAt(table, dose, i, spreadAbsorption(absorption, coverage, chordMm));
    const dot = ratioAt(table, dose, i, spreadAbsorption(absorption, shadow[i]!, chordMm));
    areaX += x[i]! * area;
    areaY += y[i]! * area;
    areaZ += z[i]! * area;
    dotX += x[i]! * dot;
    dotY += y[i]! * dot;
    dotZ += z[i]! * dot;
  }
  return { area: xyzToLab65([areaX, areaY, areaZ]), dot: xyzToLab65([dotX, dotY, dotZ]) };
}

/**
 * How a pigment looks on this client once it is set, thinned and healed as `application` says.
 * @throws OpticsInputError naming the number of the application that cannot be
 */
export function predictHealed(table: ClientTable, pigment: Pigment, application: Application): HealedPrediction {
  const dose = doseOf(pigment, application, spectra);
  const { coverage, chordMm, shadow } = dotFieldOn(table, dose);
  const [areaRatio, dotRatio, solidRatio] = [0, 1, 2].map(() => new Float64Array(shadow.length)) as Ratios;
  let bareY = 0;
  for (let i = 0; i < shadow.length; i++) {
    const absorption = dose.absorption[i]!;
    areaRatio[i] = ratioAt(table, dose, i, spreadAbsorption(absorption, coverage, chordMm));
    dotRatio[i] = ratioAt(table, dose, i, spreadAbsorption(absorption, shadow[i]!, chordMm));
    solidRatio[i] = ratioAt(table, dose, i, absorption);
    bareY += table.weights.y[i]!;
  }
  const dot = weighOnSkin(table, dotRatio);
  return {
    area: xyzToLab65(weighOnSkin(table, areaRatio)),
    dot: xyzToLab65(dot),
    solid: xyzToLab65(weighOnSkin(table, solidRatio)),
    areaRatio,
    coverage,
    contrast: 1 - dot[1] / bareY,
  };
}
