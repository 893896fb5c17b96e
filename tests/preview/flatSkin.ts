import { type Lab65, lab65 } from '../../src/colour/lab65.ts';
import { linearToSrgb8, SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import { type LinearRgb, lab65ToLinearSrgb, linearSrgbToLab65 } from '../../src/colour/xyzLab.ts';
import type { LabelMask } from '../../src/masks/label.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import { CARBON_SHAPE } from '../../src/optics/pigmentShapes.ts';
import type { Picture } from '../../src/preview/picture.ts';
import type { PreviewPhoto, PreviewRequest } from '../../src/preview/previewer.ts';
import { AUTO_AREA } from '../../src/preview/treatedArea.ts';

export const BLACK: Pigment = {
  neatTau: 6,
  shape: CARBON_SHAPE,
  scatterRatio: 0.05,
  basis: 'spectral',
  sigmaLogTau: 0.25,
};

export const PLAIN: PreviewRequest = {
  pigment: BLACK,
  partsDiluent: 4,
  stage: 'healed',
  density: 'medium',
  session: 3,
  light: 'd65',
  treatment: 'shaved',
  area: AUTO_AREA,
  seed: 1,
  mirror: false,
};

export interface FlatSkin {
  readonly photo: PreviewPhoto;
  /** The colour that 8 bits make of the skin. */
  readonly skin: Lab65;
}

/** A square of even skin. `labelOf` says what each cell of a grid of 40 × 40 is; all skin without it. */
export function flatSkin(
  lab: readonly [number, number, number],
  sidePx: number,
  pxPerMm: number,
  labelOf?: (column: number, row: number) => number,
): FlatSkin {
  const codes = lab65ToLinearSrgb(lab65(...lab)).map(linearToSrgb8);
  const data = new Uint8ClampedArray(3 * sidePx * sidePx);
  for (let i = 0; i < data.length; i++) data[i] = codes[i % 3]!;
  const skin = linearSrgbToLab65(codes.map((code) => SRGB8_TO_LINEAR[code]!) as unknown as LinearRgb);
  const regions: LabelMask | null = labelOf
    ? {
        widthPx: 40,
        heightPx: 40,
        labels: Uint8Array.from({ length: 1600 }, (_, i) => labelOf(i % 40, Math.floor(i / 40))),
      }
    : null;
  const picture: Picture = { widthPx: sidePx, heightPx: sidePx, channels: 3, data };
  return {
    skin,
    photo: {
      picture,
      regions,
      pxPerMm,
      table: buildClientTable(skin),
      hand: { densityPerCm2: 100, diameterMm: 0.3 },
    },
  };
}

/** Mean colour in linear light of the rows above `bottom`. */
export function meanLab({ widthPx, data }: Picture, bottom: number): Lab65 {
  const sum: [number, number, number] = [0, 0, 0];
  const pixels = widthPx * bottom;
  for (let i = 0; i < 3 * pixels; i++) sum[i % 3]! += SRGB8_TO_LINEAR[data[i]!]! / pixels;
  return linearSrgbToLab65(sum);
}
