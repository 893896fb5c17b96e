import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../src/projectRoot.ts';
import { benchCatalogs } from './catalogs.ts';
import { benchEdits } from './edit.ts';
import { benchMatching } from './matching.ts';
import { benchOpenCv } from './opencv.ts';
import { benchPages } from './pages.ts';
import { benchPhoto } from './photo.ts';
import { benchPreview } from './preview.ts';
import { benchPreviewPage } from './previewPage.ts';
import { benchProcess } from './process.ts';
import { benchRecords } from './records.ts';
import { benchServer } from './server.ts';

const BENCHES = {
  photo: benchPhoto,
  opencv: benchOpenCv,
  edits: benchEdits,
  server: benchServer,
  process: benchProcess,
  pages: benchPages,
  matching: benchMatching,
  preview: benchPreview,
  previewPage: benchPreviewPage,
  records: benchRecords,
  catalogs: benchCatalogs,
};

/**
 * `npm run bench`: every performance figure, as ratios against a reference in the same run. Asserts nothing.
 * `npm run bench -- --only preview` runs one part, by its name above.
 */
const only = parseArgs({ options: { only: { type: 'string' } } }).values.only;
if (only !== undefined && !Object.hasOwn(BENCHES, only)) {
  console.error(`Expected --only with one of ${Object.keys(BENCHES).join(', ')} but received "${only}".`);
  process.exit(2);
}
const photo = join(projectRoot, 'public/demo/scalp-with-card.jpg');
const bytes = await readFile(photo);
console.log(`Photo: 12 MP demo, ${(bytes.length / 1e6).toFixed(1)} MB JPEG. Node ${process.version}.`);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (only !== undefined && only !== name) continue;
  for (const line of await bench(photo)) console.log(line);
}
process.exit(0);
