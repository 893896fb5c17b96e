/** A test by its file under tests/ and its own title. */
type Proof = readonly [file: string, title: string];

export interface Requirement {
  readonly number: number;
  readonly wanted: string;
  /** Tests that fail when it does not hold; together they prove it. */
  readonly proofs: readonly Proof[];
}

const of = (number: number, wanted: string, ...proofs: readonly Proof[]): Requirement => ({ number, wanted, proofs });

const RESULT = 'browser/result.test.ts';
const PAGES = 'browser/everyPage.test.ts';
const STUDIO_PAGES = 'browser/everyStudioPage.test.ts';
const FLOW = 'browser/flow.test.ts';
const REGIONS = 'browser/regions.test.ts';
const CALIBRATE = 'browser/calibrate.test.ts';
const STUDIO = 'browser/preview.test.ts';
const NO_SCRIPT = 'browser/noScript.test.ts';
const PROMISES = 'web/promises.test.ts';
const TRY_OUT = 'web/tryOut.test.ts';
const SHARES = 'web/shares.test.ts';
const CATALOGS = 'web/catalogs.test.ts';
const CONSULTATIONS = 'web/consultations.test.ts';
const RANKING = 'matching/rankShades.test.ts';
const CONFIDENCE = 'matching/confidence.test.ts';
const DIFF = 'catalog/diffCatalogs.test.ts';
const DECODE = 'photo/decode/';

const EVERY_PAGE =
  'passes axe and stays neutral on phone and desktop, light and dark; fits 320 px; targets are 44 px' as const;
const PAIRS = 'touch, are large and undecorated on the grey stage: %s' as const;
const STAGE = 'are those of the API on a stage of rgb(119, 119, 119): %s theme' as const;
const CLIENT_PAGE = 'shows pictures and plain words, keeps to itself, and no GET changes anything' as const;
const ANSWERS = 'asks for changes in the client’s words, then approves with ticks and a name, once' as const;
const BAD_UPLOAD = 'explains %s and keeps what was typed' as const;

