import { endsOf, type Look, STAGES, type Stage, type Treatment } from '../../preview/previewLooks.ts';
import type { SharePictureKind } from '../../storage/sharesRepo.ts';

/** What a client's link may show beside the photo as it is. */
export const SHARED_STAGES = STAGES;
export type SharedStage = Stage;

/** One picture of a stage as a link keeps it. */
export interface SharedPicture {
  readonly kind: SharePictureKind;
  /** Of a range, which end. */
  readonly end: Look['name'];
}

const KIND = {
  fresh: { one: 'fresh', lightest: 'fresh', darkest: 'fresh' },
  healed: { one: 'healed', lightest: 'healedLightest', darkest: 'healedDarkest' },
  aged: { one: 'agedDarkest', lightest: 'agedLightest', darkest: 'agedDarkest' },
} as const satisfies Record<SharedStage, Record<'one' | 'lightest' | 'darkest', SharePictureKind>>;

/** The pictures of a stage: where nobody can tell how much colour will be left, a client sees both ends. */
export function picturesOfStage(stage: SharedStage, treatment: Treatment): SharedPicture[] {
  return endsOf(stage, treatment).map((end) => ({ kind: KIND[stage][end ?? 'one'], end }));
}

/** Which of a link's pictures belong to a stage. */
export function isOfStage(kind: SharePictureKind, stage: SharedStage): boolean {
  return Object.values<SharePictureKind>(KIND[stage]).includes(kind);
}
