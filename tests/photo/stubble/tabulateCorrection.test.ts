import { expect, it } from 'vitest';
import { SRGB8_TO_LINEAR } from '../../../src/colour/srgb.ts';
import type { PixelCorrection } from '../../../src/photo/sampling/pixelCorrection.ts';
import { tabulateCorrection } from '../../../src/photo/stubble/tabulateCorrection.ts';

const rootPolynomial: PixelCorrection = (r, g, b, out) => {
  out[0] = 1.1 * r + 0.1 * Math.sqrt(r * g) - 0.05 * b;
  out[1] = 0.9 * g + 0.08 * Math.sqrt(g * b);
  out[2] = 1.3 * b - 0.1 * Math.sqrt(r * b);
};

it('stays within half a per cent of a root polynomial over the colours of skin and hair', () => {
  const table = SRGB8_TO_LINEAR;
  const data = new Uint8Array(3 * 200);
  for (let i = 0; i < 200; i++) data.set([40 + i, 30 + Math.round(0.85 * i), 25 + Math.round(0.7 * i)], 3 * i);
  const raster = { widthPx: 200, heightPx: 1, data, toLinear: [table, table, table], toSrgb: null } as const;
  const convert = tabulateCorrection(raster, rootPolynomial);
  const [found, exact] = [new Float64Array(3), new Float64Array(3)];
  for (let at = 0; at < data.length; at += 3) {
    convert(at, found);
    rootPolynomial(table[data[at]!]!, table[data[at + 1]!]!, table[data[at + 2]!]!, exact);
    for (let c = 0; c < 3; c++) expect(Math.abs(found[c]! - exact[c]!)).toBeLessThan(0.005 * exact[c]! + 1e-4);
  }
});
