/** One option of a command, in the words of `parseArgs` and of the help text at once. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What stands behind the name in the help, such as "ID|FILE". */
  readonly value?: string;
  /** What it does; without it the option is not listed. */
  readonly text?: string;
}

const INDENT = 2;
const TEXT_AT = 25;

/** The option lines of a help text; a text of several lines goes on under itself. */
export function optionsHelp(options: Readonly<Record<string, CommandOption>>): string {
  return Object.entries(options)
    .filter(([, { text }]) => text !== undefined)
    .map(([name, { value, text }]) => {
      const left = `${' '.repeat(INDENT)}--${name}${value ? ` ${value}` : ''}`;
      const [first, ...rest] = text!.split('\n');
      const start = left.length < TEXT_AT ? left.padEnd(TEXT_AT) : `${left}   `;
      return [(start + first).trimEnd(), ...rest.map((line) => ' '.repeat(TEXT_AT) + line)].join('\n');
    })
    .join('\n');
}
