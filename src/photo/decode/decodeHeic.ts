import { StippleError } from '../../errors.ts';
import { quietly } from './quietly.ts';

export interface DecodedHeic {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/**
 * HEVC-coded HEIF, which sharp's build cannot decode. Runs in WebAssembly and holds the thread while it does, so the
 * pool's time limit is what stops it. The file's own turn and mirror are already applied; its colour profile is not.
 * @throws StippleError SMP_PHOTO_CORRUPT when part of the picture could not be decoded; any other Error for a bad file
 */
export function decodeHeic(file: Uint8Array, picture: number): Promise<DecodedHeic> {
  return quietly(async () => {
    // Loaded when the first such photo comes: it takes a tenth of a second and 20 MB a thread.
    const [{ default: makeLibheif }, { default: decoderOf }] = await Promise.all([
      import('libheif-js/libheif-wasm/libheif-bundle.js'),
      import('heic-decode/lib.js'),
    ]);
    // New memory for each photo, 10 ms: pieces that cannot be decoded show what lay there before, another client's photo.
    const pictures = await decoderOf(makeLibheif()).all({ buffer: file });
    try {
      const { width, height, data } = await pictures[Math.min(picture, pictures.length - 1)]!.decode();
      const rgb = dropAlpha(data, width * height);
      if (isPartlyUndecoded(rgb)) throw new StippleError('SMP_PHOTO_CORRUPT');
      return { widthPx: width, heightPx: height, data: rgb };
    } finally {
      pictures.dispose();
    }
  });
}

/**
 * The decoder leaves pieces it cannot read at Y = Cb = Cr = 0 instead of failing: pure greens of the three usual
 * matrices (BT.601, BT.709, BT.2020), which no camera gives over an area.
 */
const UNDECODED_GREENS = [135, 136, 83, 84, 94, 95];
const MAX_UNDECODED_SHARE = 0.002;
const SAMPLE_STEP = 3 * 7;

function isPartlyUndecoded(rgb: Uint8Array): boolean {
  let undecoded = 0;
  for (let at = 0; at < rgb.length; at += SAMPLE_STEP) {
    if (rgb[at] === 0 && rgb[at + 2] === 0 && UNDECODED_GREENS.includes(rgb[at + 1]!)) undecoded += 1;
  }
  return undecoded > (MAX_UNDECODED_SHARE * rgb.length) / SAMPLE_STEP;
}

function dropAlpha(rgba: Uint8ClampedArray, pixels: number): Uint8Array {
  const rgb = new Uint8Array(3 * pixels);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}
