import type { Shown } from './shown.ts';

/** What only browser modules say: names of what they make, and what went on or wrong there. */
export const scriptsTexts = {
  changeWhereDotsAreSet: 'Preview: change where dots are set',
  previewCouldNotBeStarted: 'The preview could not be started here. Choose, then press Update the preview.',
  updating: 'Updating …',
  cannotBeDrawn: 'This cannot be drawn. The last picture is still shown.',
  simulationOf: (name: Shown, shade: Shown) => `Simulation: ${name}, ${shade}`,
  placeTheChosenPoint: 'Photo: place the chosen point',
  cornerOf4: (number: Shown, hint: Shown) => `Corner ${number} of 4: ${hint}`,
  thePoint: (hint: Shown) => `The ${hint}`,
  markHairSkinAndWhatToLeaveOut: 'Photo: mark hair, skin and what to leave out',
  andPainted: (patches: Shown, areas: Shown) => `${patches}; painted: ${areas}`,
  hair: 'hair',
  skin: 'skin',
  leftOut: 'left out',
  photoCouldNotBeRead: 'The photo could not be read. Choose another one and try again.',
  sendingThePhoto: 'Sending the photo',
  readingThePhoto: 'Reading the photo',
  uploadStopped: 'Upload stopped. Your photo is still here. Try again.',
  tryAgain: 'Try again',
  cancelled: 'Cancelled. Your photo is still here.',
  copied: 'Copied.',
  couldNotBeCopied: 'Could not be copied. It is selected: copy it by hand.',
  outsideWhatCanBePredicted: 'One of the numbers is outside what can be predicted.',
  connectionWasLost: 'The connection was lost. Stipple goes on measuring; trying again.',
} as const;
