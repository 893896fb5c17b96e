import { lab65 } from '../../colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb, linearSrgbToLab65 } from '../../colour/xyzLab.ts';
import { applyCorrection, type Correction } from './correction.ts';
import { SIGMA_SKIN_A, SIGMA_SKIN_B, skinLocus } from './skinPrior.ts';

/** Error that white alone leaves in a* and in b* of skin: it tells nothing of the camera's mixing and saturation. */
const SIGMA_SEEN = 3;
/** The locus was measured on skins between these lightnesses. */
const LIGHTEST = 75;
const DARKEST = 25;
/** A skin nearer to grey than this share of its luminance tells no direction to move along. */
const LEAST_COLOUR = 0.03;
/** At most this share of skin's own colour is changed: more is something else that was taken for skin. */
const MOST_CHANGE = 0.6;

/**
 * A correction from one white reference, drawn to where skin lies: a* and b* become the most probable between what was
 * seen (`skin`, mean linear sRGB as photographed) and the skins there are, weighed by their spreads. Lightness stays, and
 * so does every grey: the change grows with the share of skin's own colour in a pixel.
 */
export function settleOnSkin(correction: Correction, skin: LinearRgb): Correction {
  const seen: [number, number, number] = [0, 0, 0];
  applyCorrection(correction, ...skin, seen);
  const [L, a, b] = linearSrgbToLab65(seen);
  const [, priorA, priorB] = skinLocus(Math.min(LIGHTEST, Math.max(DARKEST, L)));
  const towards = (sigma: number) => SIGMA_SEEN ** 2 / (SIGMA_SEEN ** 2 + sigma ** 2);
  const settled = lab65ToLinearSrgb(
    lab65(L, a + towards(SIGMA_SKIN_A) * (priorA - a), b + towards(SIGMA_SKIN_B) * (priorB - b)),
  );
  // x + d·(n·x) with n·skin = 1 and n·grey = 0.
  const mean = (seen[0] + seen[1] + seen[2]) / 3;
  const colour = seen.map((value) => value - mean);
  const square = colour.reduce((sum, value) => sum + value * value, 0);
  if (!(square > (LEAST_COLOUR * mean) ** 2)) return correction;
  const whole = settled.map((value, c) => value - seen[c]!);
  const share = Math.min(1, (MOST_CHANGE * Math.sqrt(square)) / Math.hypot(...whole));
  const change = whole.map((value) => share * value);
  const turn = change.map((d) => colour.map((n) => (d * n) / square));
  const { matrix } = correction;
  const columns = matrix.length / 3;
  const settledMatrix = matrix.map((value, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return [0, 1, 2].reduce((sum, k) => sum + turn[row]![k]! * matrix[k * columns + column]!, value);
  });
  return { ...correction, matrix: settledMatrix };
}
