import { photoChecksTexts } from '../../language/texts/photoChecks.ts';
import type { Box } from '../rasterPhoto.ts';

/** One remark about a photo, as the result's `quality` list carries it. */
export interface QualityEntry {
  readonly check:
    | 'focus'
    | 'exposure'
    | 'clipping'
    | 'glare'
    | 'cast'
    | 'shadow'
    | 'resolution'
    | 'hairVisible'
    | 'skinVisible'
    | 'scalp'
    | 'fresh'
    | 'earlierWork'
    | 'composite'
    | 'tattoo'
    | 'card'
    | 'profile'
    | 'frames';
  /** `warn` may cost accuracy; `fail` should be retaken. */
  readonly level: 'ok' | 'warn' | 'fail';
  /** What was seen and where, one plain sentence. */
  readonly message: string;
  /** What to do next, one action. */
  readonly fix: string;
  /** Where, in displayed pixels. */
  readonly at?: Box;
}

/** The `fix` of an entry that found nothing wrong. */
export const NOTHING_TO_DO = photoChecksTexts.nothingToDo;
