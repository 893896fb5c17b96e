import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startTestServer, Visitor } from '../setup/visitor.ts';
import { bareDecode } from './photo.ts';
import { median, pairedRatio } from './timing.ts';

const RUNS = 7;
const CONCURRENT = 2;
const BUSY_ROUNDS = 5;

async function perSecond(rounds: number, work: () => Promise<unknown>): Promise<number> {
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await Promise.all(Array.from({ length: CONCURRENT }, work));
    rates.push((1000 * CONCURRENT) / (performance.now() - start));
  }
  return median(rates);
}

/** Upload to result over HTTP, both cores busy, and how long the serving thread is ever held up. */
export async function benchServer(photo: string): Promise<string[]> {
  const server = await startTestServer();
  const visitor = new Visitor(server.url);
  const blob = new Blob([await readFile(photo)], { type: 'image/jpeg' });
  const match = async () => {
    const response = await visitor.upload('/api/v1/matches', blob, { palette: 'demo-ash' });
    if (response.status !== 201) throw new Error(`Expected 201 but received ${response.status}.`);
    await response.arrayBuffer();
  };
  const upload = await pairedRatio(RUNS, match, () => bareDecode(photo));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await match();
  delay.disable();
  const matches = await perSecond(BUSY_ROUNDS, match);
  const decodes = await perSecond(BUSY_ROUNDS, () => bareDecode(photo));
  await server.stop();
  return [
    `upload to result over HTTP                   ${upload.ms.toFixed(0).padStart(6)} ms  ${upload.ratio.toFixed(2)} × bare decode`,
    `longest hold-up of the serving thread        ${(delay.max / 1e6).toFixed(0).padStart(6)} ms  during one match (client in the same thread)`,
    `matches per second, ${CONCURRENT} at once                ${matches.toFixed(2).padStart(6)}     ${((100 * matches) / decodes).toFixed(0)} % of bare decodes per second (${decodes.toFixed(2)})`,
  ];
}
