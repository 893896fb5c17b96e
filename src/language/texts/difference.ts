import type { Shown } from './shown.ts';

/** Bands of ΔE00 in words; results hold them too. */
export const closenessTexts = {
  same: 'looks the same',
  veryClose: 'very close',
  close: 'close; seen side by side',
  noticeable: 'noticeable',
  notGood: 'not a good match',
} as const;

/** How one colour differs from another, and how ratios and lists are said; browser modules carry these too. */
export const differenceTexts = {
  slightly: 'slightly',
  aTouch: 'a touch',
  much: 'much',
  graded: (grade: Shown, word: Shown) => `${grade} ${word}`,
  lighter: 'lighter',
  darker: 'darker',
  warmer: 'warmer',
  cooler: 'cooler',
  redder: 'redder',
  greener: 'greener',
  neat: 'neat',
  and: (before: Shown, last: Shown) => `${before} and ${last}`,
} as const;
