import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from '../../src/cli/runCommand.ts';
import { processTerminal } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import { projectRoot } from '../../src/projectRoot.ts';

interface Answer {
  /** The exit code. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = promisify(execFile);

/** Runs a command of `stipple` in this process, with a terminal that remembers; not beside a server, which would stand still. */
export async function stipple(...args: string[]): Promise<Answer> {
  let stdout = '';
  let stderr = '';
  const terminal = {
    ...processTerminal(),
    print(text: string) {
      stdout += text;
    },
    complain(sentence: string) {
      stderr += `${sentence}\n`;
    },
    progress: () => undefined,
  };
  const code = (await runCommand(args, terminal, () => readConfig(process.env))) ?? 0;
  return { code, stdout, stderr };
}

/** Runs the built command as a person would; never throws. */
export async function spawnStipple(...args: string[]): Promise<Answer> {
  try {
    return { code: 0, ...(await run(process.execPath, [join(projectRoot, 'dist/cli.js'), ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as Error & Answer;
    return { code, stdout, stderr };
  }
}
