import { STEP_WORDS, type Step } from '../app/jobBoard.ts';

/** Where a command speaks: results to standard output, everything else to standard error. */
export interface Terminal {
  print(text: string): void;
  complain(sentence: string): void;
  /** The step a photo is in, shown only where a person watches; null clears it. */
  progress(step: Step | null): void;
  today(): string;
}

export function processTerminal(): Terminal {
  const watched = process.stderr.isTTY;
  return {
    print: (text) => void process.stdout.write(text),
    complain: (sentence) => void process.stderr.write(`${sentence}\n`),
    progress(step) {
      if (watched) process.stderr.write(`\r\x1b[K${step ? `${STEP_WORDS[step]} …` : ''}`);
    },
    today: () => new Date().toISOString().slice(0, 10),
  };
}
