import heicDecode from 'heic-decode';

export interface DecodedHeic {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/**
 * HEVC-coded HEIF, which sharp's build cannot decode. Runs in WebAssembly and holds the thread while it does, so the
 * pool's time limit is what stops it. The file's own turn and mirror are already applied; its colour profile is not.
 */
export async function decodeHeic(file: Uint8Array, picture: number): Promise<DecodedHeic> {
  const pictures = await heicDecode.all({ buffer: file });
  try {
    const { width, height, data } = await pictures[Math.min(picture, pictures.length - 1)]!.decode();
    return { widthPx: width, heightPx: height, data: dropAlpha(data, width * height) };
  } finally {
    pictures.dispose();
  }
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
