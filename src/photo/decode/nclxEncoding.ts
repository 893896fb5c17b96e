import { srgbToLinear } from '../../colour/srgb.ts';
import { D65_WHITE } from '../../colour/xyzLab.ts';
import { buildToSrgb, type ColourEncoding, primariesToXyz } from './colourEncoding.ts';
import type { ToneCurve } from './toneCurve.ts';

/** Colour numbers of ISO/IEC 23091-2 (H.273) that photos use, as an encoding; `exact` is false where some are unknown. */
export interface NclxEncoding extends ColourEncoding {
  readonly name: string;
  readonly exact: boolean;
}

const PRIMARIES: Record<number, { name: string; xy: readonly (readonly [number, number])[] }> = {
  1: {
    name: 'sRGB',
    xy: [
      [0.64, 0.33],
      [0.3, 0.6],
      [0.15, 0.06],
    ],
  },
  9: {
    name: 'Rec. 2020',
    xy: [
      [0.708, 0.292],
      [0.17, 0.797],
      [0.131, 0.046],
    ],
  },
  12: {
    name: 'Display P3',
    xy: [
      [0.68, 0.32],
      [0.265, 0.69],
      [0.15, 0.06],
    ],
  },
};

/** Light of diffuse white in a high-dynamic-range photo, cd/m² (ITU-R BT.2408 §2.2). */
const HDR_WHITE = 203;

/** ITU-R BT.2100 table 4, relative to diffuse white. */
function pqToLinear(v: number): number {
  const p = v ** (1 / 78.84375);
  const y = (Math.max(0, p - 0.8359375) / (18.8515625 - 18.6875 * p)) ** (1 / 0.1593017578125);
  return (10_000 * y) / HDR_WHITE;
}

/** ITU-R BT.2100 table 5 without its system gamma; code 0.75 is diffuse white (BT.2408). */
function hlgToLinear(v: number): number {
  const scene = v <= 0.5 ? (v * v) / 3 : (Math.exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return scene / 0.26496256;
}

const CURVES: Record<number, ToneCurve> = {
  4: (v) => v ** 2.2,
  5: (v) => v ** 2.8,
  8: (v) => v,
  16: pqToLinear,
  18: hlgToLinear,
};
/** BT.709 and its kin are shown by every viewer through the sRGB curve, which is what phones encode for. */
const SHOWN_AS_SRGB = [1, 2, 6, 13, 14, 15];

export function nclxEncoding(primaries: number, transfer: number): NclxEncoding {
  const stated = PRIMARIES[primaries];
  const curve = SHOWN_AS_SRGB.includes(transfer) ? srgbToLinear : CURVES[transfer];
  const shown = curve ?? srgbToLinear;
  return {
    name: stated?.name ?? 'none (sRGB assumed)',
    exact: stated !== undefined && curve !== undefined && transfer !== 16 && transfer !== 18,
    curves: [shown, shown, shown],
    toSrgb: stated === undefined ? null : buildToSrgb(primariesToXyz(stated.xy, D65_WHITE)),
  };
}
