/** A value inside a sentence: text as it is shown, or a number that is shown as it is. */
export type Shown = string | number;
