import { ENGLISH } from './english.ts';

/**
 * What the browser module of each page says, by the module's own names; `{name}` stands for a value that it puts in.
 * Pages hand these over with themselves, so that browser modules hold no words; tests compare the names on both sides.
 */
export const SCRIPT_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  calibratePage: {
    canvas: ENGLISH.scripts.placeTheChosenPoint,
    corner: ENGLISH.scripts.cornerOf4('{number}', '{hint}'),
    spot: ENGLISH.scripts.thePoint('{hint}'),
  },
  homePage: {
    measure: ENGLISH.start.measureThisPhoto,
    errorTitle: ENGLISH.frame.errorTitle('{title}'),
    unreadable: ENGLISH.scripts.photoCouldNotBeRead,
    sending: ENGLISH.scripts.sendingThePhoto,
    reading: ENGLISH.scripts.readingThePhoto,
    stopped: ENGLISH.scripts.uploadStopped,
    again: ENGLISH.scripts.tryAgain,
    cancelled: ENGLISH.scripts.cancelled,
  },
  previewPage: {
    canvas: ENGLISH.scripts.changeWhereDotsAreSet,
    lightest: ENGLISH.preview.lightestLikely,
    darkest: ENGLISH.preview.darkestLikely,
    after: ENGLISH.common.after,
    notStarted: ENGLISH.scripts.previewCouldNotBeStarted,
    updating: ENGLISH.scripts.updating,
    notDrawn: ENGLISH.scripts.cannotBeDrawn,
    simulation: ENGLISH.scripts.simulationOf('{name}', '{shade}'),
  },
  regionsPage: {
    canvas: ENGLISH.scripts.markHairSkinAndWhatToLeaveOut,
    patches: ENGLISH.photo.patches(ENGLISH.photo.patchesOf('{hair}', '{skin}', '{avoid}')),
    painted: ENGLISH.scripts.andPainted('{patches}', '{areas}'),
    hair: ENGLISH.scripts.hair,
    skin: ENGLISH.scripts.skin,
    avoid: ENGLISH.scripts.leftOut,
  },
  sharePage: {
    copied: ENGLISH.scripts.copied,
    notCopied: ENGLISH.scripts.couldNotBeCopied,
  },
  whatIfPage: {
    coverage: ENGLISH.result.ofTheSkinLiesUnderDots('{percent}'),
    outside: ENGLISH.scripts.outsideWhatCanBePredicted,
  },
  workingPage: {
    lost: ENGLISH.scripts.connectionWasLost,
  },
};
