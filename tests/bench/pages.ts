import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../../src/projectRoot.ts';

async function weights(folder: string, ending: string): Promise<{ name: string; kB: number }[]> {
  const names = (await readdir(join(projectRoot, folder))).filter((name) => name.endsWith(ending));
  const weigh = async (name: string) => gzipSync(await readFile(join(projectRoot, folder, name))).length / 1000;
  return Promise.all(names.map(async (name) => ({ name, kB: await weigh(name) })));
}

/** What a page makes a phone load, compressed: each page has one script and all of the style sheets. */
export async function benchPages(): Promise<string[]> {
  const scripts = (await weights('public/build', '.js')).sort((one, other) => other.kB - one.kB);
  const styles = (await weights('public/css', '.css')).reduce((sum, { kB }) => sum + kB, 0);
  const heaviest = scripts[0]!;
  return [
    `heaviest page script, compressed             ${heaviest.kB.toFixed(1).padStart(6)} kB ${heaviest.name}, target 60 kB`,
    `style sheets, compressed                     ${styles.toFixed(1).padStart(6)} kB all of them, target 15 kB`,
  ];
}
