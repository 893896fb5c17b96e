import { SRGB8_TO_LINEAR } from '../colour/srgb.ts';

const share = (weight: number): Float32Array => SRGB8_TO_LINEAR.map((value) => weight * value);

/** What each 8-bit code of a channel adds to a pixel's relative luminance (sRGB, IEC 61966-2-1). */
export const LUMINANCE = { red: share(0.2126), green: share(0.7152), blue: share(0.0722) } as const;
