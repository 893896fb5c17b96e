/** Hair colours that can be chosen, by their keys. */
export const hairColoursTexts = {
  black: 'black',
  darkBrown: 'dark brown',
  mediumBrown: 'medium brown',
  lightBrown: 'light brown',
  red: 'red',
  darkBlond: 'dark blond',
  lightBlond: 'light blond',
  grey: 'grey',
  white: 'white',
} as const;
