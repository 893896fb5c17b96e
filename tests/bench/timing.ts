/** Median of several runs after one that does not count, ms. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Runs before counting: a server that has been used has its code compiled. */
const WARM_UP = 10;

/** Two kinds of work in turn, A B A B …: the median of the ratios holds when the machine's speed drifts. */
export async function pairedRatio(
  runs: number,
  work: () => unknown,
  reference: () => unknown,
): Promise<{ ms: number; referenceMs: number; ratio: number }> {
  for (let i = 0; i < WARM_UP; i++) {
    await work();
    await reference();
  }
  const pairs: [number, number][] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    const middle = performance.now();
    await reference();
    pairs.push([middle - start, performance.now() - middle]);
  }
  return {
    ms: median(pairs.map(([one]) => one)),
    referenceMs: median(pairs.map(([, other]) => other)),
    ratio: median(pairs.map(([one, other]) => one / other)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
