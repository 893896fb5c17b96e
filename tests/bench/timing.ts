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
/** The same for whole tasks in a worker thread: so many until no loop of theirs waits for its compiler any more. */
export const WARM_UP_WORKER = 40;

/** Wall clock and processor time of all threads, ms. */
export interface Spent {
  readonly ms: number;
  readonly cpuMs: number;
}

async function spend(work: () => unknown): Promise<Spent> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** How long the very first run takes, in words: with code that is not compiled yet. */
export async function firstMs(work: () => unknown): Promise<string> {
  return `${(await spend(work)).ms.toFixed(0)} ms`;
}

export interface Compared {
  readonly work: Spent;
  readonly reference: Spent;
  /** Medians of the ratios of neighbouring runs: of wall clock, and of processor time, which other programs hardly change. */
  readonly ratio: number;
  readonly cpuRatio: number;
}

/** Two kinds of work in turn, A B A B …: the median of the ratios holds when the machine's speed drifts. */
export async function pairedRatio(
  runs: number,
  work: () => unknown,
  reference: () => unknown,
  warmUp = WARM_UP,
): Promise<Compared> {
  for (let i = 0; i < warmUp; i++) {
    await work();
    await reference();
  }
  const pairs: { work: Spent; reference: Spent }[] = [];
  for (let i = 0; i < runs; i++) pairs.push({ work: await spend(work), reference: await spend(reference) });
  const middle = (which: 'work' | 'reference'): Spent => ({
    ms: median(pairs.map((pair) => pair[which].ms)),
    cpuMs: median(pairs.map((pair) => pair[which].cpuMs)),
  });
  return {
    work: middle('work'),
    reference: middle('reference'),
    ratio: median(pairs.map((pair) => pair.work.ms / pair.reference.ms)),
    cpuRatio: median(pairs.map((pair) => pair.work.cpuMs / pair.reference.cpuMs)),
  };
}

/** One line of figures: wall clock, and both ratios to the bare decode of the same file. */
export function ratioRow(name: string, { work, ratio, cpuRatio }: Compared, target = ''): string {
  const figures = `${work.ms.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2).padStart(5)} × bare decode`;
  return `${name.padEnd(44)} ${figures}, ${cpuRatio.toFixed(2).padStart(5)} × in processor time${target && `  target ${target}`}`;
}

/** Work done twice at once: how often it is done a second. */
export async function bothAtOnce(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await Promise.all([work(), work()]);
  return 2000 / (performance.now() - start);
}

const BUSY_ROUNDS = 7;

/** One line of figures: with both cores busy, how much is done a second, and how much of the reference. */
export async function busyRow(
  name: string,
  work: () => Promise<unknown>,
  reference: () => Promise<unknown>,
  target = '',
): Promise<string> {
  const rounds: (readonly [work: number, reference: number])[] = [];
  for (let i = 0; i < BUSY_ROUNDS; i++) rounds.push([await bothAtOnce(work), await bothAtOnce(reference)]);
  const share = 100 * median(rounds.map(([done, decoded]) => done / decoded));
  const [done, decoded] = [median(rounds.map(([done]) => done)), median(rounds.map(([, decoded]) => decoded))];
  const figures = `${done.toFixed(2).padStart(6)}     ${share.toFixed(0)} % of bare decodes (${decoded.toFixed(2)})`;
  return `${name.padEnd(44)} ${figures}${target && `  target ${target}`}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
