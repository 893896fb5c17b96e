import { peopleTexts } from '../../language/texts/people.ts';

/** What a person says of themselves when an account is made. */
export interface NewAccount {
  readonly signInName: string;
  readonly displayName: string;
  readonly password: string;
}

/** What is wrong with one field of a form, in words. */
export interface AccountFault {
  readonly field: string;
  readonly text: string;
}

const LEAST_CHARACTERS = 12;
const MOST_CHARACTERS = 200;
/** So many characters must be left when the first guesses of everybody are taken out. */
const LEAST_OWN_CHARACTERS = 6;
const LEAST_DIFFERENT = 5;
const FIRST_GUESSES = [
  'password',
  'passwort',
  'stipple',
  'qwertyuiop',
  'qwerty',
  'abcdefghijkl',
  'abcdef',
  'letmein',
  'welcome',
  'changeme',
  'administrator',
  'admin',
  '1234567890',
  '123456789',
  '12345678',
  '123456',
  '1234',
];

/**
 * Length is what makes a password hard to guess, so there are no rules on its make-up (NIST SP 800-63B); only what is tried
 * first is refused: the person's own names, "password" and the like with little added.
 * @param names the person's sign-in name, name and organisation
 * @returns what is wrong, or null
 */
export function passwordFault(password: string, names: readonly string[]): string | null {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < LEAST_CHARACTERS) return peopleTexts.passwordTooShort(LEAST_CHARACTERS);
  if (characters.length > MOST_CHARACTERS) return peopleTexts.passwordTooLong(MOST_CHARACTERS);
  const guesses = [...FIRST_GUESSES, ...names.flatMap((name) => name.split(/[\s@.]+/))]
    .map((guess) => guess.normalize('NFKC').toLowerCase())
    .filter((guess) => guess.length >= 3)
    .sort((a, b) => b.length - a.length);
  const own = guesses.reduce((rest, guess) => rest.replaceAll(guess, ''), characters.join('').toLowerCase());
  if (own.length < LEAST_OWN_CHARACTERS || new Set(own).size < LEAST_DIFFERENT) {
    return peopleTexts.passwordGuessed;
  }
  return null;
}

/** @param names further names a password must not be made of: the organisation's */
export function accountFaults(account: NewAccount, names: readonly string[]): AccountFault[] {
  const { signInName, displayName, password } = account;
  const faults: AccountFault[] = [];
  if (!isLine(displayName, 1, 80)) {
    faults.push({ field: 'displayName', text: peopleTexts.enterYourName });
  }
  if (!isLine(signInName, 3, 120) || /\s/.test(signInName)) {
    faults.push({
      field: 'signInName',
      text: peopleTexts.enterAnEmailAddress,
    });
  }
  const fault = passwordFault(password, [signInName, displayName, ...names]);
  if (fault) faults.push({ field: 'password', text: fault });
  return faults;
}

export const NAME_TAKEN: AccountFault = {
  field: 'signInName',
  text: peopleTexts.signInNameTaken,
};

/** One line of text without control characters. */
export function isLine(text: string, least: number, most: number): boolean {
  return text.trim().length >= least && text.length <= most && !/\p{Cc}/u.test(text);
}
