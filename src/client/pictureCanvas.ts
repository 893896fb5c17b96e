import { usualFactor } from '../preview/drawnSize.ts';
import type { Picture } from '../preview/picture.ts';

/** A loaded picture's pixels, as many as previews are usually drawn with. */
export function readPicture(image: HTMLImageElement): Picture {
  const factor = usualFactor({ widthPx: image.naturalWidth, heightPx: image.naturalHeight });
  const widthPx = Math.max(1, Math.round(image.naturalWidth * factor));
  const heightPx = Math.max(1, Math.round(image.naturalHeight * factor));
  const canvas = document.createElement('canvas');
  canvas.width = widthPx;
  canvas.height = heightPx;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, widthPx, heightPx);
  return { widthPx, heightPx, channels: 4, data: context.getImageData(0, 0, widthPx, heightPx).data };
}

/** Shows a picture on the host's canvas, which takes the place of what the server had drawn. */
export function drawOnCanvas(host: HTMLElement, { widthPx, heightPx, data }: Picture, name: string): void {
  let canvas = host.querySelector('canvas');
  if (!canvas) {
    canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    host.replaceChildren(canvas);
  }
  if (canvas.width !== widthPx || canvas.height !== heightPx) {
    canvas.width = widthPx;
    canvas.height = heightPx;
  }
  canvas.setAttribute('aria-label', name);
  const pixels = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length);
  canvas.getContext('2d')!.putImageData(new ImageData(pixels, widthPx, heightPx), 0, 0);
}
