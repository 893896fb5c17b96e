import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAll } from '../../src/build.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { benchEdits } from './edit.ts';
import { benchMatching } from './matching.ts';
import { benchOpenCv } from './opencv.ts';
import { benchPages } from './pages.ts';
import { benchPhoto } from './photo.ts';
import { benchPreview } from './preview.ts';
import { benchProcess } from './process.ts';
import { benchRecords } from './records.ts';
import { benchServer } from './server.ts';

/** `npm run bench`: every performance figure, as ratios against a reference in the same run. Asserts nothing. */
await buildAll();
const photo = join(projectRoot, 'public/demo/scalp-with-card.jpg');
const bytes = await readFile(photo);
console.log(`Photo: 12 MP demo, ${(bytes.length / 1e6).toFixed(1)} MB JPEG. Node ${process.version}.`);
for (const bench of [
  benchPhoto,
  benchOpenCv,
  benchEdits,
  benchServer,
  benchProcess,
  benchPages,
  benchMatching,
  benchPreview,
  benchRecords,
]) {
  for (const line of await bench(photo)) console.log(line);
}
process.exit(0);
