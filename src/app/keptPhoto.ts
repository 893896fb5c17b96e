import type { DecodedPhoto } from '../photo/decode/decodePhoto.ts';
import { wipeImages } from '../photo/placedImage.ts';
import { forgetPhoto } from './measurePhoto.ts';

/** A person correcting regions measures the same photo every few seconds; after this long without it is let go. */
const KEEP_MS = 3 * 60 * 1000;
/** Larger photos (over 40 million 8-bit pixels) are decoded each time: threads share the machine's memory. */
const MOST_BYTES = 120e6;

let kept: { readonly sha256: string; readonly decoded: DecodedPhoto } | null = null;
let timer: NodeJS.Timeout | null = null;

function letGo(): void {
  if (kept) forgetPhoto(kept.decoded);
  kept = null;
}

function startTimer(): void {
  if (timer) clearTimeout(timer);
  timer = setTimeout(() => {
    letGo();
    wipeImages();
  }, KEEP_MS);
  timer.unref();
}

/** Keeps a photo of this thread for a short while. */
export function keepPhoto(sha256: string, decoded: DecodedPhoto): void {
  if (kept?.decoded !== decoded) letGo();
  if (decoded.raster.data.byteLength <= MOST_BYTES) kept = { sha256, decoded };
  startTimer();
}

/** The kept photo if it is this one, and its time begins anew; another is released, as this one takes its place. */
export function keptPhoto(sha256: string | null): DecodedPhoto | null {
  if (kept?.sha256 !== sha256) letGo();
  else startTimer();
  return kept?.decoded ?? null;
}

/** Releases a photo that nobody needs any more, unless it is kept; what the kernels hold of it goes with the time. */
export function dropUnlessKept(decoded: DecodedPhoto): void {
  if (kept?.decoded === decoded) return;
  forgetPhoto(decoded);
  startTimer();
}
