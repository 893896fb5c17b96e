import { type Lab65, lab65 } from '../../../src/colour/lab65.ts';
import { linearToSrgb8, SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import { lab65ToLinearSrgb } from '../../../src/colour/xyzLab.ts';
import type { RasterPhoto } from '../../../src/photo/rasterPhoto.ts';

export const PAINT = {
  fairSkin: lab65(68, 13, 17),
  darkSkin: lab65(34, 11, 13),
  blackHair: lab65(14, 1, 1),
  brownHair: lab65(27, 5, 9),
  whiteHair: lab65(72, 1, 4),
  greyWall: lab65(80, 0, -3),
  wood: lab65(58, 12, 30),
} as const;

/** A repeatable value 0–1 for a lattice point. */
export function noiseAt(x: number, y: number, salt: number): number {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(salt, 2246822519);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

export function paintPhoto(
  widthPx: number,
  heightPx: number,
  colourAt: (x: number, y: number) => readonly [Lab65, shade: number],
): RasterPhoto {
  const data = new Uint8Array(3 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++) {
      const [lab, shade] = colourAt(x, y);
      const rgb = lab65ToLinearSrgb(lab);
      const grain = 1 + 0.04 * (noiseAt(x, y, 1) - 0.5);
      for (let c = 0; c < 3; c++) data[3 * (y * widthPx + x) + c] = linearToSrgb8(rgb[c]! * shade * grain);
    }
  const table = SRGB8_TO_LINEAR;
  return { widthPx, heightPx, data, toLinear: [table, table, table], toSrgb: null };
}

export type Part = 'wall' | 'skin' | 'hair';

/** Truth of the painted head: an ellipse standing on the lower border, hair above the hairline. */
export function partAt(x: number, y: number, widthPx: number, heightPx: number): Part {
  const u = (x / widthPx - 0.5) / 0.36;
  const v = (y / heightPx - 0.62) / 0.5;
  if (Math.hypot(u, v < 0 ? v : 0.4 * v) > 1) return 'wall';
  return y / heightPx < 0.6 + 0.08 * u * u ? 'hair' : 'skin';
}

/** A head seen from the front and above before a wall. Hair is skin shining between strands. */
export function paintHead(skin: Lab65, hair: Lab65, wall: Lab65, widthPx = 360, heightPx = 300): RasterPhoto {
  return paintPhoto(widthPx, heightPx, (x, y) => {
    const part = partAt(x, y, widthPx, heightPx);
    if (part === 'wall') return [wall, 1];
    const shade = 1.05 - 0.35 * Math.abs(x / widthPx - 0.5);
    if (part === 'skin') return [skin, shade];
    const strand = noiseAt(Math.floor((x + 0.3 * y) / 2), Math.floor(y / 9), 2);
    return [strand < 0.12 ? skin : hair, shade * (0.55 + 0.9 * strand)];
  });
}
