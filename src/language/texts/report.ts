/** The printed report. */
export const reportTexts = {
  downloadAsPdf: 'Download as PDF',
  confidence: 'Confidence',
  sessions: 'Sessions',
  why: 'Why',
  measuredAndAssumed: 'Measured and assumed',
  recipe: 'Recipe',
  backToTheResult: 'Back to the result',
  toCheckBeforeUse: 'To check before use',
} as const;
