/** Pixels that previews are drawn with where the photo leaves the choice: sharp on a phone and a laptop, and quick. */
const USUAL_PIXELS = 1024 * 768;
/** A very small photo would be all blur. */
const MOST_ENLARGED = 4;

type Size = { readonly widthPx: number; readonly heightPx: number };

/** What a picture's sides are multiplied by to have the usual number of pixels, or as many as it can be enlarged to. */
export function usualFactor({ widthPx, heightPx }: Size): number {
  return Math.min(MOST_ENLARGED, Math.sqrt(USUAL_PIXELS / (widthPx * heightPx)));
}

/** The size to draw on: a photo so small that single dots would be smaller than its pixels is enlarged, none made smaller. */
export function enlargedSize({ widthPx, heightPx }: Size): Size {
  const factor = Math.max(1, usualFactor({ widthPx, heightPx }));
  return { widthPx: Math.round(widthPx * factor), heightPx: Math.round(heightPx * factor) };
}