/** The product's requirements, in few words, and where each is proven. `requirements.test.ts` checks that the tests are there. */
export const REQUIREMENTS: readonly Requirement[] = [
  of(1, 'demo to a full result in two taps', [
    TRY_OUT,
    'reaches a full result of the demo from the start page with one tap',
  ]),
  of(2, 'upload, result and share without JavaScript', [
    NO_SCRIPT,
    'goes from a photo to the client’s yes without JavaScript, asking no other site for anything',
  ]),
  of(3, 'everything needed on the first phone screen', [
    RESULT,
    'shows shade, code, pair, closeness, confidence, ratio and drops without scrolling',
  ]),
  of(4, 'whole drops, within 3 % or with their error', [
    'matching/drops.test.ts',
    'are whole, fit the named cup and say their own error',
  ]),
  of(5, 'smallest cup that works is named', [
    'matching/drops.test.ts',
    'names the smallest cup that takes 20:1 when 1 ml does not',
  ]),
  of(6, 'sessions from lighter to darker', [
    'matching/sessionPlan.test.ts',
    'is never stronger than the next session without a note, and stays in the limits',
  ]),
  of(7, 'blur named with place and action; used anyway it is Low', [
    PROMISES,
    'names the blur of a blurred photo, its place and one thing to do, and trusts it little when used anyway',
  ]),
  of(
    8,
    'without a card: Medium at most, no decimals',
    [RESULT, 'gives no decimal colour difference outside Details without a card'],
    [CONFIDENCE, 'is at most medium for colours by "%s"'],
  ),
  of(
    9,
    'no good match is said, never “best match”',
    [RESULT, 'never speaks of a best match when there is no good one'],
    [RANKING, 'says no good match when hair is lighter than the skin'],
  ),
  of(
    10,
    'too close to call, with equal prominence',
    [RANKING, 'calls two different looks that are equally likely too close to call'],
    [RESULT, 'gives tied shades equal prominence and no headline recipe'],
  ),
  of(11, 'confidence as a word with reason and next step', [
    RESULT,
    'words confidence with a reason and one next step, never as a percentage',
  ]),
  of(
    12,
    'three reasons with region or value',
    [
      'matching/explainWhy.test.ts',
      'gives three reasons with a value for one shade alone, without alternatives to speak of',
    ],
    [RANKING, 'cite region or value at least three times and tell what each alternative gets wrong'],
  ),
  of(13, 'pairs touch, undecorated and large', [RESULT, PAIRS]),
  of(14, 'stage of one grey with room round it', [RESULT, STAGE], [RESULT, PAIRS]),
  of(
    15,
    'no hue outside swatches',
    [RESULT, 'are neutral everywhere but in swatches and photos, pixel by pixel'],
    [PAGES, EVERY_PAGE],
    [STUDIO_PAGES, EVERY_PAGE],
  ),
  of(16, 'swatches have the API’s colour', [RESULT, STAGE], [RESULT, PAIRS]),
  of(
    17,
    'axe finds nothing on any page',
    [PAGES, EVERY_PAGE],
    [STUDIO_PAGES, EVERY_PAGE],
    [STUDIO, 'studio and client page are accessible in both themes on phone and desktop'],
  ),
  of(18, 'touch targets of 44 px', [PAGES, EVERY_PAGE], [STUDIO_PAGES, EVERY_PAGE]),
  of(
    19,
    'slider, brush and corners by click and by key',
    [STUDIO, 'compares by keyboard and by buttons'],
    [REGIONS, 'paints areas that are measured as painted, and shown again'],
    [REGIONS, 'works by keyboard alone, with zoom'],
    [CALIBRATE, 'takes four clicks in the named order, with a loupe, and measures with that card'],
    [CALIBRATE, 'moves corners by keyboard, 1 pixel an arrow and 10 with Shift, and needs no mouse'],
  ),
  of(20, 'comparison by native range and three buttons', [STUDIO, 'compares by keyboard and by buttons']),
  of(
    21,
    'corners: four taps, arrows, loupe',
    [CALIBRATE, 'takes four clicks in the named order, with a loupe, and measures with that card'],
    [CALIBRATE, 'moves corners by keyboard, 1 pixel an arrow and 10 with Shift, and needs no mouse'],
  ),
  of(22, 'overlays differ without colour', [
    REGIONS,
    'tells hair, skin and avoid apart by pattern in greyscale, each with its name',
  ]),
  of(
    23,
    'twenty steps back; back to the suggestion',
    [REGIONS, 'can be undone and redone over more than twenty steps'],
    [STUDIO, 'adds and removes area by brush, outline and keyboard, takes back and resets'],
  ),
  of(
    24,
    'two fingers never paint; the page scrolls',
    [REGIONS, 'enlarge the photo and never paint, even where one of them began to'],
    [REGIONS, 'leave the page to scroll outside the photo'],
  ),
  of(
    25,
    'each bad file has its own message',
    [TRY_OUT, BAD_UPLOAD],
    ['web/upload.test.ts', 'may be exactly as large as the limit, not one byte larger'],
    [`${DECODE}decodeRefusals.test.ts`, '%s with noise in its pixels is damaged'],
    [`${DECODE}decodeRefusals.test.ts`, 'every refusal has its own sentence'],
  ),
  of(26, 'error summary with focus and links', [
    FLOW,
    'moves the focus to a summary of what is wrong, which leads to the field',
  ]),
  of(
    27,
    'a failed submit loses nothing',
    [TRY_OUT, BAD_UPLOAD],
    [FLOW, 'names what it is doing, survives a lost connection and reaches the result'],
    [CALIBRATE, 'comes back with the corners and the reason when no card lies there'],
  ),
  of(
    28,
    'POST answers 303; reload repeats nothing',
    ['security/routes.test.ts', 'answers everybody as the table says'],
    [FLOW, 'repeats nothing when the page after a form is loaded again'],
  ),
  of(29, 'double submit makes one match', [TRY_OUT, 'makes one match of a double submit']),
  of(
    30,
    'progress names its step, announced, without a timer',
    [FLOW, 'names each step while it measures and then moves on by itself'],
    [PROMISES, 'announces each step while it measures, and never reloads by a timer'],
  ),
  of(31, 'demo within five seconds', [
    'app/demoTime.test.ts',
    'measures the demo from file to recipe within five seconds of one core',
  ]),
  of(32, 'lost connection offers to try again', [
    FLOW,
    'names what it is doing, survives a lost connection and reaches the result',
  ]),
  of(33, 'HEIC works', [`${DECODE}decodeOrientation.test.ts`, 'HEIC %s']),
  of(
    34,
    'no position in stored or served photos',
    [TRY_OUT, 'stores and serves no metadata'],
    [`${DECODE}writeKeptPhoto.test.ts`, 'is upright, small enough, and carries no EXIF, position or profile'],
    ['photo/strip/keepMeasurable.test.ts', '%s has the same pixels, colours and orientation, and nothing personal'],
  ),
  of(
    35,
    'sideways photos appear upright',
    [`${DECODE}decodeOrientation.test.ts`, '%i is applied'],
    [`${DECODE}writeKeptPhoto.test.ts`, 'is upright, small enough, and carries no EXIF, position or profile'],
  ),
  of(
    36,
    'flags with reason and decision hold sending up',
    [SHARES, 'is blocked, with the reason, until every flag is decided'],
    [CONSULTATIONS, 'records who decided what about a flag, and why one goes ahead'],
  ),
  of(
    37,
    'no promises in any text',
    ['words.test.ts', 'promises nothing that nobody can promise, in any source or page'],
    [PAGES, EVERY_PAGE],
    [STUDIO_PAGES, EVERY_PAGE],
  ),
  of(38, 'choice and suggestion are both kept', [
    TRY_OUT,
    'keeps both the suggestion and the shade a technician chose',
  ]),
  of(
    39,
    'three years are a range of two pictures',
    [STUDIO, 'the client’s page slides, switches stage, and tells that it was opened'],
    ['web/preview.test.ts', 'shows both ends of a range'],
  ),
  of(
    40,
    '“Simulation” in every picture',
    ['preview/previewer.test.ts', 'says Simulation in every picture, readable in the mirror too'],
    [PROMISES, 'writes “Simulation” into the picture that is saved, both corners, even when nothing else is drawn'],
  ),
  of(41, 'the address brings the preview back', [
    STUDIO,
    'draws in the browser, redraws with each choice, and its address brings everything back',
  ]),
  of(42, 'light changes the picture only', [PROMISES, 'changes the picture with the light, and never the recipe']),
  of(43, 'reading a link changes nothing', [SHARES, CLIENT_PAGE], [SHARES, ANSWERS]),
  of(
    44,
    'links keep to themselves',
    [SHARES, CLIENT_PAGE],
    [NO_SCRIPT, 'goes from a photo to the client’s yes without JavaScript, asking no other site for anything'],
  ),
  of(45, 'ended links answer 410 without names', [
    SHARES,
    'answers 410 with nobody’s name once revoked or expired, and 404 for a token that never was',
  ]),
  of(
    46,
    'client reads plain words',
    [SHARES, CLIENT_PAGE],
    ['language/clientTexts.test.ts', 'need reading grade 8 at most, together and in every longer text'],
  ),
  of(47, 'approval needs ticks and a name and gives a receipt', [SHARES, ANSWERS]),
  of(48, 'a client’s note reaches the studio', [SHARES, ANSWERS]),
  of(
    49,
    'print fits one page',
    [
      NO_SCRIPT,
      'prints the report on one page of A4 and of Letter, with its swatches and its limits, without navigation',
    ],
    ['app/report/report.test.ts', 'stays on one page however much there is to say'],
  ),
  of(
    50,
    'checking a file writes nothing; counts add up',
    ['web/catalogApi.test.ts', 'checks a file without changing anything, and publishes what was checked'],
    [CATALOGS, 'shows 9 same, 2 changed, 1 new and 3 errors, mends one inline, publishes and restores'],
    [DIFF, 'counts add up, and applying the same file again changes nothing'],
  ),
  of(
    51,
    'row errors with place and fix; refused rows to keep',
    [DIFF, 'say row, column, found, expected and fix, and leave the shade as it was'],
    [
      'catalog/formats/writeRejectedRows.test.ts',
      'come back as they were, with the reason, and can be imported once they are mended',
    ],
    [CATALOGS, 'shows 9 same, 2 changed, 1 new and 3 errors, mends one inline, publishes and restores'],
  ),
  of(52, 'what a file leaves out stays', [
    DIFF,
    'changes only the cells it has: absent columns and rows delete nothing',
  ]),
  of(53, 'spreadsheet dialects', ['catalog/formats/csv.test.ts', 'reads %s']),
  of(
    54,
    'an export imported again changes nothing',
    [DIFF, 'changes nothing (%s)'],
    ['catalog/formats/cxf.test.ts', 'changes nothing when an export is imported again'],
  ),
  of(
    55,
    'versions with author, time and note',
    [CATALOGS, 'shows 9 same, 2 changed, 1 new and 3 errors, mends one inline, publishes and restores'],
    ['storage/recordsContract.ts', 'publishes catalog versions that nothing can change'],
  ),
  of(56, 'old results stay on their catalog version', [
    'app/catalogReplay.test.ts',
    'keeps an old result on its version, byte for byte, and gives the newest to the next match',
  ]),
  of(
    57,
    'discontinued shades are replaced',
    [RANKING, 'never suggests a discontinued shade and names its replacement'],
    [RANKING, 'names a discontinued shade that would be closer, with its replacement where there is one'],
    [PROMISES, 'says what takes the place of a shade that is no longer made'],
  ),
  of(
    58,
    'expired lots and missing labels are flagged',
    [RANKING, 'ranks expired and lotless stock after an equal valid shade, and flags it'],
    ['matching/flags.test.ts', 'list missing label statements of the asked region'],
  ),
  of(
    59,
    'two people at once lose nothing',
    [CATALOGS, 'shows both sides when two people change one shade, and loses neither'],
    [CONSULTATIONS, 'does not overwrite what somebody else saved meanwhile'],
  ),
  of(
    60,
    'the whole way by keyboard, with a ring',
    [FLOW, 'goes by keyboard alone from the demo over corrected regions to another shade'],
    [PAGES, 'draws a ring round whatever has the keyboard focus'],
  ),
  of(
    61,
    'less motion; forced colours',
    [PAGES, 'moves nothing for a person who asks for less motion'],
    [RESULT, 'keep the swatches’ own colours in forced colours, with controls that can be seen'],
  ),
  of(62, '320 px without sideways scrolling', [PAGES, EVERY_PAGE], [STUDIO_PAGES, EVERY_PAGE]),
  of(63, 'page, command line and API agree', [
    TRY_OUT,
    'gives page, API and command line the same result, byte for byte',
  ]),
  of(
    64,
    'OpenAPI is valid; roles hold',
    ['web/openapi.test.ts', 'serves a valid OpenAPI 3.1 document'],
    ['security/routes.test.ts', 'answers everybody as the table says'],
  ),
  of(
    65,
    'erasing removes photos, pictures and links',
    ['web/privacy.test.ts', 'hands out everything about a person and then forgets it, photo and result too'],
    [CONSULTATIONS, 'files a new photo with a client, follows the choice of a shade, and erases all of it'],
    [SHARES, 'erasing the consultation removes links and their pictures'],
  ),
];
