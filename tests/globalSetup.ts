import { buildAll } from '../src/build.ts';

/** Workers and browser pages run what `npm start` runs: the built files. */
export default async function setup(): Promise<void> {
  await buildAll();
}
