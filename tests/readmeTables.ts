import { accuracyTable } from '../src/app/accuracy/accuracyRows.ts';
import { settingsTable } from '../src/config.ts';
import { ERRORS } from '../src/errors.ts';
import { commandHelpTexts } from '../src/language/texts/commandHelp.ts';

/** Commands as `stipple help` lists them. */
export function commandLines(): string[] {
  const list = /\nCommands\n([\s\S]*?)\n\n/.exec(commandHelpTexts.all(''))?.[1] ?? '';
  return list.split('\n').map((line) => line.trim());
}

function commandsTable(): string {
  const rows = commandLines().map((line) => {
    const [, command, meaning] = /^(.*?) {2,}(.*)$/.exec(line) ?? [];
    return `| \`stipple ${command}\` | ${meaning} |`;
  });
  return ['| command | what it does |', '| --- | --- |', ...rows, ''].join('\n');
}

function errorsTable(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, exit, sentence }]) => `| \`${code}\` | ${status} | ${exit} | ${sentence} |`,
  );
  return ['| code | HTTP | exit | what it says |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

/** The README's generated tables by the name of their markers: `<!-- name -->` to `<!-- /name -->`. */
export const README_TABLES: Readonly<Record<string, () => string>> = {
  accuracy: accuracyTable,
  commands: commandsTable,
  settings: settingsTable,
  errors: errorsTable,
};

/** Where a table stands in the README: the text between its markers. */
export function markedPart(name: string): RegExp {
  return new RegExp(`(?<=<!-- ${name} -->\\n)[\\s\\S]*?(?=<!-- /${name} -->)`);
}
