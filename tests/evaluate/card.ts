import { evaluateCardPhotos } from './cardPhotos.ts';
import { evaluateCardScenes } from './cardScenes.ts';
import type { EvaluationSection } from './section.ts';

/** Colour card: found, the right way round, and what it does for colours; white reference and no reference beside it. */
export const cardSection: EvaluationSection = {
  name: 'card and calibration',
  async run({ sharedDir }) {
    const scenes = await evaluateCardScenes();
    if (!sharedDir) return { ...scenes, lines: ['No real photos here.', ...scenes.lines] };
    const photos = await evaluateCardPhotos(sharedDir);
    return {
      lines: [...photos.lines, '', ...scenes.lines],
      failures: [...photos.failures, ...scenes.failures],
      figures: { ...scenes.figures, ...photos.figures },
    };
  },
};
