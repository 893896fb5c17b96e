import type { Shown } from './shown.ts';

/** What frames each page, errors included. */
export const frameTexts = {
  skipToContent: 'Skip to content',
  main: 'Main',
  screensAndLightsDifferCheck:
    'Screens and lights differ. Check a patch on skin in daylight and in the client’s usual light; two colours can match in one and differ in another.',
  theme: 'Theme',
  system: 'system',
  light: 'light',
  dark: 'dark',
  thereIsAProblem: 'There is a problem',
  whoCanHelp: 'Who can help:',
  ifItBelongsToYourStudio: 'If it belongs to your studio or supplier,',
  signIn: 'sign in',
  toSeeIt: 'to see it.',
  referenceForSupport: 'Reference for support:',
  goToTheStartPage: 'Go to the start page',
  bCoolerToTheLeftWarmer: 'b*: cooler to the left, warmer to the right',
  lLighterUpwards: 'L*: lighter upwards',
  circleSkinCrossTargetTriangles:
    'Circle: skin. Cross: target. Triangles: predicted healed shades. Dashed rings: one standard deviation of the measurement.',
  notAllowed: 'Not allowed',
  notFound: 'Not found',
  notPossibleHere: 'Not possible here',
  tooLarge: 'Too large',
  tooManyRequests: 'Too many requests',
  busyAtTheMoment: 'Busy at the moment',
  whatThisBelongsToWasErased:
    'What this belongs to was erased meanwhile, so nothing was stored. Go back and load the page again.',
  requestFailed: 'request failed',
  photoStore: 'photo store',
  errorTitle: (title: Shown) => `Error: ${title}`,
  match: 'Match',
  consultations: 'Consultations',
  history: 'History',
  signIn2: 'Sign in',
  people: 'People',
} as const;
