/** The six classes of skin by its ITA. */
export const skinTonesTexts = {
  veryLight: 'very light',
  light: 'light',
  intermediate: 'intermediate',
  tan: 'tan',
  brown: 'brown',
  dark: 'dark',
} as const;
