import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Problem } from '../catalog/problem.ts';
import { validateCatalog } from '../catalog/validateCatalog.ts';
import { StippleError } from '../errors.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const CATALOG_HELP = `stipple catalog validate FILE... [--json]

Checks catalog files and prints every problem with its place, what was found, what is expected and how to mend it.
Exit: 0 no errors (warnings may be printed), 1 errors, 64 bad usage.
`;

function line({ level, path, found, expected, fix }: Problem): string {
  return `  ${level}: ${path || 'file'}: found ${found}; expected ${expected}. ${fix}\n`;
}

/** `stipple catalog validate`. */
export async function catalogCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = usage(() =>
    parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
      allowPositionals: true,
    }),
  );
  const [verb, ...files] = positionals;
  if (values.help) {
    terminal.print(CATALOG_HELP);
    return 0;
  }
  if (verb !== 'validate' || files.length === 0) {
    throw new StippleError('SMP_OPTION_INVALID', 'Expected: stipple catalog validate FILE.');
  }
  let errors = 0;
  for (const file of files) {
    const problems = await problemsOf(file);
    errors += problems.filter((problem) => problem.level === 'error').length;
    if (values.json) terminal.print(`${JSON.stringify({ file, problems })}\n`);
    else
      terminal.print(
        `${file}: ${problems.length === 0 ? 'no problems' : `${problems.length} problems`}\n${problems.map(line).join('')}`,
      );
  }
  return errors > 0 ? 1 : 0;
}

async function problemsOf(file: string): Promise<readonly Problem[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new StippleError('SMP_OPTION_INVALID', `The file ${file} cannot be read. Check its name.`, { cause });
  }
  try {
    return validateCatalog(JSON.parse(text)).problems;
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : 'unreadable text';
    return [{ level: 'error', path: '', found, expected: 'a JSON catalog', fix: 'Export the catalog again.' }];
  }
}
