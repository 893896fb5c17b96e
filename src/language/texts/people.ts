import type { Shown } from './shown.ts';

/** People, sign-in, invitations and tokens: what is wrong with what was entered. */
export const peopleTexts = {
  passwordTooShort: (leastCharacters: Shown) => `The password must have at least ${leastCharacters} characters.`,
  passwordTooLong: (mostCharacters: Shown) => `The password must have at most ${mostCharacters} characters.`,
  passwordGuessed: 'This password is among the first that would be guessed. Take several unrelated words instead.',
  enterYourName: 'Enter your name, as colleagues shall see it: 1 to 80 characters.',
  enterAnEmailAddress: 'Enter an e-mail address or a user name of 3 to 120 characters, without spaces.',
  signInNameTaken: 'This sign-in name is taken. Choose another one.',
  chooseARoleFromTheList: 'Choose a role from the list.',
  accountClosed: 'This account is closed. Open it again first.',
  onlyOwner: (displayName: Shown) => `${displayName} is the only owner. Make somebody else an owner first.`,
  invitationUsed: (invitationDays: Shown) =>
    `This invitation has been used or withdrawn, or is older than ${invitationDays} days. Ask for a new one.`,
  sayForWhom: 'Say for whom the invitation is: 1 to 80 characters.',
  notCurrentPassword: 'This is not your current password.',
  sayWhatTokenIsFor: 'Say what the token is for: 1 to 60 characters.',
  chooseScope: 'Choose at least one thing the token may do.',
  chooseHowLong: 'Choose from the list how long the token is good.',
  resetLinkUsed: 'This link has been used or withdrawn, or is older than a day. Ask for a new one.',
  setUpLinkUsed: 'This set-up link has been used or is older than a day. Start Stipple again to get a new one.',
  enterNameOfStudio: 'Enter the name of the studio or supplier: 1 to 80 characters.',
} as const;
