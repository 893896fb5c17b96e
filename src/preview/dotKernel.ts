import type { ClientTable } from '../optics/clientTable.ts';
import { dotBlur } from '../optics/dotPeak.ts';

/** Wavelengths that stand for the red, green and blue of a picture, as indices of the 31. */
const BANDS = [21, 15, 7] as const; // 610, 550, 470 nm
/** Beyond the first a dot's shadow fades from the drawing, beyond the second the mean of all dots stands for it, mm. */
const NEAR_FROM_MM = 0.4;
const NEAR_TO_MM = 0.75;
const STEP_MM = 0.02;
/** Places within a pixel that are told apart, each way. */
const PHASES = 4;
/** Diameters are drawn in so many classes. */
export const SIZE_CLASSES = 5;
/** Smallest and largest diameter over the nominal one. */
export const SIZE_LOW = 0.6;
export const SIZE_HIGH = 1.4;

/** A whole shadow in the whole numbers of stamps. */
export const STAMP_LEVELS = 65535;

/** How a dot shades the pixels around it: one stamp a size class and place within the pixel. */
export interface DotKernel {
  /** A stamp is (2·reachPx + 1)² pixels of three channels. */
  readonly reachPx: number;
  /** [size class][phase y][phase x] -> stamp: depth of the shadow in red, green, blue, 0–`STAMP_LEVELS`. */
  readonly stamps: readonly Uint16Array[];
  /** Stamps are round: how many pixels either side of its middle each of their rows has. */
  readonly halfWidths: Int32Array;
  /** Share of a dot's whole shadow that lies beyond its stamp, by channel. */
  readonly farShare: readonly [number, number, number];
  readonly phases: number;
}

/** Directions round a middle: one half of them, the other lies opposite by symmetry. */
const COSINES = Float64Array.from({ length: 6 }, (_, k) => Math.cos((Math.PI * (k + 0.5)) / 6));
const RINGS = 6;
/** Radii of rings of equal weight: of a disc of radius 1, and of a Gaussian of standard deviation 1. */
const DISC = Float64Array.from({ length: RINGS }, (_, ring) => Math.sqrt((ring + 0.5) / RINGS));
const GAUSSIAN = Float64Array.from({ length: RINGS }, (_, ring) => Math.sqrt(-2 * Math.log(1 - (ring + 0.5) / RINGS)));

/** A radial function in steps of `stepMm`; the last value beyond. */
interface Radial {
  readonly stepMm: number;
  readonly values: Float64Array;
}

function radial(stepMm: number, toMm: number, of: (r: number) => number): Radial {
  return { stepMm, values: Float64Array.from({ length: Math.ceil(toMm / stepMm) + 2 }, (_, k) => of(k * stepMm)) };
}

/** Mean of a radial function over rings times `size` whose middle is `r` away. */
function overRings({ stepMm, values }: Radial, r: number, rings: Float64Array, size: number): number {
  const last = values.length - 1;
  let sum = 0;
  for (let ring = 0; ring < RINGS; ring++) {
    const u = size * rings[ring]!;
    for (let k = 0; k < COSINES.length; k++) {
      const away = Math.sqrt(Math.max(0, r * r + u * u - 2 * r * u * COSINES[k]!)) / stepMm;
      const before = Math.floor(away);
      if (before >= last) sum += values[last]!;
      else sum += values[before]! + (away - before) * (values[before + 1]! - values[before]!);
    }
  }
  return sum / (RINGS * COSINES.length);
}

/** Shadow of one dot against distance, in steps of `STEP_MM`: disc ⊗ blur of the skin ⊗ blur of the picture. */
function radialProfile(table: ClientTable, band: number, diameterMm: number, pictureBlurMm: number): Float64Array {
  const { narrowMm, wideMm, narrowShare } = dotBlur(table.exitRadiusMm[band]!, table.gapMm, diameterMm);
  const narrow2 = 2 * narrowMm * narrowMm;
  const narrow = (r: number) => Math.exp((-r * r) / narrow2) / (Math.PI * narrow2);
  const wide = (r: number) => Math.exp(-r / wideMm) / (2 * Math.PI * wideMm * wideMm);
  const radius = diameterMm / 2;
  const discArea = Math.PI * radius * radius;
  const farthest = NEAR_TO_MM + 3 * pictureBlurMm + 2 * STEP_MM;
  const blur = radial(Math.min(STEP_MM, narrowMm) / 5, farthest + radius, (r) => {
    return narrowShare * narrow(r) + (1 - narrowShare) * wide(r);
  });
  const inSkin = radial(STEP_MM, farthest, (r) => discArea * overRings(blur, r, DISC, radius));
  const near = Math.ceil(NEAR_TO_MM / STEP_MM);
  return Float64Array.from({ length: near + 1 }, (_, k) => {
    const r = k * STEP_MM;
    const t = Math.min(1, Math.max(0, (r - NEAR_FROM_MM) / (NEAR_TO_MM - NEAR_FROM_MM)));
    return overRings(inSkin, r, GAUSSIAN, pictureBlurMm) * (1 - t * t * (3 - 2 * t));
  });
}

