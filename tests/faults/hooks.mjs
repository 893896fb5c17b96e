// Loaded into a server under test before its own code, in its main thread and in its workers: what only a test may ask of it.
import { appendFileSync, existsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { CRASH_FILE } = process.env;
if (isMainThread) {
  process.on('SIGUSR2', () => {
    for (let i = 0; i < 3; i++) globalThis.gc();
    process.stdout.write(`heap after collection ${process.memoryUsage().heapUsed}\n`);
  });
} else if (CRASH_FILE) {
  // A thread that dies in the middle of its work, as of a fault in native code it depends on.
  setInterval(() => {
    if (!existsSync(CRASH_FILE)) return;
    appendFileSync(`${CRASH_FILE}.log`, '.');
    process.exit(70);
  }, 2).unref();
}
