import type { LinearRgb } from '../../colour/xyzLab.ts';
import type { Correction } from './correction.ts';

/** One factor a channel (von Kries 1902) in linear sRGB. */
export function gainCorrection([r, g, b]: LinearRgb): Correction {
  return { curves: null, matrix: [r, 0, 0, 0, g, 0, 0, 0, b] };
}
