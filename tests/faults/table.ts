/** One line of the table: what was done, what came of it, and whether that is as it must be. */
export interface Row {
  readonly fault: string;
  readonly found: string;
  readonly held: boolean;
}

export function row(fault: string, found: string, held: boolean): Row {
  process.stdout.write(`${held ? 'held  ' : 'BROKEN'}  ${fault.padEnd(46)} ${found}\n`);
  return { fault, found, held };
}
