import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { StippleError } from '../../src/errors.ts';
import { answerTasks, readAnswer } from '../../src/photo/photoAnswer.ts';
import { createPhotoPool, type PhotoPool, type PhotoPoolOptions } from '../../src/photo/photoPool.ts';

const workerFile = fileURLToPath(new URL('../fixtures/workers/photoTasks.mjs', import.meta.url));
const pools: PhotoPool[] = [];

function createPool(options: Partial<PhotoPoolOptions> = {}): PhotoPool {
  const pool = createPhotoPool({ workerFile, threads: 1, maxQueue: 1, timeoutMs: 30_000, ...options });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe('createPhotoPool', () => {
  it('returns what the worker answers', async () => {
    await expect(createPool().run({ kind: 'echo', value: [1, 2] })).resolves.toEqual([1, 2]);
  });

  it('keeps the code and sentence of a refusal across the thread', async () => {
    const refused = createPool().run({ kind: 'refuse' });
    await expect(refused).rejects.toBeInstanceOf(StippleError);
    await expect(refused).rejects.toMatchObject({ code: 'SMP_PHOTO_CMYK', message: 'refused by the worker' });
  });

  it('is busy when threads and queue are full, and free again afterwards', async () => {
    const pool = createPool();
    const accepted = [1, 2].map((value) => pool.run({ kind: 'wait', milliseconds: 100, value }));
    await expect(pool.run({ kind: 'echo' })).rejects.toMatchObject({ code: 'SMP_BUSY' });
    await expect(Promise.all(accepted)).resolves.toEqual([1, 2]);
    await expect(pool.run({ kind: 'echo', value: 3 })).resolves.toBe(3);
  });

  it('kills a task that never ends and goes on with the next', async () => {
    const pool = createPool({ timeoutMs: 1500 });
    const stuck = pool.run({ kind: 'hang' });
    const next = pool.run({ kind: 'echo', value: 'next' });
    await expect(stuck).rejects.toMatchObject({ code: 'SMP_PHOTO_TIMEOUT' });
    await expect(next).resolves.toBe('next');
  });

  it('sends a task to the thread that knows its subject when that is free, and to another when it is not', async () => {
    const pool = createPool({ threads: 2, maxQueue: 4 });
    const threadOf = (about: string, milliseconds = 0) =>
      pool.run<number>({ kind: 'thread', milliseconds }, { about: () => about });
    const [one, other] = await Promise.all([threadOf('one', 50), threadOf('other', 50)]);
    expect(one).not.toBe(other);
    for (const about of ['other', 'one', 'one', 'other']) {
      expect(await threadOf(about)).toBe(about === 'one' ? one : other);
    }
    const [busy, elsewhere] = await Promise.all([threadOf('one', 50), threadOf('one')]);
    expect([busy, elsewhere]).toEqual([one, other]);
  });

  it('sends one task after the other to the thread that has its code compiled', async () => {
    const pool = createPool({ threads: 2 });
    const seen = new Set<number>();
    for (let i = 0; i < 3; i++) seen.add(await pool.run<number>({ kind: 'thread' }));
    expect(seen.size).toBe(1);
  });

  it('does not count the wait in the queue as time of the task', async () => {
    const pool = createPool({ timeoutMs: 3000, maxQueue: 3 });
    const tasks = [1, 2, 3, 4].map((value) => pool.run({ kind: 'wait', milliseconds: 900, value }));
    await expect(Promise.all(tasks)).resolves.toEqual([1, 2, 3, 4]);
  });

  it.each(['exit', 'throw', 'exhaust'])('outlives a thread that dies (%s)', async (kind) => {
    const pool = createPool();
    await expect(pool.run({ kind })).rejects.toMatchObject({ code: 'SMP_PHOTO_UNREADABLE' });
    await expect(pool.run({ kind: 'echo', value: 'alive' })).resolves.toBe('alive');
  });

  it('tries a task once more on a fresh thread when its thread died', async () => {
    const pool = createPool();
    const lives = new Int32Array(new SharedArrayBuffer(4));
    lives[0] = 1;
    const before = await pool.run<number>({ kind: 'thread' });
    await expect(pool.run({ kind: 'dieWhile', lives })).resolves.not.toBe(before);
    expect(lives[0]).toBe(-1);
  });

  it('gives a task up when the second thread dies, too', async () => {
    const lives = new Int32Array(new SharedArrayBuffer(4));
    lives[0] = 9;
    await expect(createPool().run({ kind: 'dieWhile', lives })).rejects.toMatchObject({ code: 'SMP_PHOTO_UNREADABLE' });
    expect(lives[0]).toBe(7);
  });

  it('makes a task anew whose port went to the thread that died, and tries it once where nobody can', async () => {
    const pool = createPool();
    const sending = (kind: string) => {
      const { port2 } = new MessageChannel();
      return { task: { kind, value: 'second', port: port2 }, transfer: [port2] };
    };
    const { task, transfer } = sending('exit');
    await expect(pool.run(task, { transfer, again: () => sending('echo') })).resolves.toBe('second');
    const lost = sending('exit');
    await expect(pool.run(lost.task, { transfer: lost.transfer })).rejects.toMatchObject({
      code: 'SMP_PHOTO_UNREADABLE',
    });
  });

  it('does not try a task again that was stopped for its time', async () => {
    const pool = createPool({ timeoutMs: 1000 });
    const { port2 } = new MessageChannel();
    let tries = 1;
    const again = () => ({ task: { kind: 'echo', value: ++tries } });
    const stuck = pool.run({ kind: 'hang', port: port2 }, { transfer: [port2], again });
    await expect(stuck).rejects.toMatchObject({ code: 'SMP_PHOTO_TIMEOUT' });
    expect(tries).toBe(1);
  });

  it('finishes accepted tasks on closing and then refuses', async () => {
    const pool = createPool();
    const accepted = [1, 2].map((value) => pool.run({ kind: 'wait', milliseconds: 50, value }));
    await pool.close();
    await expect(Promise.all(accepted)).resolves.toEqual([1, 2]);
    await expect(pool.run({ kind: 'echo' })).rejects.toMatchObject({ code: 'SMP_BUSY' });
  });
});

describe('answerTasks', () => {
  it('turns results, refusals and faults into answers that survive cloning', async () => {
    const handle = answerTasks(async (task: string) => {
      if (task === 'refuse') throw new StippleError('SMP_PHOTO_TOO_SMALL');
      if (task === 'fault') throw new TypeError('a mistake in the program');
      return `did ${task}`;
    });
    const answers = await Promise.all(['work', 'refuse', 'fault'].map(handle));
    const [work, refuse, fault] = structuredClone(answers);
    expect(readAnswer(work!)).toBe('did work');
    expect(() => readAnswer(refuse!)).toThrow(expect.objectContaining({ code: 'SMP_PHOTO_TOO_SMALL' }));
    expect(() => readAnswer(fault!)).toThrow(expect.objectContaining({ code: 'SMP_INTERNAL' }));
    expect(fault).toMatchObject({ stack: expect.stringContaining('a mistake in the program') });
  });
});
