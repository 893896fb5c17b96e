import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { purgeRateLimits } from '../../src/storage/rateLimitsRepo.ts';
import { startTestServer, Visitor } from '../setup/visitor.ts';
import { bareDecode } from './photo.ts';
import { median, pairedRatio, ratioRow, WARM_UP_WORKER } from './timing.ts';

const RUNS = 7;
const CONCURRENT = 2;
const BUSY_ROUNDS = 7;
const HOUR_MS = 60 * 60 * 1000;

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  return (1000 * CONCURRENT) / (performance.now() - start);
}

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
  for (let i = 0; i < WARM_UP_WORKER; i++) await perSecond(match);
  const upload = await pairedRatio(RUNS, match, decode);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await match();
  delay.disable();
  const rounds: { matches: number; decodes: number }[] = [];
  for (let i = 0; i < BUSY_ROUNDS; i++)
    rounds.push({ matches: await perSecond(match), decodes: await perSecond(decode) });
  await server.stop();
  const share = 100 * median(rounds.map(({ matches, decodes }) => matches / decodes));
  const [matches, decodes] = [median(rounds.map((r) => r.matches)), median(rounds.map((r) => r.decodes))];
  return [
    ratioRow('upload to result over HTTP', upload, '4'),
    `longest hold-up of the serving thread        ${(delay.max / 1e6).toFixed(0).padStart(6)} ms  during one match (client in the same thread)`,
    `matches per second, ${CONCURRENT} at once                ${matches.toFixed(2).padStart(6)}     ${share.toFixed(0)} % of bare decodes per second (${decodes.toFixed(2)})  target 45 %`,
  ];
}
