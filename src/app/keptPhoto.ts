import type { DecodedPhoto } from '../photo/decode/decodePhoto.ts';

/** A person correcting regions measures the same photo every few seconds; after this long without it is let go. */
const KEEP_MS = 3 * 60 * 1000;
/** Larger photos (over 40 million 8-bit pixels) are decoded each time: threads share the machine's memory. */
const MOST_BYTES = 120e6;

let kept: { readonly sha256: string; readonly decoded: DecodedPhoto } | null = null;
let timer: NodeJS.Timeout | null = null;

/** Keeps the last photo of this thread for a short while, in place of the one before. */
export function keepPhoto(sha256: string, decoded: DecodedPhoto): void {
  if (timer) clearTimeout(timer);
  kept = decoded.raster.data.byteLength > MOST_BYTES ? null : { sha256, decoded };
  timer = setTimeout(() => {
    kept = null;
  }, KEEP_MS);
  timer.unref();
}

/** The kept photo if it is this one. */
export function keptPhoto(sha256: string | null): DecodedPhoto | null {
  return kept !== null && kept.sha256 === sha256 ? kept.decoded : null;
}
