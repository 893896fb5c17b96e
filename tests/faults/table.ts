/** One line of the table: what was done, what came of it, and whether that is as it must be; null where it cannot be done. */
export interface Row {
  readonly fault: string;
  readonly found: string;
  readonly held: boolean | null;
}

function told(line: Row): Row {
  const { fault, found, held } = line;
  const word = held === null ? 'not possible here' : held ? 'held' : 'BROKEN';
  process.stdout.write(`${word.padEnd(17)}  ${fault.padEnd(48)} ${found}\n`);
  return line;
}

export function row(fault: string, found: string, held: boolean): Row {
  return told({ fault, found, held });
}

/** A fault this account or machine cannot bring about: it counts neither as held nor as broken. */
export function notPossible(fault: string, why: string): Row {
  return told({ fault, found: why, held: null });
}
