import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import type { Box, RasterPhoto } from '../rasterPhoto.ts';

/** Where a box lies, in words that follow "Blurry …": thirds of the photo, as displayed. */
export function describePlace([x, y, width, height]: Box, photo: Pick<RasterPhoto, 'widthPx' | 'heightPx'>): string {
  const column = Math.min(2, Math.floor((3 * (x + width / 2)) / photo.widthPx));
  const row = Math.min(2, Math.floor((3 * (y + height / 2)) / photo.heightPx));
  const vertical = [photoChecksTexts.top, '', photoChecksTexts.bottom][row]!;
  const horizontal = [photoChecksTexts.left, '', photoChecksTexts.right][column]!;
  if (vertical === '' && horizontal === '') return photoChecksTexts.inTheMiddle;
  return photoChecksTexts.near([vertical, horizontal].filter(Boolean).join(' '));
}

/** The box round the middle 90 % of some points, kept inside the photo. */
export function boxAround(
  points: readonly { readonly x: number; readonly y: number }[],
  marginPx: number,
  photo: Pick<RasterPhoto, 'widthPx' | 'heightPx'>,
): Box {
  const range = (values: number[], size: number): readonly [number, number] => {
    values.sort((a, b) => a - b);
    const low = values[Math.floor(0.05 * values.length)]! - marginPx;
    const high = values[Math.ceil(0.95 * values.length) - 1]! + marginPx;
    const from = Math.max(0, Math.round(low));
    return [from, Math.min(size, Math.round(high)) - from];
  };
  const [x, width] = range(
    points.map((point) => point.x),
    photo.widthPx,
  );
  const [y, height] = range(
    points.map((point) => point.y),
    photo.heightPx,
  );
  return [x, y, width, height];
}
