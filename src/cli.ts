#!/usr/bin/env node
import { runCommand } from './cli/runCommand.ts';
import { processTerminal } from './cli/terminal.ts';

const exit = await runCommand(process.argv.slice(2), processTerminal());
if (exit !== null) process.exitCode = exit;
