import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Visitor } from '../setup/visitor.ts';
import { startProcess } from './serverProcess.ts';
import { median } from './timing.ts';

const STARTS = 3;
const MATCHES = 5;
/** A server counts as idle once V8 has had time to clear away what starting left behind. */
const IDLE_AFTER_MS = 15_000;

/** Start-up to the first answer and the memory of a server process of its own, built as `npm start` builds it. */
export async function benchProcess(photo: string): Promise<string[]> {
  const starts: number[] = [];
  for (let i = 1; i < STARTS; i++) {
    const server = await startProcess();
    starts.push(server.startUpMs);
    await server.stop();
  }
  const server = await startProcess();
  starts.push(server.startUpMs);
  await wait(IDLE_AFTER_MS);
  const idle = await server.memory();
  const visitor = new Visitor(server.url);
  const blob = new Blob([await readFile(photo)], { type: 'image/jpeg' });
  const times: number[] = [];
  for (let i = 0; i < MATCHES; i++) {
    const from = performance.now();
    await (await visitor.upload('/api/v1/matches', blob, { palette: 'demo-ash' })).arrayBuffer();
    times.push(performance.now() - from);
  }
  const { most } = await server.memory();
  await server.stop();
  return [
    `start-up to the first page                   ${median(starts).toFixed(0).padStart(6)} ms  target 1000 ms`,
    `first upload to result after the start       ${times[0]!.toFixed(0).padStart(6)} ms  ${times.at(-1)!.toFixed(0)} ms the ${MATCHES}th time`,
    `resident memory, idle                        ${idle.now.toFixed(0).padStart(6)} MB  target 120 MB`,
    `resident memory at most, ${MATCHES} matches in a row   ${most.toFixed(0).padStart(6)} MB  ${(most - idle.now).toFixed(0)} MB above idle, target 250 MB`,
  ];
}
