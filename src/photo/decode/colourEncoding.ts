import { adaptBradford } from '../../colour/adaptBradford.ts';
import { invertMatrix3 } from '../../colour/invertMatrix3.ts';
import { SRGB8_TO_LINEAR, srgbToLinear, XYZ_TO_LINEAR_SRGB } from '../../colour/srgb.ts';
import { D65_WHITE, type Xyz } from '../../colour/xyzLab.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';
import type { ToneCurve } from './toneCurve.ts';

/** How a photo's stored numbers become linear sRGB. */
export interface ColourEncoding {
  readonly curves: readonly [ToneCurve, ToneCurve, ToneCurve];
  /** Linear device RGB -> linear sRGB, or null when the primaries are sRGB's. */
  readonly toSrgb: Float64Array | null;
}

/** White of the ICC connection space (ICC.1:2022 §7.2.16). */
const PCS_WHITE: Xyz = [0.9642, 1, 0.8249];
/** Largest matrix or curve difference at which a profile is the same as sRGB: makers round differently; under 0.1 ΔE00. */
const SAME_MATRIX = 0.002;
const SAME_CURVE = 0.001;

export const SRGB_ENCODING: ColourEncoding = { curves: [srgbToLinear, srgbToLinear, srgbToLinear], toSrgb: null };

function multiply(m: readonly number[], n: readonly number[]): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const row = 3 * Math.floor(i / 3);
    const column = i % 3;
    return m[row]! * n[column]! + m[row + 1]! * n[column + 3]! + m[row + 2]! * n[column + 6]!;
  });
}

const IDENTITY = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

/** Whether two matrices to linear sRGB give the same colours for every purpose of measuring. */
export function isSameMatrix(m: Float64Array, n: Float64Array): boolean {
  return m.every((value, i) => Math.abs(value - n[i]!) < SAME_MATRIX);
}

function column(m: readonly number[], c: number): Xyz {
  return [m[c]!, m[c + 3]!, m[c + 6]!];
}

/** Primaries given as linear RGB -> XYZ under some white become a matrix to linear sRGB; null when they are sRGB's. */
export function buildToSrgb(toXyz: readonly number[], white: Xyz = D65_WHITE): Float64Array | null {
  const adapted = [0, 1, 2].map((c) => adaptBradford(column(toXyz, c), white, D65_WHITE));
  const toXyzD65 = [0, 1, 2].flatMap((row) => adapted.map((xyz) => xyz[row]!));
  const toSrgb = multiply(XYZ_TO_LINEAR_SRGB, toXyzD65);
  return isSameMatrix(toSrgb, IDENTITY) ? null : toSrgb;
}

/** The same for a matrix to the ICC connection space. */
export function buildToSrgbFromPcs(toXyzD50: readonly number[]): Float64Array | null {
  return buildToSrgb(toXyzD50, PCS_WHITE);
}

/** Linear RGB -> XYZ of primaries and white given as CIE x, y (SMPTE RP 177). */
export function primariesToXyz(primaries: readonly (readonly [number, number])[], white: Xyz): number[] {
  const columns = primaries.map(([x, y]): Xyz => [x / y, 1, (1 - x - y) / y]);
  const m = [0, 1, 2].flatMap((row) => columns.map((xyz) => xyz[row]!));
  const { inverse } = invertMatrix3(m);
  const scale = [0, 3, 6].map(
    (row) => inverse[row]! * white[0] + inverse[row + 1]! * white[1] + inverse[row + 2]! * white[2],
  );
  return m.map((value, at) => value * scale[at % 3]!);
}

/** Whether a curve is sRGB's for every purpose of measuring. */
export function isSrgbCurve(curve: ToneCurve): boolean {
  if (curve === srgbToLinear) return true;
  for (let code = 0; code < 256; code++) {
    if (Math.abs(curve(code / 255) - SRGB8_TO_LINEAR[code]!) > SAME_CURVE) return false;
  }
  return true;
}

const sixteenBitSrgb = new Map<number, Float32Array>();

function tabulate(curve: ToneCurve, entries: number, maxCode: number): Float32Array {
  const srgb = isSrgbCurve(curve);
  if (srgb && entries === 256) return SRGB8_TO_LINEAR;
  const known = srgb ? sixteenBitSrgb.get(maxCode) : undefined;
  if (known) return known;
  const exact = srgb ? srgbToLinear : curve;
  const table = Float32Array.from({ length: entries }, (_, code) =>
    Math.min(1, Math.max(0, exact(Math.min(1, code / maxCode)))),
  );
  if (srgb) sixteenBitSrgb.set(maxCode, table);
  return table;
}

/**
 * The lookup tables of a raster. sRGB curves share one table between photos.
 * @param maxCode the code value of full signal: 255, 65535, or what a 10- or 12-bit value reaches when shifted to 16 bits
 */
export function buildTables(
  encoding: ColourEncoding,
  data: RasterPhoto['data'],
  maxCode: number,
): RasterPhoto['toLinear'] {
  const entries = data instanceof Uint16Array ? 65_536 : 256;
  const tables = new Map<ToneCurve, Float32Array>();
  const tableOf = (curve: ToneCurve): Float32Array => {
    const table = tables.get(curve) ?? tabulate(curve, entries, maxCode);
    tables.set(curve, table);
    return table;
  };
  const [r, g, b] = encoding.curves;
  return [tableOf(r), tableOf(g), tableOf(b)];
}
