import sharp, { type Sharp } from 'sharp';

/** More pixels than any phone photo; also the bound on memory: about 180 MB of 8-bit RGB. */
export const MAX_PIXELS = 60_000_000;
/** Longest a decode may run inside the image library. */
export const DECODE_SECONDS = 10;

let configured = false;

/**
 * No cache between photos, and once a thread: one thread a decode (the pool is what runs in parallel), and only the five
 * loaders of accepted formats, so that no drawing, document or script renderer is reachable by an upload.
 */
export function configureSharp(): void {
  // Each time: a thread that loads sharp turns the cache on again for the whole process.
  sharp.cache(false);
  if (configured) return;
  configured = true;
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpeg',
      'VipsForeignLoadPng',
      'VipsForeignLoadWebp',
      'VipsForeignLoadHeif',
      'VipsForeignLoadTiff',
    ],
  });
}

/** A photo opened with the limits every decode keeps; reads nothing yet. Only the first frame is looked at. */
export function openPhoto(path: string): Sharp {
  configureSharp();
  return sharp(path, {
    failOn: 'warning',
    limitInputPixels: MAX_PIXELS,
    limitInputChannels: 5,
    pages: 1,
    sequentialRead: true,
  }).timeout({ seconds: DECODE_SECONDS });
}
