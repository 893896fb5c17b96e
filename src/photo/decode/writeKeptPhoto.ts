import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { linearToSrgb8, SRGB8_TO_LINEAR } from '../../colour/srgb.ts';
import type { RasterPhoto } from '../rasterPhoto.ts';
import { configureSharp } from './configureSharp.ts';

/** Linear 0–1 in 65,536 steps -> 8-bit sRGB code; a step is a twentieth of a code where the curve is steepest. */
const ENCODE = Uint8Array.from({ length: 65_536 }, (_, i) => linearToSrgb8(i / 65_535));

const IDENTITY = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

function encode(linear: number): number {
  return ENCODE[linear <= 0 ? 0 : linear >= 1 ? 65_535 : Math.round(linear * 65_535)]!;
}

/** The code values `stored` (encoded as the raster's) as 8-bit sRGB; colours outside sRGB are clipped a channel at a time. */
function convertToSrgb8(stored: RasterPhoto['data'], raster: RasterPhoto): Uint8Array {
  const out = new Uint8Array(stored.length);
  const [red, green, blue] = raster.toLinear;
  const m = raster.toSrgb ?? IDENTITY;
  for (let i = 0; i < out.length; i += 3) {
    const r = red[stored[i]!]!;
    const g = green[stored[i + 1]!]!;
    const b = blue[stored[i + 2]!]!;
    out[i] = encode(m[0]! * r + m[1]! * g + m[2]! * b);
    out[i + 1] = encode(m[3]! * r + m[4]! * g + m[5]! * b);
    out[i + 2] = encode(m[6]! * r + m[7]! * g + m[8]! * b);
  }
  return out;
}

/** Whether the stored values are 8-bit sRGB already. */
function isSrgb8({ data, toSrgb, toLinear }: RasterPhoto): boolean {
  return data instanceof Uint8Array && toSrgb === null && toLinear.every((table) => table === SRGB8_TO_LINEAR);
}

function resize({ data, widthPx, heightPx }: RasterPhoto, maxSidePx: number): Sharp {
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } }).resize({
    width: maxSidePx,
    height: maxSidePx,
    fit: 'inside',
    withoutEnlargement: true,
    // As sharp to look at as the usual kernel, in half the time.
    kernel: 'cubic',
  });
}

async function shrink(
  raster: RasterPhoto,
  maxSidePx: number,
): Promise<{ data: RasterPhoto['data']; info: OutputInfo }> {
  const sixteenBit = raster.data instanceof Uint16Array;
  const resized = resize(raster, maxSidePx);
  const { data, info } = await (sixteenBit ? resized.toColourspace('rgb16') : resized)
    .raw({ depth: sixteenBit ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const values = sixteenBit
    ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { data: values, info };
}

/** A photo as 8-bit sRGB pixels, its longer side at most `maxSidePx`: for drawing on, never for measuring. */
export async function shownPixels(
  raster: RasterPhoto,
  maxSidePx: number,
): Promise<{ readonly widthPx: number; readonly heightPx: number; readonly data: Uint8Array }> {
  configureSharp();
  const { data, info } = await shrink(raster, maxSidePx);
  const pixels = data instanceof Uint8Array && isSrgb8(raster) ? data : convertToSrgb8(data, raster);
  return { widthPx: info.width, heightPx: info.height, data: pixels };
}

/**
 * The copy of a photo that is kept and shown: upright JPEG in sRGB with no EXIF, position or profile, its longer side at
 * most `maxSidePx`. For looking at only; colours are measured on the photo itself.
 * @param quality JPEG quality 1–100
 */
export async function writeKeptPhoto(raster: RasterPhoto, maxSidePx: number, quality: number): Promise<Buffer> {
  // Optimised Huffman tables would make it 1 % smaller and take three times as long.
  const jpeg = { quality, chromaSubsampling: '4:4:4', optimiseCoding: false } as const;
  if (isSrgb8(raster)) {
    configureSharp();
    // In one go, so that the thread may do something else meanwhile.
    return resize(raster, maxSidePx).jpeg(jpeg).toBuffer();
  }
  const { data, widthPx: width, heightPx: height } = await shownPixels(raster, maxSidePx);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg(jpeg)
    .toBuffer();
}
