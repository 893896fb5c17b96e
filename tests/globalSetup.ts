import { buildAll } from '../src/build.ts';
import { findOrInstallChromium } from './setup/chromium.ts';

/** Workers and browser pages run what `npm start` runs: the built files. One Chromium is found or installed for all tests. */
export default async function setup(): Promise<void> {
  await buildAll();
  process.env.CHROMIUM_PATH = await findOrInstallChromium();
}
