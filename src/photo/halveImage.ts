import { floatsAt, giveBack, kernels, markRoom, takeRoom } from './kernels.ts';
import { placeImage } from './placedImage.ts';
import type { WorkingImage } from './workingImage.ts';

/** Mean of every 2 × 2 block, in linear light; an odd last row or column is left out. */
export function halveImage({ widthPx, heightPx, scale, rgb }: WorkingImage): WorkingImage {
  const mark = markRoom();
  const [width, height] = [widthPx >> 1, heightPx >> 1];
  const half = takeRoom(12 * width * height);
  kernels.halve(placeImage(rgb), widthPx, heightPx, half);
  giveBack(mark);
  return { widthPx: width, heightPx: height, scale: 2 * scale, rgb: floatsAt(half, 3 * width * height).slice() };
}
