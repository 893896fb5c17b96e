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

/** How a dot shades the pixels around it: one stamp a size class and place within the pixel. */
export interface DotKernel {
  /** A stamp is (2·reachPx + 1)² pixels of three channels. */
  readonly reachPx: number;
  /** [size class][phase y][phase x] -> stamp: depth of the shadow 0–1 in red, green, blue. */
  readonly stamps: readonly Float32Array[];
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

/** Mean of a radial function over rings times `size` whose middle is `r` away. */
function overRings(of: (r: number) => number, r: number, rings: Float64Array, size: number): number {
  let sum = 0;
  for (let ring = 0; ring < RINGS; ring++) {
    const u = size * rings[ring]!;
    for (let k = 0; k < COSINES.length; k++) {
      sum += of(Math.sqrt(Math.max(0, r * r + u * u - 2 * r * u * COSINES[k]!)));
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
  const steps = Math.ceil(NEAR_TO_MM / STEP_MM) + Math.ceil((3 * pictureBlurMm) / STEP_MM) + 2;
  const inSkin = Float64Array.from({ length: steps + 1 }, (_, k) => {
    const blur = (r: number) => narrowShare * narrow(r) + (1 - narrowShare) * wide(r);
    return discArea * overRings(blur, k * STEP_MM, DISC, radius);
  });
  const sample = (r: number): number => {
    const position = Math.min(steps, r / STEP_MM);
    const k = Math.min(steps - 1, Math.floor(position));
    return inSkin[k]! + (position - k) * (inSkin[k + 1]! - inSkin[k]!);
  };
  const near = Math.ceil(NEAR_TO_MM / STEP_MM);
  return Float64Array.from({ length: near + 1 }, (_, k) => {
    const r = k * STEP_MM;
    const t = Math.min(1, Math.max(0, (r - NEAR_FROM_MM) / (NEAR_TO_MM - NEAR_FROM_MM)));
    return overRings(sample, r, GAUSSIAN, pictureBlurMm) * (1 - t * t * (3 - 2 * t));
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
): Float32Array {
  const side = 2 * reachPx + 1;
  const out = new Float32Array(3 * side * side);
  const sums = [0, 0, 0];
  for (let j = 0; j < side; j++)
    for (let i = 0; i < side; i++) {
      const position = Math.hypot(i - reachPx - dx, j - reachPx - dy) / pxPerMm / STEP_MM;
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
  return out;
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
  return { reachPx, stamps, farShare, phases };
}
