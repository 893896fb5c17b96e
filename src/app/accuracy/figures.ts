import measured from './measured.json' with { type: 'json' };

/** Every figure that `npm run evaluate -- FOLDER --write` measures; what each one is, is said where it is shown. */
export interface Figures {
  /** Median and worst area error against Monte Carlo transport, ΔE00, and the range of Murray–Davies on the same cases. */
  readonly healedMedian: number;
  readonly healedWorst: number;
  readonly halftoneLeast: number;
  readonly halftoneMost: number;
  readonly cardsVisible: number;
  readonly cardsFound: number;
  readonly cardsWrongWay: number;
  /** Worst corner of a found card, % of the picture's diagonal. */
  readonly cornerWorst: number;
  /** Patches of genuine charts that were held out of the fit, ΔE00. */
  readonly heldOutMean: number;
  readonly heldOutP90: number;
  /** Median error of skin in the card's plane by what the colours rest on, ΔE00. */
  readonly skinCard: number;
  /** The same of stubble as it looks, with a card. */
  readonly hairCard: number;
  readonly skinWhite: number;
  readonly skinEstimated: number;
  readonly skinUncorrected: number;
  /** How often the stated 80 % region holds the true colour, 0–1. */
  readonly skinHeld: number;
  readonly hairHeld: number;
  /** The same for the class of skin where it is least. */
  readonly skinHeldLeast: number;
  /** Share of hand-placed boxes on real photos that is labelled right, 0–1. */
  readonly skinBoxes: number;
  readonly hairBoxes: number;
  /** Medians on rendered stubble: ΔE00, ΔE00, percentage points. */
  readonly stubbleApparent: number;
  readonly stubbleFibre: number;
  readonly stubbleCoverage: number;
  /** Known shades found again at 1 Lab unit of noise, 0–1, and the median relative error of their ratio. */
  readonly shadesFound: number;
  readonly ratioError: number;
  /** The likeliest shade of simulated matches: chance of being the best as stated and as it turned out, 0–1. */
  readonly bestStated: number;
  readonly bestRight: number;
}

export const MEASURED: { readonly measuredOn: string; readonly figures: Figures } = measured;
