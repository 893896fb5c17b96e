import { ENGINE } from '../app/engine.ts';
import type { Config } from '../config.ts';
import { ERRORS } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import { BACKUP_HELP, backupCommand, restoreCommand } from './backupCommand.ts';
import { CALIBRATE_HELP, calibrateCommand } from './calibrateCommand.ts';
import { CATALOG_HELP, catalogCommand } from './catalogCommand.ts';
import { ERASE_HELP, eraseCommand } from './eraseCommand.ts';
import { MATCH_HELP, matchCommand } from './matchCommand.ts';
import { PREDICT_HELP, predictCommand } from './predictCommand.ts';
import { PREVIEW_HELP, previewCommand } from './previewCommand.ts';
import type { Terminal } from './terminal.ts';
import { failureOf } from './usage.ts';
import { USER_HELP, userCommand } from './userCommand.ts';

const HELP = commandHelpTexts.all(ENGINE);

const HELPS: Record<string, string> = {
  match: MATCH_HELP,
  'calibrate-check': CALIBRATE_HELP,
  predict: PREDICT_HELP,
  preview: PREVIEW_HELP,
  catalog: CATALOG_HELP,
  user: USER_HELP,
  erase: ERASE_HELP,
  backup: BACKUP_HELP,
  restore: BACKUP_HELP,
  serve: commandHelpTexts.serve,
};

type Command = (args: readonly string[], terminal: Terminal, readSettings: () => Config) => Promise<number>;

const COMMANDS: Record<string, Command> = {
  match: matchCommand,
  'calibrate-check': calibrateCommand,
  predict: predictCommand,
  preview: previewCommand,
  catalog: (args, terminal) => catalogCommand(args, terminal, process.env),
  user: (args, terminal, readSettings) => userCommand(args, terminal, readSettings()),
  erase: (args, terminal) => eraseCommand(args, terminal, process.env),
  backup: backupCommand,
  restore: restoreCommand,
};

/**
 * What `stipple` does with its arguments.
 * @param readSettings reads the settings of the environment, for the commands that need them
 * @returns its exit code; null when it goes on as a server
 */
export async function runCommand(
  argv: readonly string[],
  terminal: Terminal,
  readSettings: () => Config,
): Promise<number | null> {
  const [name = 'help', ...args] = argv;
  if (name === 'help' || name === '--help' || name === '-h') {
    terminal.print(HELPS[args[0] ?? ''] ?? HELP);
    return 0;
  }
  if (name === '--version') {
    terminal.print(`${ENGINE}\n`);
    return 0;
  }
  if (name === 'serve') {
    const { start } = await import('../startServer.ts');
    await start(process.env);
    return null;
  }
  const command = COMMANDS[name];
  if (!command) {
    terminal.complain(commandLineTexts.noSuchCommand(name));
    return 64;
  }
  try {
    return await command(args, terminal, readSettings);
  } catch (error) {
    const { problem } = failureOf(error);
    if (args.includes('--json')) terminal.print(`${JSON.stringify(problem)}\n`);
    terminal.complain(problem.title);
    if (problem.code === 'SMP_INTERNAL' && error instanceof Error) terminal.complain(error.stack ?? error.message);
    return ERRORS[problem.code].exit;
  }
}
