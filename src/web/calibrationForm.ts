import type { MatchOptions } from '../app/matchOptions.ts';
import type { MatchResult } from '../app/matchResult.ts';
import { ENGLISH } from '../language/english.ts';
import { PATCH_NAMES } from '../photo/card/patchNames.ts';
import type { Point } from '../photo/rasterPhoto.ts';

/** The points a person can place, in the order they are asked for. */
export const POINTS = [
  { key: 'brown', text: ENGLISH.photo.brown, hint: ENGLISH.photo.outerCornerBesideTheBrownDark },
  { key: 'green', text: ENGLISH.photo.bluishGreen, hint: ENGLISH.photo.outerCornerBesideTheBluish },
  { key: 'black', text: ENGLISH.photo.black, hint: ENGLISH.photo.outerCornerBesideTheBlackPatch },
  { key: 'white', text: ENGLISH.photo.white, hint: ENGLISH.photo.outerCornerBesideTheWhitePatch },
  { key: 'spot', text: ENGLISH.photo.spot, hint: ENGLISH.photo.middleOfAWhiteCardGrey },
] as const;
export type PointKey = (typeof POINTS)[number]['key'];

export const SPOT_KINDS = [
  { value: 'white', text: ENGLISH.photo.whiteCard },
  { value: 'grey', text: ENGLISH.photo.greyCard18 },
  { value: 'paper', text: ENGLISH.photo.sheetOfWhitePaper },
] as const;

const WHY_REJECTED: Readonly<Record<string, string>> = {
  glare: ENGLISH.photo.inGlare,
  clipped: 'overexposed',
  shadow: ENGLISH.photo.inShadow,
  dirty: ENGLISH.photo.unlikeTheOthersPerhapsDirty,
  covered: 'covered',
};

/** x and y of each point as text: what was typed or placed, '' where nothing is. */
export type PointTexts = Readonly<Record<PointKey, readonly [string, string]>>;

interface PhotoSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

const textOf = (value: number): string => String(Math.round(value * 10) / 10);
const textsOf = (point: readonly number[] | undefined): [string, string] =>
  point ? [textOf(point[0]!), textOf(point[1]!)] : ['', ''];

/** What the page starts with: the points placed last time, else the card that was found. */
export function startingPoints(options: MatchOptions, result: MatchResult): PointTexts {
  const corners = options.cardCorners ?? result.calibration.card?.corners ?? [];
  const [brown, green, black, white] = [0, 1, 2, 3].map((i) => textsOf(corners[i])) as [string, string][];
  return { brown: brown!, green: green!, black: black!, white: white!, spot: textsOf(options.white) };
}

/** The points in a form's fields; with a tap on the small picture (no JavaScript), the active one is moved there. */
export function typedPoints(fields: Record<string, unknown>, photo: PhotoSize): PointTexts {
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name].trim() : '');
  const scale = photo.widthPx / Number(fields.tapWidth);
  const tapped = [Number(fields['tap.x']) * scale, Number(fields['tap.y']) * scale];
  const entries = POINTS.map(({ key }) => {
    const isTapped = fields.point === key && tapped.every(Number.isFinite);
    return [key, isTapped ? textsOf(tapped) : [text(`${key}.x`), text(`${key}.y`)]];
  });
  return Object.fromEntries(entries) as PointTexts;
}

/** The point to place after this one: round the corners, and the spot stays. */
export function pointAfter(key: unknown): PointKey {
  const at = POINTS.findIndex((point) => point.key === key);
  return POINTS[at < 0 ? 0 : Math.min(at + 1, at === 4 ? 4 : 3)]!.key;
}

function readPoint(texts: readonly [string, string], photo: PhotoSize): Point | null {
  const [x, y] = texts.map((text) => (text === '' ? Number.NaN : Number(text))) as [number, number];
  return x >= 0 && y >= 0 && x <= photo.widthPx && y <= photo.heightPx ? [x, y] : null;
}

export interface FieldFault {
  readonly text: string;
  readonly field: string;
}

/** The points asked for as numbers, or what is wrong with each. */
export function readPoints(points: PointTexts, keys: readonly PointKey[], photo: PhotoSize): Point[] | FieldFault[] {
  const faults: FieldFault[] = [];
  const read = keys.map((key) => {
    const point = readPoint(points[key], photo);
    const { text } = POINTS.find((each) => each.key === key)!;
    const name = key === 'spot' ? ENGLISH.photo.theSpot : ENGLISH.photo.theCorner(text);
    const field = `${key}-x`;
    if (points[key].every((each) => each === '')) faults.push({ text: ENGLISH.photo.isNotPlacedYet(name), field });
    else if (!point)
      faults.push({
        text: ENGLISH.photo.mustBeTwoNumbersInside(name, photo.widthPx, photo.heightPx),
        field,
      });
    return point;
  });
  return faults.length > 0 ? faults : (read as Point[]);
}

/** A person placed a card or a spot and it could not be used: the page that can put it right is shown. */
export function unusableReference(options: MatchOptions, { calibration }: MatchResult): boolean {
  return options.white ? calibration.method !== 'white' : !!options.cardCorners && calibration.method !== 'card';
}

/** The published colours, or those of the person's own card. */
export function referenceChoices(options: MatchOptions, own: { readonly name: string } | null) {
  if (!own && !options.cardReference) return [];
  const isOwn = options.cardReference !== undefined;
  return [
    { value: 'published', text: ENGLISH.photo.publishedColours, chosen: !isOwn },
    { value: 'own', text: own ? ENGLISH.photo.yourCard(own.name) : ENGLISH.photo.yourCardSinceRemoved, chosen: isOwn },
  ];
}

/** What the calibration of this photo rests on, in words and its figures. */
export function calibrationView(result: MatchResult, placed: boolean) {
  const { method, card, message } = result.calibration;
  if (card) {
    const { deltaE00Before, deltaE00After, patchesUsed, rejected } = card;
    return {
      heading: placed ? ENGLISH.photo.theCardYouPlacedIsUsed : ENGLISH.photo.aColourCardWasFound,
      sentence: ENGLISH.photo.ofIts24PatchesAreUsed(patchesUsed, deltaE00Before.toFixed(1), deltaE00After.toFixed(1)),
      rejected: rejected.map(({ patch, why }) => `${PATCH_NAMES[patch - 1]}: ${WHY_REJECTED[why] ?? why}`),
    };
  }
  if (method === 'white') {
    const sentence = ENGLISH.photo.lightAndBrightnessAreCorrected;
    return { heading: ENGLISH.photo.theWhiteReferenceIsUsed, sentence, rejected: [] };
  }
  return {
    heading: ENGLISH.photo.noColourReferenceIsUsed,
    sentence: [message, ENGLISH.photo.theColoursAreEstimated].filter(Boolean).join(' '),
    rejected: [],
  };
}
