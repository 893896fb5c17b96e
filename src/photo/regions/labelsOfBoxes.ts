import type { Box } from '../rasterPhoto.ts';
import { LABEL, type Label, type LabelMap } from './labelMap.ts';

/**
 * Labels of a grid like `like` from boxes in displayed pixels, over what was painted on it before; avoid wins over hair,
 * hair over skin.
 */
export function labelsOfBoxes(
  like: Pick<LabelMap, 'widthPx' | 'heightPx' | 'scale'>,
  boxes: { readonly skin: readonly Box[]; readonly hair: readonly Box[]; readonly avoid: readonly Box[] },
  painted: Uint8Array | null = null,
): LabelMap {
  const { widthPx, heightPx, scale } = like;
  const labels = painted ? painted.slice() : new Uint8Array(widthPx * heightPx);
  const paint = (list: readonly Box[], label: Label) => {
    for (const [x, y, w, h] of list) {
      const left = Math.max(0, Math.floor(x * scale));
      const right = Math.min(widthPx, Math.ceil((x + w) * scale));
      const bottom = Math.min(heightPx, Math.ceil((y + h) * scale));
      for (let row = Math.max(0, Math.floor(y * scale)); row < bottom; row++) {
        if (right > left) labels.fill(label, row * widthPx + left, row * widthPx + right);
      }
    }
  };
  paint(boxes.skin, LABEL.skin);
  paint(boxes.hair, LABEL.hair);
  paint(boxes.avoid, LABEL.avoid);
  return { widthPx, heightPx, scale, labels };
}
