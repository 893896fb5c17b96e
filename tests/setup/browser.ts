import { type Browser, chromium } from 'playwright-core';
import { findOrInstallChromium } from './chromium.ts';

/** Containers have no sandbox and no GPU; nothing may leave the machine but what a test asks for. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser of the tests, without a window. Close it with `close()`. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: await findOrInstallChromium(), args: FLAGS });
}
