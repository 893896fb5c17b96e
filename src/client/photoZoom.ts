const MOST_ZOOM = 8;

/** A photo that is enlarged and moved within its frame. Places are in CSS pixels of the frame. */
export interface PhotoZoom {
  readonly scale: number;
  /** Enlarges by a factor about a place, which stays where it is, and moves it by an offset. */
  zoomAt(factor: number, x: number, y: number, dx?: number, dy?: number): void;
  panBy(dx: number, dy: number): void;
  /** Moves just enough that a place of the photo (shares 0–1) is seen. */
  reveal(u: number, v: number): void;
}

/** @param shown is called after each change, since what is drawn at the size of the screen must be drawn again */
export function zoomPhoto(frame: HTMLElement, layer: HTMLElement, shown: () => void): PhotoZoom {
  let [scale, left, top] = [1, 0, 0];
  const keepCovered = (offset: number, size: number) => Math.min(0, Math.max(size * (1 - scale), offset));
  const apply = () => {
    left = keepCovered(left, frame.clientWidth);
    top = keepCovered(top, frame.clientHeight);
    layer.style.transform = scale === 1 ? '' : `translate(${left}px, ${top}px) scale(${scale})`;
    shown();
  };
  return {
    get scale() {
      return scale;
    },
    zoomAt(factor, x, y, dx = 0, dy = 0) {
      const next = Math.min(MOST_ZOOM, Math.max(1, scale * factor));
      left = x + dx - ((x - left) * next) / scale;
      top = y + dy - ((y - top) * next) / scale;
      scale = next;
      apply();
    },
    panBy(dx, dy) {
      if (scale === 1) return;
      left += dx;
      top += dy;
      apply();
    },
    reveal(u, v) {
      if (scale === 1) return;
      const margin = 24;
      const [w, h] = [frame.clientWidth, frame.clientHeight];
      const x = left + u * w * scale;
      const y = top + v * h * scale;
      left += Math.max(0, margin - x) - Math.max(0, x - w + margin);
      top += Math.max(0, margin - y) - Math.max(0, y - h + margin);
      apply();
    },
  };
}
