import { SRGB8_TO_LINEAR } from '../colour/srgb.ts';

/** White in the whole numbers below: what is done to every pixel is done without fractions, which take several times as long. */
export const WHOLE_LIGHT = 65536;
/** Parts of the luminance that red, green and blue light make (sRGB, IEC 61966-2-1). */
export const LUMINANCE_WEIGHTS = [0.2126, 0.7152, 0.0722] as const;

const share = (weight: number): Int32Array =>
  Int32Array.from(SRGB8_TO_LINEAR, (value) => Math.round(WHOLE_LIGHT * weight * value));

const [red, green, blue] = LUMINANCE_WEIGHTS;
/** What each 8-bit code of a channel adds to a pixel's relative luminance, in parts of `WHOLE_LIGHT`. */
export const LUMINANCE = { red: share(red), green: share(green), blue: share(blue) } as const;
