import { adjustSpectrumToLab65 } from '../colour/adjustSpectrum.ts';
import { type Illuminant, spectrumToLab } from '../colour/integrateSpectrum.ts';
import type { Lab65 } from '../colour/lab65.ts';
import { buildClientTable } from '../optics/clientTable.ts';
import { metamerismIndex } from '../optics/metamerism.ts';
import type { Application, Pigment } from '../optics/pigment.ts';
import { predictHealed } from '../optics/predictHealed.ts';

export interface PredictionRequest {
  readonly skin: Lab65;
  readonly pigment: Pigment;
  readonly application: Application;
  /** Depth of the pigment below the epidermis; the model's default without it. */
  readonly gapMm?: number | undefined;
  readonly light: Illuminant;
}

const round = (values: ArrayLike<number>, digits: number): number[] =>
  Array.from(values, (value) => Number(value.toFixed(digits)));

/**
 * How a pigment looks healed on a skin, as `stipple predict` prints it. Lab is under `light` with that light's own white;
 * spectra are reflectances at 400–700 nm. `metamerism` compares the treated area with untreated skin darkened to the same
 * D65 colour under tungsten, tube and LED.
 * @throws OpticsInputError naming what cannot be
 */
export function predictShade({ skin, pigment, application, gapMm, light }: PredictionRequest) {
  const table = buildClientTable(skin, gapMm === undefined ? {} : { gapMm });
  const { area, dot, solid, areaRatio, coverage, contrast } = predictHealed(table, pigment, application);
  const spectrum = table.bare.map((value, i) => value * areaRatio[i]!);
  const inLight = (reflectance: Float64Array, d65: Lab65): readonly number[] =>
    light === 'D65' ? d65 : spectrumToLab(reflectance, light);
  const plain = adjustSpectrumToLab65(table.bare, area);
  const metamerism = plain && metamerismIndex(spectrum, plain);
  return {
    light,
    basis: pigment.basis,
    bare: { lab: round(inLight(table.bare, skin), 3), spectrum: round(table.bare, 5) },
    solid: { lab: round(solid, 3) },
    dot: { lab: round(dot, 3) },
    area: { lab: round(inLight(spectrum, area), 3), spectrum: round(spectrum, 5), ratio: round(areaRatio, 5) },
    coverage: Number(coverage.toFixed(5)),
    contrast: Number(contrast.toFixed(4)),
    metamerism: metamerism === null ? null : Number(metamerism.toFixed(3)),
  };
}
