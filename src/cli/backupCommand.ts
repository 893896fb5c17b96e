import { StippleError } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import { openStores } from '../openStores.ts';
import type { BackupSummary } from '../storage/backup/backupFormat.ts';
import { restoreBackup } from '../storage/backup/restoreBackup.ts';
import { writeBackup } from '../storage/backup/writeBackup.ts';
import { openDatabase, openUnmigrated } from '../storage/database.ts';
import type { Terminal } from './terminal.ts';

export const BACKUP_HELP = commandHelpTexts.backup;

export async function backupCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const file = onlyFile(args);
  const { database, photos } = await openStores(process.env);
  // Brings an older database up to date first, so that the backup is of a schema this Stipple knows.
  await (await openDatabase(database)).destroy();
  const opened = openUnmigrated(database);
  try {
    const summary = await writeBackup(opened, photos, file, new Date());
    terminal.print(`${file}: ${describe(summary)}.\n`);
    return 0;
  } catch (error) {
    return failed(error, terminal);
  } finally {
    await opened.db.destroy();
  }
}

export async function restoreCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const file = onlyFile(args);
  const { database, photos } = await openStores(process.env);
  const opened = openUnmigrated(database);
  try {
    const summary = await restoreBackup(opened, photos, file);
    terminal.print(commandLineTexts.restored(describe(summary)));
    return 0;
  } catch (error) {
    return failed(error, terminal);
  } finally {
    await opened.db.destroy();
  }
}

function onlyFile(args: readonly string[]): string {
  const [file] = args;
  if (args.length !== 1 || !file || file.startsWith('-')) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.expectedOneFileName);
  }
  return file;
}

function describe({ rows, photos }: BackupSummary): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return commandLineTexts.recordsAndPhotos(total, photos);
}

function failed(error: unknown, terminal: Terminal): number {
  terminal.complain(error instanceof Error ? error.message : String(error));
  return 1;
}
