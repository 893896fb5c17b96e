import sharp from 'sharp';
import { writeKeptPhoto } from '../photo/decode/writeKeptPhoto.ts';
import type { RasterPhoto } from '../photo/rasterPhoto.ts';
import { drawLabels } from '../photo/regions/drawLabels.ts';
import { drawOutline } from '../photo/regions/drawOutline.ts';
import { enlargeLabels, type LabelMap } from '../photo/regions/labelMap.ts';
import type { PagePicture } from './photoTask.ts';

const DISPLAY_QUALITY = 85;

/** Size of a photo shrunk to fit a square, never enlarged. */
function fitInside(raster: RasterPhoto, sidePx: number): { widthPx: number; heightPx: number } {
  const factor = Math.min(1, sidePx / Math.max(raster.widthPx, raster.heightPx));
  return {
    widthPx: Math.max(1, Math.round(raster.widthPx * factor)),
    heightPx: Math.max(1, Math.round(raster.heightPx * factor)),
  };
}

/** The picture pages show: upright sRGB JPEG without metadata. */
export async function displayPicture(raster: RasterPhoto, sidePx: number): Promise<PagePicture> {
  return { bytes: await writeKeptPhoto(raster, sidePx, DISPLAY_QUALITY), ...fitInside(raster, sidePx) };
}

/** `--labels`: 8-bit PNG of the displayed size with 0 other, 1 skin, 2 hair, 3 avoid. */
export function labelsPng(raster: RasterPhoto, labels: LabelMap): Promise<Buffer> {
  const { widthPx: width, heightPx: height } = raster;
  return sharp(enlargeLabels(labels, width, height), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 6 })
    .toBuffer();
}

const ANNOTATED_SIDE_PX = 2000;

/** `--annotated`: the photo with its regions, boxes and card drawn on it. */
export async function annotatedPng(
  raster: RasterPhoto,
  labels: LabelMap,
  outlines: {
    boxes: readonly (readonly [number, number, number, number])[];
    card: readonly (readonly [number, number])[];
  },
): Promise<Buffer> {
  const photo = await displayPicture(raster, ANNOTATED_SIDE_PX);
  const { widthPx, heightPx } = photo;
  const factor = widthPx / raster.widthPx;
  const overlay = drawLabels(labels, widthPx, heightPx);
  const scaled = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, y]): [number, number] => [x * factor, y * factor]);
  for (const [x, y, w, h] of outlines.boxes) {
    drawOutline(
      overlay,
      widthPx,
      heightPx,
      scaled([
        [x, y],
        [x + w, y],
        [x + w, y + h],
        [x, y + h],
      ]),
    );
  }
  if (outlines.card.length > 0) drawOutline(overlay, widthPx, heightPx, scaled(outlines.card));
  return sharp(photo.bytes)
    .composite([{ input: Buffer.from(overlay.buffer), raw: { width: widthPx, height: heightPx, channels: 4 } }])
    .png()
    .toBuffer();
}
