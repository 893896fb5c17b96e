import { accuracyTexts } from '../../language/texts/accuracy.ts';
import { type Figures, MEASURED } from './figures.ts';

export interface AccuracyRow {
  readonly what: string;
  readonly figure: string;
  /** The same for somebody who does not know ΔE00. */
  readonly plain: string;
}

const oneDigit = (value: number) => value.toFixed(1);
const percent = (share: number) => `${Math.round(100 * share)} %`;

/** What was measured, as the README and the page "How Stipple decides" show it. */
export function accuracyRows(f: Figures = MEASURED.figures): readonly AccuracyRow[] {
  return [
    {
      what: accuracyTexts.skinWithCardWhiteSpotNothing,
      figure: `${oneDigit(f.skinCard)} / ${oneDigit(f.skinWhite)} / ${oneDigit(f.skinEstimated)} ΔE00 (uncorrected: ${oneDigit(f.skinUncorrected)})`,
      plain: accuracyTexts.cardBesideTheHeadHelps,
    },
    {
      what: accuracyTexts.stubbleAsItLooks,
      figure: `${oneDigit(f.hairCard)} ΔE00`,
      plain: accuracyTexts.hairIsDarkerThanTheCards,
    },
    {
      what: accuracyTexts.colourCardsFoundInRenderedPoses,
      figure: accuracyTexts.cardsFoundOf(f.cardsFound, f.cardsVisible, f.cardsWrongWay, f.cornerWorst.toFixed(2)),
      plain: accuracyTexts.wholeCardIsFoundWherever,
    },
    {
      what: accuracyTexts.photosOfGenuineCards,
      figure: accuracyTexts.meanAndP90(oneDigit(f.heldOutMean), oneDigit(f.heldOutP90)),
      plain: accuracyTexts.whatRealCamerasAndRealLights,
    },
    {
      what: accuracyTexts.skinAndHairInBoxesPlaced,
      figure: accuracyTexts.and(percent(f.skinBoxes), percent(f.hairBoxes)),
      plain: accuracyTexts.nowAndThenAPlace,
    },
    {
      what: accuracyTexts.stubbleInRenderedScenes,
      figure: accuracyTexts.stubbleErrors(
        oneDigit(f.stubbleApparent),
        oneDigit(f.stubbleFibre),
        oneDigit(f.stubbleCoverage),
      ),
      plain: accuracyTexts.darkStubbleIsReadWell,
    },
    {
      what: accuracyTexts.trueColourInsideTheStated80,
      figure: accuracyTexts.heldShares(percent(f.skinHeld), percent(f.hairHeld), percent(f.skinHeldLeast)),
      plain: accuracyTexts.howFarTheStatedUncertaintyCan,
    },
    {
      what: accuracyTexts.healedAreaOfDotsAgainst,
      figure: accuracyTexts.healedErrors(
        f.healedMedian.toFixed(2),
        f.healedWorst.toFixed(2),
        oneDigit(f.halftoneLeast),
        oneDigit(f.halftoneMost),
      ),
      plain: accuracyTexts.lightIsComputedRight,
    },
    {
      what: accuracyTexts.knownShadeFoundAgainWith1,
      figure: accuracyTexts.foundWithin(percent(f.shadesFound), percent(f.ratioError)),
      plain: accuracyTexts.givenTheRightColours,
    },
    {
      what: accuracyTexts.likeliestShadeIsTheBestOne,
      figure: accuracyTexts.and(percent(f.bestStated), percent(f.bestRight)),
      plain: accuracyTexts.neighbouringShadesOftenServeAsWell,
    },
  ];
}

/** The README's table. */
export function accuracyTable(): string {
  const rows = accuracyRows().map(({ what, figure }) => `| ${what} | ${figure} |`);
  return [accuracyTexts.measuredOn(MEASURED.measuredOn), '| --- | --- |', ...rows, ''].join('\n');
}
