import { legendre, SKIN_STREAMS, STREAMS } from './streams.ts';

/** Redistribution of light between streams by one scattering event, in the symmetric scaling of `Streams.flux`. */
export interface ScatteringPhase {
  readonly anisotropy: number;
  /** Fraction of the forward peak treated as unscattered: g⁸ (delta-M, Wiscombe, J. Atmos. Sci. 34, 1408, 1977). */
  readonly forwardPeak: number;
  /** 8×8: into the same hemisphere. */
  readonly forward: Float64Array;
  /** 8×8: into the other hemisphere. */
  readonly backward: Float64Array;
}

const legendreAtStreams = Array.from({ length: STREAMS }, (_, order) =>
  SKIN_STREAMS.cosine.map((cosine) => legendre(order, cosine)),
);

/**
 * Henyey–Greenstein scattering of anisotropy `g` (0 ≤ g < 1) with delta-M truncation at the number of streams.
 * The diagonal takes up what the quadrature misses, so that scattering without absorption loses no light.
 */
export function makeScatteringPhase(g: number): ScatteringPhase {
  const { cosine, weight } = SKIN_STREAMS;
  const forwardPeak = g ** STREAMS;
  const forward = new Float64Array(STREAMS * STREAMS);
  const backward = new Float64Array(STREAMS * STREAMS);
  for (let order = 0; order < STREAMS; order++) {
    const moment = ((2 * order + 1) * (g ** order - forwardPeak)) / (1 - forwardPeak);
    const sign = order % 2 === 0 ? 1 : -1;
    const p = legendreAtStreams[order]!;
    for (let i = 0; i < STREAMS; i++) {
      for (let j = 0; j < STREAMS; j++) {
        const value = moment * p[i]! * p[j]!;
        forward[i * STREAMS + j]! += value;
        backward[i * STREAMS + j]! += sign * value;
      }
    }
  }
  for (let i = 0; i < STREAMS; i++) {
    let scattered = 0;
    for (let j = 0; j < STREAMS; j++) {
      scattered += (forward[i * STREAMS + j]! + backward[i * STREAMS + j]!) * weight[j]!;
    }
    forward[i * STREAMS + i]! += (2 - scattered) / weight[i]!;
  }
  for (let i = 0; i < STREAMS; i++) {
    for (let j = 0; j < STREAMS; j++) {
      const scale = Math.sqrt((weight[i]! * weight[j]!) / (cosine[i]! * cosine[j]!));
      forward[i * STREAMS + j]! *= scale;
      backward[i * STREAMS + j]! *= scale;
    }
  }
  return { anisotropy: g, forwardPeak, forward, backward };
}
