import type { Lab65 } from '../../colour/lab65.ts';
import { lab65ToLinearSrgb, linearSrgbToLab65 } from '../../colour/xyzLab.ts';

/**
 * Row-major 3×3 that turns a small change of linear sRGB about a colour into the parts of its CIEDE2000: ΔL′/S_L,
 * ΔC/S_C, ΔH/S_H, with CIEDE2000's stretch of a* near grey and the weighting functions of CIE94 for chroma and hue, which
 * are its own to first order. The squared length of the result is about ΔE00².
 */
export function measureLabMetric(colour: Lab65): Float64Array {
  const rgb = lab65ToLinearSrgb(colour);
  const [L, a, b] = colour;
  const seventh = Math.hypot(a, b) ** 7;
  const stretch = 1.5 - 0.5 * Math.sqrt(seventh / (seventh + 25 ** 7));
  const chroma = Math.hypot(stretch * a, b);
  const [cos, sin] = chroma > 1e-6 ? [(stretch * a) / chroma, b / chroma] : [1, 0];
  const scaleL = 1 / (1 + (0.015 * (L - 50) ** 2) / Math.sqrt(20 + (L - 50) ** 2));
  const scaleC = 1 / (1 + 0.045 * chroma);
  const scaleH = 1 / (1 + 0.015 * chroma);
  const metric = new Float64Array(9);
  for (let channel = 0; channel < 3; channel++) {
    const step = 1e-4;
    const moved = [...rgb] as [number, number, number];
    moved[channel]! += step;
    const shifted = linearSrgbToLab65(moved);
    const dL = (shifted[0] - L) / step;
    const da = (stretch * (shifted[1] - a)) / step;
    const db = (shifted[2] - b) / step;
    metric[channel] = dL * scaleL;
    metric[3 + channel] = (da * cos + db * sin) * scaleC;
    metric[6 + channel] = (db * cos - da * sin) * scaleH;
  }
  return metric;
}
