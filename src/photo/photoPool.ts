import { setFlagsFromString } from 'node:v8';
import type { Transferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { StippleError } from '../errors.ts';
import { type PhotoAnswer, readAnswer } from './photoAnswer.ts';

export interface PhotoPoolOptions {
  /** A module whose default export was made by `answerTasks`. */
  readonly workerFile: string;
  readonly threads: number;
  /** Tasks that may wait while all threads work. */
  readonly maxQueue: number;
  /** Longest one task may run; waiting does not count. */
  readonly timeoutMs: number;
  /** Most memory for the objects of one thread; 512 unless told. */
  readonly maxHeapMb?: number;
  /** Most memory for the newest of them, which is collected often; Node's own choice (48) unless told. */
  readonly maxYoungMb?: number;
  /** Threads that had no work for so long end, and none waits from the start; without it they stay. */
  readonly idleMs?: number;
}

/** What goes to a thread. */
export interface Sending {
  readonly task: unknown;
  /** Ports or buffers in the task that move to the thread and are gone here. */
  readonly transfer?: readonly Transferable[];
}

interface PhotoRun extends Omit<Sending, 'task'> {
  /**
   * What the task is about, asked before and after it: the thread that last worked on it is taken when it is free, since
   * it may remember; any free one otherwise.
   */
  readonly about?: () => string | null;
  /** Makes the task anew after its thread died. A task that transfers something is tried only once without it. */
  readonly again?: () => Sending | Promise<Sending>;
}

/** Threads that do photo work, so that the main thread stays free. */
export interface PhotoPool {
  /**
   * Runs one task in a worker, first come first served. A thread may die of something else than its task (memory that
   * others took), so the task is tried once more on a fresh one, with its full time.
   * @throws StippleError SMP_BUSY when the queue is full or the pool closed, SMP_PHOTO_TIMEOUT when the task ran too long
   * and its thread was killed, SMP_PHOTO_UNREADABLE when the second thread died, too, or whatever code the worker answered
   */
  run<T>(task: unknown, options?: PhotoRun): Promise<T>;
  /** Refuses new tasks, finishes accepted ones and ends the threads. */
  close(): Promise<void>;
}

/** Objects of one thread; pixels live outside the heap and are bounded by the size of a photo. */
const MAX_HEAP_MB = 512;
/** Node's own choice; the serving thread, which makes few objects, is started with less. */
const YOUNG_MB = 48;

/** Subjects whose thread is remembered; older ones go to any thread. */
const MOST_SUBJECTS = 200;

/** Heap that a thread may fill before the engine searches it for garbage; what it needs, and a photo of 12 million pixels. */
const UNSEARCHED_MB = 128;

/**
 * For threads that are started from now on: pixels lie outside the heap but count as if they filled it, so that each photo
 * would have the whole heap searched.
 */
function giveThreadsRoom(): void {
  setFlagsFromString(`--initial-old-space-size=${UNSEARCHED_MB}`);
}

/**
 * A bounded pool. The queue is kept here and not in piscina because a task's time limit must start when the task does,
 * because only one task may be lost when a thread dies, and because a task may want the thread that knows its photo: each
 * thread is a piscina of its own.
 */
export function createPhotoPool(options: PhotoPoolOptions): PhotoPool {
  const { workerFile, threads, maxQueue, timeoutMs, maxHeapMb = MAX_HEAP_MB, maxYoungMb = YOUNG_MB, idleMs } = options;
  giveThreadsRoom();
  const lanes = Array.from(
    { length: threads },
    (_, lane) =>
      new Piscina({
        filename: workerFile,
        // The first is ready from the start; the others, which cost memory, start when first needed and stay.
        minThreads: lane === 0 && idleMs === undefined ? 1 : 0,
        maxThreads: 1,
        idleTimeout: idleMs ?? Number.POSITIVE_INFINITY,
        // A thread that waits in its event loop can let go of what it keeps; one in Atomics.wait runs no timers.
        atomics: 'disabled',
        resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: maxYoungMb },
      }),
  );
  // The last one is taken first: a thread that has just worked has its code compiled, which takes a new one seconds.
  const idle = [...lanes.keys()].reverse();
  const waiting: ((lane: number) => void)[] = [];
  const finished: (() => void)[] = [];
  const lastLane = new Map<string, number>();
  let closed = false;

  const takeTurn = (about: string | null): Promise<number> => {
    const known = about === null ? undefined : lastLane.get(about);
    const lane = known !== undefined && idle.includes(known) ? known : idle.at(-1);
    if (lane === undefined) return new Promise((resolve) => waiting.push(resolve));
    idle.splice(idle.indexOf(lane), 1);
    return Promise.resolve(lane);
  };
  const endTurn = (lane: number): void => {
    const next = waiting.shift();
    if (next) {
      next(lane);
      return;
    }
    idle.push(lane);
    if (idle.length === threads) for (const resolve of finished.splice(0)) resolve();
  };
  const remember = (about: string, lane: number): void => {
    lastLane.delete(about);
    lastLane.set(about, lane);
    if (lastLane.size > MOST_SUBJECTS) lastLane.delete(lastLane.keys().next().value!);
  };
  const runOnce = async (lane: number, { task, transfer = [] }: Sending): Promise<PhotoAnswer> => {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await lanes[lane]!.run(task, { signal: limit, transferList: [...transfer] });
    } catch (cause) {
      throw new StippleError(limit.aborted ? 'SMP_PHOTO_TIMEOUT' : 'SMP_PHOTO_UNREADABLE', undefined, { cause });
    }
  };
  const runTwice = async (lane: number, first: Sending, again: PhotoRun['again']): Promise<PhotoAnswer> => {
    try {
      return await runOnce(lane, first);
    } catch (error) {
      const hasDied = error instanceof StippleError && error.code === 'SMP_PHOTO_UNREADABLE';
      if (!hasDied || !again) throw error;
      return await runOnce(lane, await again());
    }
  };

  return {
    async run<T>(task: unknown, { transfer = [], about = () => null, again }: PhotoRun = {}): Promise<T> {
      if (closed || (idle.length === 0 && waiting.length >= maxQueue)) throw new StippleError('SMP_BUSY');
      const lane = await takeTurn(about());
      try {
        const first = { task, transfer };
        return readAnswer(await runTwice(lane, first, transfer.length === 0 ? () => first : again)) as T;
      } finally {
        const subject = about();
        if (subject !== null) remember(subject, lane);
        endTurn(lane);
      }
    },
    async close() {
      closed = true;
      if (idle.length < threads) await new Promise<void>((resolve) => finished.push(resolve));
      await Promise.all(lanes.map((lane) => lane.destroy()));
    },
  };
}
