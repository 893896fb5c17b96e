import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../fixtures/scenes/seededRandom.ts';
import { hostileImages } from '../security/hostileImages.ts';
import { openHostileImage } from '../security/openHostileImage.ts';
import { type Row, row } from './table.ts';

const SEED = 5_000;

/** Opens so many mutated photos as a worker does; a crash of the decoder ends this process, which is a fault too. */
export async function openMutatedImages(count: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stipple-images-'));
  const mutators = Object.entries(await hostileImages());
  const random = seededRandom(SEED);
  const faults: string[] = [];
  let taken = 0;
  for (let i = 0; i < count; i++) {
    const [kind, mutate] = mutators[i % mutators.length]!;
    const path = join(folder, 'hostile.bin');
    await writeFile(path, mutate(random));
    try {
      if ((await openHostileImage(path)) === null) taken += 1;
    } catch (error) {
      faults.push(`${kind} ${i}: ${String(error)}`);
    }
  }
  await rm(folder, { recursive: true, force: true });
  for (const fault of faults.slice(0, 10)) process.stdout.write(`        ${fault}\n`);
  const found = `${taken} taken, ${count - taken - faults.length} refused in words, ${faults.length} otherwise`;
  return [row(`${count} mutated photos of ${mutators.length} kinds`, found, faults.length === 0)];
}
