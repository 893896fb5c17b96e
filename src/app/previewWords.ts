import { readMask } from '../masks/maskText.ts';
import { enlargedSize } from '../preview/drawnSize.ts';
import { previewGrid } from '../preview/previewGrid.ts';
import { previewSentences } from '../preview/previewSentences.ts';
import type { PreviewOptions } from './previewOptions.ts';
import type { PreviewScene } from './previewScene.ts';

/** What has to be said with a preview that is drawn elsewhere, in order of weight. */
export function previewWords(
  scene: PreviewScene,
  { mask, treatment, light }: Pick<PreviewOptions, 'mask' | 'treatment' | 'light'>,
): string[] {
  const { pxPerMm, sentence } = scene.scale;
  const dotPx = (scene.hand.diameterMm * pxPerMm * enlargedSize(scene).widthPx) / scene.widthPx;
  const grid = previewGrid(scene, readMask(scene.regions), pxPerMm);
  return [sentence, ...previewSentences(grid, { area: mask, treatment, light }, dotPx)];
}
