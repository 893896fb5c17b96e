#!/usr/bin/env node
import { runCommand } from './cli/runCommand.ts';
import { processTerminal } from './cli/terminal.ts';
import { readConfig } from './config.ts';

const exit = await runCommand(process.argv.slice(2), processTerminal(), () => readConfig(process.env));
if (exit !== null) process.exitCode = exit;
