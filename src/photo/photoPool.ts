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
}

/** Threads that do photo work, so that the main thread stays free. */
export interface PhotoPool {
  /**
   * Runs one task in a worker, first come first served.
   * @throws StippleError SMP_BUSY when the queue is full or the pool closed, SMP_PHOTO_TIMEOUT when the task ran too long
   * and its thread was killed, SMP_PHOTO_CORRUPT when the thread died of it, or whatever code the worker answered
   * @param transfer ports or buffers in the task that move to the worker
   */
  run<T>(task: unknown, transfer?: readonly Transferable[]): Promise<T>;
  /** Refuses new tasks, finishes accepted ones and ends the threads. */
  close(): Promise<void>;
}

/** Objects of one thread; pixels live outside the heap and are bounded by the size of a photo. */
const MAX_HEAP_MB = 512;

/**
 * A bounded pool. The queue is kept here and not in piscina because a task's time limit must start when the task does,
 * and because only one task may be lost when a thread dies.
 */
export function createPhotoPool(options: PhotoPoolOptions): PhotoPool {
  const { workerFile, threads, maxQueue, timeoutMs } = options;
  const piscina = new Piscina({
    filename: workerFile,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const waiting: (() => void)[] = [];
  const finished: (() => void)[] = [];
  let running = 0;
  let closed = false;

  const takeTurn = (): Promise<void> => {
    if (running < threads) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const endTurn = (): void => {
    const next = waiting.shift();
    if (next) {
      next();
      return;
    }
    running -= 1;
    if (running === 0) for (const resolve of finished.splice(0)) resolve();
  };
  const runLimited = async (task: unknown, transfer: readonly Transferable[]): Promise<PhotoAnswer> => {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await piscina.run(task, { signal: limit, transferList: [...transfer] });
    } catch (cause) {
      throw new StippleError(limit.aborted ? 'SMP_PHOTO_TIMEOUT' : 'SMP_PHOTO_CORRUPT', undefined, { cause });
    }
  };

  return {
    async run<T>(task: unknown, transfer: readonly Transferable[] = []): Promise<T> {
      if (closed || (running === threads && waiting.length >= maxQueue)) throw new StippleError('SMP_BUSY');
      await takeTurn();
      try {
        return readAnswer(await runLimited(task, transfer)) as T;
      } finally {
        endTurn();
      }
    },
    async close() {
      closed = true;
      if (running > 0) await new Promise<void>((resolve) => finished.push(resolve));
      await piscina.destroy();
    },
  };
}
