import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchOptionsSchema } from '../../src/app/matchOptions.ts';
import type { Services } from '../../src/app/services.ts';
import { startMatch } from '../../src/app/submitPhoto.ts';
import { createPhotoPool, type PhotoPool } from '../../src/photo/photoPool.ts';

const workerFile = fileURLToPath(new URL('../fixtures/workers/photoTasks.mjs', import.meta.url));
let uploadDir: string;
let pool: PhotoPool;

beforeAll(async () => {
  uploadDir = await mkdtemp(join(tmpdir(), 'stipple-match-'));
  pool = createPhotoPool({ workerFile, threads: 1, maxQueue: 1, timeoutMs: 30_000 });
});

afterAll(async () => {
  await pool.close();
  await rm(uploadDir, { recursive: true, force: true });
});

describe('startMatch', () => {
  it('measures the copy of an accepted photo when the worker dies after the upload may be gone', async () => {
    const services = { pool, uploadDir, now: () => new Date('2026-01-02T12:00:00Z') } as Services;
    const running = startMatch(services, join(uploadDir, 'gone'), matchOptionsSchema.parse({}), []);
    const steps: string[] = [];
    running.onStep = (step) => steps.push(step);
    expect(await running.accepted).toMatchObject({ sha256: 'abc' });
    const reply = (await running.reply) as unknown as { path: string; file: string; sha256: string };
    expect(reply).toMatchObject({ file: 'copy', sha256: 'abc' });
    expect(steps).toEqual(['matching']);
    expect(existsSync(reply.path)).toBe(false);
    expect(await readdir(uploadDir)).toEqual([]);
  });
});