/** Whole of a radial profile over the plane, mm². */
function integral(profile: Float64Array): number {
  return profile.reduce((sum, value, k) => sum + 2 * Math.PI * k * STEP_MM * value * STEP_MM, 0);
}

function stamp(
  profiles: readonly Float64Array[],
  reachPx: number,
  pxPerMm: number,
  dx: number,
  dy: number,
): Uint16Array {
  const side = 2 * reachPx + 1;
  const out = new Float32Array(3 * side * side);
  const sums = [0, 0, 0];
  for (let j = 0; j < side; j++)
    for (let i = 0; i < side; i++) {
      const x = i - reachPx - dx;
      const y = j - reachPx - dy;
      const position = Math.sqrt(x * x + y * y) / pxPerMm / STEP_MM;
      const k = Math.floor(position);
      for (let c = 0; c < 3; c++) {
        const profile = profiles[c]!;
        if (k >= profile.length - 1) continue;
        const value = profile[k]! + (position - k) * (profile[k + 1]! - profile[k]!);
        out[3 * (j * side + i) + c] = value;
        sums[c]! += value;
      }
    }
  // Pixels sample the profile; its whole must not depend on where between them the dot lies.
  for (let c = 0; c < 3; c++) {
    const scale = (integral(profiles[c]!) * pxPerMm * pxPerMm) / Math.max(1e-9, sums[c]!);
    for (let k = c; k < out.length; k += 3) out[k]! *= scale;
  }
  const levels = new Uint16Array(out.length);
  for (let k = 0; k < out.length; k++) levels[k] = Math.min(STAMP_LEVELS, Math.round(STAMP_LEVELS * out[k]!));
  return levels;
}

/**
 * Stamps of dots on this client's skin (the Gaussian and exponential fitted to Monte Carlo profiles, `dotBlur`).
 * @param blurPx standard deviation of the photo's own blur; the pixel's width is added
 */
export function makeDotKernel(table: ClientTable, diameterMm: number, pxPerMm: number, blurPx: number): DotKernel {
  const pictureBlurMm = Math.sqrt(blurPx * blurPx + 1 / 12) / pxPerMm;
  const reachPx = Math.max(1, Math.ceil(NEAR_TO_MM * pxPerMm));
  const phases = pxPerMm > 14 ? 1 : pxPerMm > 7 ? 2 : PHASES;
  const sizes = Array.from(
    { length: SIZE_CLASSES },
    (_, k) => diameterMm * (SIZE_LOW + ((SIZE_HIGH - SIZE_LOW) * (k + 0.5)) / SIZE_CLASSES),
  );
  const profilesBySize = sizes.map((size) => BANDS.map((band) => radialProfile(table, band, size, pictureBlurMm)));
  const stamps = profilesBySize.flatMap((profiles) =>
    Array.from({ length: phases * phases }, (_, k) =>
      stamp(
        profiles,
        reachPx,
        pxPerMm,
        ((k % phases) + 0.5) / phases - 0.5,
        (Math.floor(k / phases) + 0.5) / phases - 0.5,
      ),
    ),
  );
  const middle = profilesBySize[Math.floor(SIZE_CLASSES / 2)]!;
  const disc = (Math.PI * diameterMm * diameterMm) / 4;
  const farShare = middle.map((profile) => Math.max(0, 1 - integral(profile) / disc)) as [number, number, number];
  // Half a pixel more than the circle, for places within the pixel.
  const halfWidths = Int32Array.from({ length: 2 * reachPx + 1 }, (_, row) =>
    Math.min(reachPx, Math.ceil(Math.sqrt((reachPx + 1) ** 2 - (row - reachPx) ** 2))),
  );
  return { reachPx, stamps, halfWidths, farShare, phases };
}
