import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type CardConditions, readCardReference } from '../app/cardReference.ts';
import type { Lab65 } from '../colour/lab65.ts';
import { StippleError } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';

export const CARD_REFERENCE_OPTIONS = {
  'card-reference': {
    type: 'string',
    value: 'FILE',
    text: commandHelpTexts.coloursOfThisVeryCard,
  },
  'card-illuminant': {
    type: 'string',
    value: 'D50|D65|A|C|F2|F11',
    text: commandHelpTexts.lightOfLabValues,
  },
  'card-observer': { type: 'string', value: '2|10', text: commandHelpTexts.observerOfThem },
} as const;

interface CardValues {
  readonly 'card-reference'?: string | undefined;
  readonly 'card-illuminant'?: string | undefined;
  readonly 'card-observer'?: string | undefined;
}

/** The colours of the card that the command line names, or null. @throws StippleError SMP_OPTION_INVALID */
export async function readCardOption(values: CardValues): Promise<readonly Lab65[] | null> {
  const file = values['card-reference'];
  if (file === undefined) return null;
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.cardReferenceUnreadable(file), { cause });
  });
  const [illuminant, observer] = [values['card-illuminant'], values['card-observer']];
  const answers = { ...(illuminant && { illuminant }), ...(observer && { observer }) } as CardConditions;
  return readCardReference(bytes, basename(file), answers);
}
