import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { purgeRateLimits } from '../../src/storage/rateLimitsRepo.ts';
import { startTestServer, Visitor } from '../setup/visitor.ts';
import { bareDecode } from './photo.ts';
import { bothAtOnce, busyRow, pairedRatio, ratioRow, WARM_UP_WORKER } from './timing.ts';

const RUNS = 7;
const HOUR_MS = 60 * 60 * 1000;

/** Upload to result over HTTP, both cores busy, and how long the serving thread is ever held up. */
export async function benchServer(photo: string): Promise<string[]> {
  const server = await startTestServer();
  const visitor = new Visitor(server.url);
  const blob = new Blob([await readFile(photo)], { type: 'image/jpeg' });
  const match = async () => {
    // One address may not upload as often as a bench does.
    await purgeRateLimits(server.services.db, new Date(Date.now() + HOUR_MS));
    const response = await visitor.upload('/api/v1/matches', blob, { palette: 'demo-ash' });
    if (response.status !== 201) throw new Error(`Expected 201 but received ${response.status}.`);
    await response.arrayBuffer();
  };
  const decode = () => bareDecode(photo);
  // Both threads, so that both have compiled what they do.
  for (let i = 0; i < WARM_UP_WORKER; i++) await bothAtOnce(match);
  const upload = await pairedRatio(RUNS, match, decode);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await match();
  delay.disable();
  const busy = await busyRow('uploads to result per second, 2 at once', match, decode);
  await server.stop();
  return [
    ratioRow('upload to result over HTTP', upload, '4'),
    `longest hold-up of the serving thread        ${(delay.max / 1e6).toFixed(0).padStart(6)} ms  during one match (client in the same thread)`,
    busy,
  ];
}
