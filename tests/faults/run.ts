import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { buildAll } from '../../src/build.ts';
import { paintScene } from '../photo/decode/paintScene.ts';
import { restartPostgres } from './database.ts';
import { openMutatedImages } from './images.ts';
import { killManyTimes } from './kills.ts';
import { loadAtOnce, mixedLoad } from './load.ts';
import { refuseS3 } from './objectStore.ts';
import { breakDisk } from './stores.ts';
import type { Row } from './table.ts';
import { abortUploads, crashWorkers } from './workers.ts';

/** `npm run test:faults -- --only kills,images --kills 20 --minutes 30`: everything on loopback, in temporary folders. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '3' },
    images: { type: 'string', default: '5000' },
    only: { type: 'string' },
  },
});

async function paintedPhoto(widthPx: number, heightPx: number): Promise<Blob> {
  const scene = paintScene(widthPx, heightPx);
  const picture = sharp(scene.data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
  return new Blob([new Uint8Array(await picture.jpeg().toBuffer())], { type: 'image/jpeg' });
}

const SECTIONS: Readonly<Record<string, () => Promise<Row[]>>> = {
  images: async () => openMutatedImages(Number(values.images)),
  disk: async () => breakDisk(await paintedPhoto(400, 300)),
  postgres: async () => restartPostgres(await paintedPhoto(400, 300)),
  s3: async () => refuseS3(await paintedPhoto(400, 300)),
  workers: async () => crashWorkers(await paintedPhoto(1200, 900)),
  aborts: async () => abortUploads(await paintedPhoto(1200, 900)),
  load: async () => loadAtOnce(await paintedPhoto(4000, 3000)),
  mixed: async () => mixedLoad(Number(values.minutes), await paintedPhoto(400, 300)),
  kills: async () => killManyTimes(Number(values.kills), await paintedPhoto(400, 300)),
};

await buildAll();
const chosen = values.only?.split(',') ?? Object.keys(SECTIONS);
const rows: Row[] = [];
for (const name of chosen) {
  const section = SECTIONS[name];
  if (!section) throw new Error(`Expected one of ${Object.keys(SECTIONS).join(', ')} but received ${name}.`);
  process.stdout.write(`${name}\n`);
  rows.push(...(await section()));
}
const count = (held: Row['held']) => rows.filter((each) => each.held === held).length;
const skipped = count(null) > 0 ? `, ${count(null)} not possible here` : '';
process.stdout.write(`\n${count(true)} of ${rows.length} held, ${count(false)} broken${skipped}\n`);
process.exitCode = count(false) > 0 ? 1 : 0;
