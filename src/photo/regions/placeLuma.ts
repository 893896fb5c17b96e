import { type Address, floatsAt, giveBack, integersAt, kernels, markRoom, takeRoom } from '../kernels.ts';
import { placeImage } from '../placedImage.ts';
import type { WorkingImage } from '../workingImage.ts';

/** Luma as sRGB encodes it, 0–255, since roughness and edges are judged as seen; in the kernels' memory. */
export interface Luma {
  readonly widthPx: number;
  readonly heightPx: number;
  /** One number a pixel, row-major. */
  readonly values: Address;
}

/** Longest side of the image on which texture is looked for: a head across the frame then has about 4 px/mm. */
const FINE_SIDE_PX = 800;

/** A pixel that a cell covers by no more than this is rounding. */
const HARDLY = 1e-9;

/** Which pixels along an axis fall into each cell, and with what share: `most` shares a cell. */
interface Shares {
  readonly first: Int32Array;
  readonly most: number;
  readonly shareOf: (cell: number, k: number) => number;
}

function shareOut(pixels: number, cells: number, ratio: number): Shares {
  const firstOf = (cell: number) => Math.floor(cell * ratio + HARDLY);
  let most = 1;
  for (let cell = 0; cell < cells; cell++)
    most = Math.max(most, Math.ceil((cell + 1) * ratio - HARDLY) - firstOf(cell));
  most = Math.min(most, pixels);
  // The last cell's list must not reach over the edge; its first shares are 0 then.
  const first = Int32Array.from({ length: cells }, (_, cell) => Math.max(0, Math.min(firstOf(cell), pixels - most)));
  const shareOf = (cell: number, k: number) => {
    const pixel = first[cell]! + k;
    const [start, end] = [cell * ratio, (cell + 1) * ratio];
    return Math.max(0, Math.min(pixel + 1, end) - Math.max(pixel, start)) / ratio;
  };
  return { first, most, shareOf };
}

/**
 * Luma of a photo of which `working` is a reduced copy, averaged in linear light to at most `FINE_SIDE_PX`; of the smallest
 * whole fraction of the photo's size that does. The caller gives its room back.
 */
export function placeLuma({ widthPx: across, heightPx: down, scale, rgb }: WorkingImage, photoSidePx: number): Luma {
  const ratio = Math.max(1, Math.ceil(photoSidePx / FINE_SIDE_PX) / scale);
  const widthPx = Math.max(1, Math.floor(across / ratio));
  const heightPx = Math.max(1, Math.floor(down / ratio));
  const columns = shareOut(across, widthPx, ratio);
  const rows = shareOut(down, heightPx, ratio);
  const values = takeRoom(4 * widthPx * heightPx);
  const mark = markRoom();
  // The kernel works on four cells at once.
  const cellsAcross = 4 * Math.ceil(widthPx / 4);
  const greyBytes = 16 * Math.ceil(across / 4);
  const greys = takeRoom(greyBytes * (rows.most + 1));
  const placed = [placeColumns(columns, cellsAcross), placeRows(rows)] as const;
  const image = placeImage(rgb);
  kernels.readLuma(
    ...([image, across, placed[0], columns.most, placed[1], rows.most, cellsAcross, heightPx] as const),
    ...([greys, greyBytes, widthPx, values] as const),
  );
  giveBack(mark);
  return { widthPx, heightPx, values };
}

/** First pixels of the cells, then their first shares, their second ones … */
function placeColumns({ first, most, shareOf }: Shares, cellsAcross: number): Address {
  const start = takeRoom(4 * cellsAcross * (most + 1));
  const shares = floatsAt(start + 4 * cellsAcross, most * cellsAcross).fill(0);
  integersAt(start, cellsAcross).fill(0).set(first);
  for (let k = 0; k < most; k++)
    for (let cell = 0; cell < first.length; cell++) shares[k * cellsAcross + cell] = shareOf(cell, k);
  return start;
}

/** First pixels of the cells, then the shares of the first cell, of the second … */
function placeRows({ first, most, shareOf }: Shares): Address {
  const start = takeRoom(4 * first.length * (most + 1));
  const shares = floatsAt(start + 4 * first.length, most * first.length);
  integersAt(start, first.length).set(first);
  for (let cell = 0; cell < first.length; cell++)
    for (let k = 0; k < most; k++) shares[cell * most + k] = shareOf(cell, k);
  return start;
}
