let depth = 0;
let log: typeof console.log;

/**
 * Runs work whose library reports failures on standard output, which belongs to the answer of `--json`; the failures
 * themselves arrive as errors. Calls may overlap.
 */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (depth === 0) {
    log = console.log;
    console.log = () => {};
  }
  depth += 1;
  try {
    return await work();
  } finally {
    depth -= 1;
    if (depth === 0) console.log = log;
  }
}
