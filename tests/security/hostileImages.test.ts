import { describe, expect, it } from 'vitest';
import { seededRandom } from '../fixtures/scenes/seededRandom.ts';
import { tempFiles } from '../photo/decode/tempFiles.ts';
import { hostileImages } from './hostileImages.ts';
import { openHostileImage } from './openHostileImage.ts';

const save = tempFiles();
const mutators = await hostileImages();
/** `npm run test:faults` opens 5,000 of them. */
const EACH = 50;

describe('photos damaged where their format has structure', () => {
  it.each(Object.keys(mutators))('%s: refused in words or taken whole', async (kind) => {
    const random = seededRandom(kind.length);
    const outcomes = new Map<string | null, number>();
    for (let i = 0; i < EACH; i++) {
      const outcome = await openHostileImage(save('hostile.bin', mutators[kind]!(random)));
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    // A mutator that breaks every file, or none, would test nothing.
    expect([...outcomes.values()].reduce((sum, n) => sum + n, 0)).toBe(EACH);
    expect(outcomes.size).toBeGreaterThan(kind === 'ICC profile' || kind === 'EXIF directory' ? 0 : 1);
  });
});
