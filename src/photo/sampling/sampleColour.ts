import { deltaE00 } from '../../colour/deltaE00.ts';
import { type Lab65, type LabCovariance, lab65 } from '../../colour/lab65.ts';
import {
  covarianceOfCentre,
  geometricMedian,
  marginalMedian,
  meanShiftMode,
  robustSpread,
} from '../../colour/robustCentre.ts';
import type { ColourMeasurement } from '../colourMeasurement.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';
import { labOfPixels } from './labOfPixels.ts';
import type { PixelCorrection } from './pixelCorrection.ts';
import { REJECTED, rejectPixels, type Surface } from './rejectPixels.ts';
import { type PixelSample, type SampleArea, samplePixels } from './samplePixels.ts';

/** The robust colour of an area, corrected. `lab` is NaN where no pixel was left. */
export interface SampledColour extends ColourMeasurement {
  /** Per-channel median of every pixel of the area, nothing rejected; worked out when it is asked for. */
  readonly medianLab: Lab65;
  /** Shares 0–1 of all pixels of the area. */
  readonly rejectedShare: { readonly glare: number; readonly shadow: number; readonly clipped: number };
  /**
   * True when the area holds two things: its dense and middle colours are 2 ΔE00 apart (hair: 5), or it has two dense
   * ones; worked out when it is asked for.
   */
  readonly mixed: boolean;
}

export interface SampleColourOptions {
  readonly surface: Surface;
  readonly correction?: PixelCorrection;
}

/** Lab colours that iterate cheaply and still leave a standard error under 0.06. */
const MAX_CENTRE_COLOURS = 9_000;
/** Kernel radius of the mean shift in Lab units; hair varies more than skin, so it follows the spread there. */
const SKIN_RADIUS = 3;
const MIXED_DELTA_E00 = { skin: 2, hair: 5 } as const;
/** Variance of an 8-bit code's rounding seen as Lab, per channel: no sample is better known than this. */
const QUANTISATION_VARIANCE = 0.01;

/** How many pixels each value of `REJECTED` has. */
function countReasons(reason: Uint8Array): Uint32Array {
  const tally = new Uint32Array(4);
  for (let i = 0; i < reason.length; i++) tally[reason[i]!]!++;
  return tally;
}

/** Lab65 of the pixels that were kept, and the blocks they lie in. */
function acceptPixels({ rgb, count, block }: PixelSample, reason: Uint8Array, kept: number) {
  const keptRgb = new Float32Array(3 * kept);
  const keptBlock = new Uint16Array(kept);
  for (let i = 0, k = 0; i < count; i++) {
    if (reason[i] !== REJECTED.kept) continue;
    keptRgb[3 * k] = rgb[3 * i]!;
    keptRgb[3 * k + 1] = rgb[3 * i + 1]!;
    keptRgb[3 * k + 2] = rgb[3 * i + 2]!;
    keptBlock[k++] = block[i]!;
  }
  return { lab: labOfPixels(keptRgb), block: keptBlock };
}

/**
 * Samples `area` at full resolution in linear light: rejects clipped, glossy and shadowed pixels, then takes the mean-shift
 * mode from the marginal median and the geometric median around it (design: dense centre first, then efficient).
 */
export function sampleColour(raster: RasterPhoto, area: SampleArea, options: SampleColourOptions): SampledColour {
  const { surface, correction } = options;
  const sample = samplePixels(raster, area, { correction, darkIsContent: surface === 'hair' });
  const reason = rejectPixels(sample, surface);
  const tally = countReasons(reason);
  const kept = tally[REJECTED.kept]!;
  const accepted = acceptPixels(sample, reason, kept);
  const thin = thinOut(accepted.lab);
  const radius = surface === 'skin' ? SKIN_RADIUS : Math.max(SKIN_RADIUS, 0.7 * robustSpread(thin, 0));
  const start = marginalMedian(thin);
  const mode = meanShiftMode(thin, start, radius);
  const covariance = covarianceOfCentre(accepted.lab, accepted.block, sample.blocks).map((v, i) =>
    i % 4 === 0 ? v + QUANTISATION_VARIANCE : v,
  ) as unknown as LabCovariance;
  const share = (which: number) => tally[which]! / Math.max(1, sample.count);
  return {
    lab: kept > 0 ? geometricMedian(thin, mode, 2 * radius) : start,
    sd: [Math.sqrt(covariance[0]), Math.sqrt(covariance[4]), Math.sqrt(covariance[8])],
    covariance,
    pixels: kept,
    rejectedShare: { glare: share(REJECTED.glare), shadow: share(REJECTED.shadow), clipped: share(REJECTED.clipped) },
    get medianLab() {
      return marginalMedian(labOfPixels(sample.rgb));
    },
    get mixed() {
      if (kept === 0) return false;
      const middle = geometricMedian(thin, start, 1e3);
      return deltaE00(mode, middle) > MIXED_DELTA_E00[surface] || hasSecondColour(thin, mode, radius);
    },
  };
}

/** Whether a second colour holds a fair share of the pixels with a valley between it and the mode. */
function hasSecondColour(list: Float32Array, mode: Lab65, radius: number): boolean {
  const countNear = (centre: Lab65) => {
    let n = 0;
    for (let i = 0; i < list.length; i += 3) {
      const d2 = (list[i]! - centre[0]) ** 2 + (list[i + 1]! - centre[1]) ** 2 + (list[i + 2]! - centre[2]) ** 2;
      if (d2 <= radius * radius) n++;
    }
    return n;
  };
  const rest: number[] = [];
  for (let i = 0; i < list.length; i += 3) {
    const d2 = (list[i]! - mode[0]) ** 2 + (list[i + 1]! - mode[1]) ** 2 + (list[i + 2]! - mode[2]) ** 2;
    if (d2 > 4 * radius * radius) rest.push(list[i]!, list[i + 1]!, list[i + 2]!);
  }
  if (rest.length < 0.15 * list.length) return false;
  const others = Float32Array.from(rest);
  const second = meanShiftMode(others, marginalMedian(others), radius);
  const between = lab65((mode[0] + second[0]) / 2, (mode[1] + second[1]) / 2, (mode[2] + second[2]) / 2);
  const atSecond = countNear(second);
  return 3 * atSecond > 0.08 * list.length && countNear(between) < 0.5 * Math.min(atSecond, countNear(mode));
}

function thinOut(list: Float32Array): Float32Array {
  const step = Math.ceil(list.length / 3 / MAX_CENTRE_COLOURS);
  if (step <= 1) return list;
  const out = new Float32Array(3 * Math.floor(list.length / 3 / step));
  for (let i = 0, from = 0; i < out.length; i += 3, from += 3 * step) {
    out[i] = list[from]!;
    out[i + 1] = list[from + 1]!;
    out[i + 2] = list[from + 2]!;
  }
  return out;
}
