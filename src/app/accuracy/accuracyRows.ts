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
      what: 'Skin with card / white spot / nothing in the photo, rendered scenes, median',
      figure: `${oneDigit(f.skinCard)} / ${oneDigit(f.skinWhite)} / ${oneDigit(f.skinEstimated)} ΔE00 (uncorrected: ${oneDigit(f.skinUncorrected)})`,
      plain: 'A card beside the head helps more than anything else; without any reference the error is easy to see.',
    },
    {
      what: 'Stubble as it looks, with a card, rendered scenes, median',
      figure: `${oneDigit(f.hairCard)} ΔE00`,
      plain:
        'Hair is darker than the card’s skin patches and made of parts, so it is known a little less well than skin.',
    },
    {
      what: 'Colour cards found in rendered poses; worst corner',
      figure: `${f.cardsFound} of ${f.cardsVisible}, ${f.cardsWrongWay} the wrong way round; ${f.cornerWorst.toFixed(2)} % of the diagonal`,
      plain: 'A whole card is found wherever it lies. One that is cut off or hidden is refused.',
    },
    {
      what: 'Photos of genuine cards, patches kept out of the fit',
      figure: `mean ${oneDigit(f.heldOutMean)}, 90 % within ${oneDigit(f.heldOutP90)} ΔE00`,
      plain: 'What real cameras and real lights leave over.',
    },
    {
      what: 'Skin and hair in boxes placed by hand on real photos, named right',
      figure: `${percent(f.skinBoxes)} and ${percent(f.hairBoxes)}`,
      plain: 'Now and then a place is taken for something else: look at the regions and correct them.',
    },
    {
      what: 'Stubble in rendered scenes, median: colour from a distance, single hair, cover',
      figure: `${oneDigit(f.stubbleApparent)} ΔE00, ${oneDigit(f.stubbleFibre)} ΔE00, ${oneDigit(f.stubbleCoverage)} points`,
      plain: 'Dark stubble is read well. Light hair on fair skin is read far worse than this.',
    },
    {
      what: 'True colour inside the stated 80 % region, skin and hair; skin of the class where it is least',
      figure: `${percent(f.skinHeld)} and ${percent(f.hairHeld)}; ${percent(f.skinHeldLeast)}`,
      plain:
        'How far the stated uncertainty can be believed: 80 % would be exactly right, less means that it promises too much.',
    },
    {
      what: 'Healed area of dots against an independent simulation of light in skin',
      figure: `median ${f.healedMedian.toFixed(2)}, worst ${f.healedWorst.toFixed(2)} ΔE00 (print’s halftone law: ${oneDigit(f.halftoneLeast)}–${oneDigit(f.halftoneMost)})`,
      plain:
        'The light is computed right. Whether a hand, a needle and a healing skin do what is assumed is another question.',
    },
    {
      what: 'Known shade found again with 1 Lab unit of noise; its ratio, median',
      figure: `${percent(f.shadesFound)}; within ${percent(f.ratioError)}`,
      plain: 'Given the right colours, the right shade follows.',
    },
    {
      what: 'Likeliest shade is the best one, simulated matches: said and true',
      figure: `${percent(f.bestStated)} and ${percent(f.bestRight)}`,
      plain:
        'Neighbouring shades often serve as well, so the first is often not the only good one. Confidence is meant to say so.',
    },
  ];
}

/** The README's table. */
export function accuracyTable(): string {
  const rows = accuracyRows().map(({ what, figure }) => `| ${what} | ${figure} |`);
  return [`| measured on ${MEASURED.measuredOn} | |`, '| --- | --- |', ...rows, ''].join('\n');
}
