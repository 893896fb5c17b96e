import { defineConfig } from 'vitest/config';

/** The pure heart of the project: its branches are covered by its own tests alone, with no server and no photo. */
const PURE = ['colour', 'optics', 'matching', 'catalog'];

/** `npm run coverage`: fails when a folder's branches fall under 95 %. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: PURE.map((folder) => `tests/${folder}/**/*.test.ts`),
    testTimeout: 60_000,
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: PURE.map((folder) => `src/${folder}/**/*.ts`),
      reporter: ['text'],
      thresholds: Object.fromEntries(PURE.map((folder) => [`src/${folder}/**/*.ts`, { branches: 95 }])),
    },
  },
});
