import type { Shown } from './shown.ts';

/** The start page, earlier matches, waiting and how Stipple decides. */
export const startTexts = {
  matchAShade: 'Match a shade',
  fromAPhotoOfScalp: 'From a photo of scalp and hair to a pigment shade, its mix in whole drops, and how sure that is.',
  yourPhoto: 'Your photo',
  jpegPngWebPTiffAvif: 'JPEG, PNG, WebP, TIFF, AVIF or HEIC, up to 25 MB.',
  orTakeOneNow: 'Or take one now',
  for: 'For',
  forSomebodyElse: 'For somebody else',
  clientAlias: 'Client alias',
  allCatalogs: 'All catalogs',
  ml: (cup: Shown) => `${cup} ml`,
  sendingThePhoto: 'Sending the photo',
  cancel: 'Cancel',
  measureThisPhoto: 'Measure this photo',
  noPhotoAtHand: 'No photo at hand?',
  seeTheWholeWay: 'See the whole way on a computer-made close-up with a colour card.',
  tryTheDemo: 'Try the demo',
  recentInYourStudio: 'Recent in your studio',
  recentInThisBrowser: 'Recent in this browser',
  allOfThem: 'All of them',
  allOfThisBrowsersTryOuts: 'All of this browser’s try-outs',
  aPhotoThatMeasuresWell: 'A photo that measures well',
  daylightFromAWindowNoFlash: 'Daylight from a window, no flash, no direct sun.',
  a24PatchColourCardFlat: 'A 24-patch colour card flat beside the head, all of it visible, in the same light.',
  cleanDryMatteScalpShave: 'Clean, dry, matte scalp; shave or clip first. Not on the day of a session.',
  phoneStillAndLevelAbout30: 'Phone still and level, about 30 cm away; tap the scalp to focus.',
  eraseWithItsPhoto: (title: Shown) => `Erase ${title}, with its photo`,
  history: 'History',
  whatEverybodyOfYourStudio: 'What everybody of your studio measured.',
  tryOutsAreKeptForDays: (keptDays: Shown) =>
    `Try-outs are kept for ${keptDays} days and are visible only in this browser.`,
  nothingHereYetMeasureAPhoto: 'Nothing here yet. Measure a photo or try the demo; the result will appear here.',
  measuringThePhoto: 'Measuring the photo',
  steps: 'Steps',
  thisPhotoCouldNotBeMeasured: 'This photo could not be measured',
  chooseAnotherPhoto: 'Choose another photo',
  tryAgain: 'Try again',
  stepsOfThisMatch: 'Steps of this match',
  of: (number: Shown, count: Shown, text: Shown) => `${number} of ${count} · ${text}`,
  stippleMeasuresColoursInAPhoto:
    'Stipple measures colours in a photo, works out what each shade would look like once healed in this skin, and offers the mix that comes nearest to the hair. It is a second pair of eyes: you see the skin, it sees the photo.',
  theWayToARecipe: 'The way to a recipe',
  trueColours: 'True colours.',
  aColourCardInThePhoto:
    'A colour card in the photo tells what the camera and the light did, and that is taken out. A white spot tells part of it. Without either it is estimated from the picture itself.',
  skinAndHair: 'Skin and hair.',
  bareSkinAndStubbleAreFound:
    'Bare skin and stubble are found and measured apart. Shine, shadow and burnt-out places are left out. You can correct every region.',
  theGoal: 'The goal.',
  pigmentShouldLookLikeFreshly:
    'Pigment should look like freshly shaven stubble from half a metre away: the tone of the area, and how dark a single dot is.',
  howAShadeHeals: 'How a shade heals.',
  lightIsFollowedThroughThe:
    'Light is followed through the layers of this skin to dots of pigment and back, for every shade of your catalogs and every mix its maker allows.',
  theRecipe: 'The recipe.',
  theBestMixBecomesWholeDrops:
    'The best mix becomes whole drops for your cup, and three sessions from lighter to darker.',
  howSure: 'How sure.',
  allOfItIsComputedAgain:
    'All of it is computed again with every doubt drawn by chance. When several shades do equally well, Stipple says so; when none comes near, it says “No good match”.',
  whereItCanBeWrong: 'Where it can be wrong',
  aHeadIsRound: 'A head is round.',
  skinThatTurnsAwayFrom:
    'Skin that turns away from the light gets less of it than a card beside it. No card can know that; bare skin may read a little too dark.',
  lightHair: 'Light hair',
  onLightSkinHardlyStandsOut:
    'on light skin hardly stands out and is measured badly. Grey hair among dark is an estimate.',
  noCardOneGuessMore: 'No card, one guess more.',
  withoutAReferenceWarmLight:
    'Without a reference, warm light and warm skin look alike. Confidence then never says High.',
  healingIsAssumed: 'Healing is assumed.',
  nobodyHasPublishedMeasured:
    'Nobody has published measured colours of healed treatments, so strength, depth and fading are stated assumptions. Your own healed results, added under',
  correctThemForYourHand: ', correct them for your hand.',
  theCatalogMayBeWrong: 'The catalog may be wrong.',
  aShadeIsOnlyAsGood:
    'A shade is only as good as the reading its maker gave. Bundled lines are made up, to try things out.',
  screensDiffer: 'Screens differ,',
  andTwoColoursThatMatch:
    'and two colours that match by day may part under a lamp. Set a test patch and look at it healed.',
  skinIsHealth: 'Skin is health.',
  stippleKnowsNothingAbout:
    'Stipple knows nothing about allergies, wounds or moles. What it flags is for a person to decide.',
  howWellItWasMeasured: 'How well it was measured to work',
  measuredOnE00IsTheUsual: (measuredOn: Shown) =>
    `Measured on ${measuredOn}. ΔE00 is the usual measure of how different two colours look: 1 is just visible side by side, 2 to 3 is seen when looking for it, 5 is plain.`,
  what: 'What',
  measured: 'Measured',
  whatTheseFiguresDoNotSay: 'What these figures do not say',
  renderedScenesArePictures:
    '“Rendered scenes” are pictures computed from known skin, hair, light and cameras. They share their optics with Stipple, so they test the measuring, not the optics. The optics are tested by a separate simulation that follows single rays.',
  realPhotosWithKnownAnswers:
    'Real photos with known answers are few: cards have printed values and regions can be judged by eye, but nobody has measured the skin in them.',
  noFigureHereComesFrom: 'No figure here comes from a treated client. The first that do will be your own.',
  tooCloseToCall: 'too close to call',
  noGoodMatch: 'no good match',
  noRecommendation: 'no recommendation',
  withoutAlias: 'Without alias',
  photoRefused: 'photo refused',
  notMeasured: 'not measured',
  howStippleDecides: 'How Stipple decides',
} as const;
