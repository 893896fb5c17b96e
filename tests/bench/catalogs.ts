import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeCsv } from '../../src/catalog/formats/writeCsv.ts';
import { loadPalettes } from '../../src/catalog/loadPalettes.ts';
import type { Measurement, Shade } from '../../src/catalog/shade.ts';
import { spectrumToLab } from '../../src/colour/integrateSpectrum.ts';
import { seededRandom } from '../../src/matching/seededRandom.ts';
import { projectRoot } from '../../src/projectRoot.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { addPerson, sessionCookie } from '../setup/accounts.ts';
import { Visitor } from '../setup/visitor.ts';
import { type ServerProcess, startProcess } from './serverProcess.ts';

const ROWS = 20_000;
const MOST_MS = 120_000;

/** A table of many shades that differ from one another, made from one of the demonstration lines. */
function tableOf(model: Shade, withSpectra: boolean, name: string): string {
  const random = seededRandom(31);
  const shades = Array.from({ length: ROWS }, (_, at): Shade => {
    const [lighter, redder, yellower] = [random.uniform(), random.uniform(), random.uniform()];
    const change = ({ spectrum, ...measurement }: Measurement): Measurement => {
      const values = spectrum!.map((value, at) => {
        const slope = (at / 30 - 0.5) * yellower + ((at / 30) ** 2 - 0.4) * redder;
        return Number((value + 0.003 * lighter + 0.1 * value * slope).toFixed(4));
      });
      const lab = spectrumToLab(Float64Array.from(values), 'D65').map((value) => Number(value.toFixed(2)));
      return { ...measurement, lab: lab as [number, number, number], ...(withSpectra && { spectrum: values }) };
    };
    const letDowns = model.letDowns.map((step) => ({ ...step, measurement: change(step.measurement) }));
    return { ...model, code: `X-${at}`, name: `${name} ${at}`, masstone: change(model.masstone), letDowns };
  });
  return writeCsv({ shades });
}

interface Flow {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly mostMb: number;
}

/** Upload, dry run, publication and the page of versions, as a person's browser asks for them. */
async function importTable(server: ServerProcess, visitor: Visitor, base: string, table: string): Promise<Flow[]> {
  const flows: Flow[] = [];
  const measure = async (work: () => Promise<void>) => {
    await server.forgetMost();
    const start = performance.now();
    const cpu = await server.cpuSeconds();
    await work();
    const cpuSeconds = (await server.cpuSeconds()) - cpu;
    flows.push({ cpuSeconds, seconds: (performance.now() - start) / 1000, mostMb: (await server.memory()).most });
  };
  let path = '';
  await measure(async () => {
    const form = new FormData();
    form.set('file', new Blob([table]), 'shades.csv');
    const sent = await visitor.fetch(`${base}/import`, { method: 'POST', body: form });
    path = String(sent.headers.get('location'));
    const start = performance.now();
    while ((await visitor.page(path)).html.includes('data-poll')) {
      if (performance.now() - start > MOST_MS) throw new Error('Expected the check to end.');
      await wait(100);
    }
  });
  await measure(async () => {
    const sent = await visitor.post(`${path}/publish`, { note: 'Measured again' });
    if (sent.status !== 303) throw new Error(`Expected 303 but received ${sent.status}.`);
    await visitor.page(`${base}/versions`);
  });
  return flows;
}

async function benchTable(name: string, withSpectra: boolean): Promise<string[]> {
  const [ash] = await loadPalettes(join(projectRoot, 'palettes'));
  let cookie = '';
  const server = await startProcess(async (folder) => {
    const db = await openDatabase({ sqliteFile: join(folder, 'stipple.db') });
    const place = { services: { db, now: () => new Date() } };
    cookie = await sessionCookie(place, (await addPerson(place, { kind: 'supplier' })).personId);
    await db.destroy();
  });
  const visitor = new Visitor(server.url, { stipple: cookie });
  await visitor.post('/catalogs/demo-ash/copy', {});
  await wait(1000);
  const idle = (await server.memory()).now;
  const lines: string[] = [];
  for (const [turn, label] of [`${name}, new`, `${name}, changed`].entries()) {
    const table = tableOf(ash!.shades[3]!, withSpectra, `Shade ${turn}`);
    const [check, publish] = await importTable(server, visitor, '/catalogs/demo-ash-copy', table);
    const told = ({ seconds, cpuSeconds, mostMb }: Flow) =>
      `${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor), ${mostMb.toFixed(0)} MB`;
    lines.push(
      `${label} (${(table.length / 1e6).toFixed(0)} MB)`.padEnd(45) +
        `check ${told(check!)}; publication ${told(publish!)}  target 10 s, 300 MB`,
    );
  }
  await server.stop();
  return [...lines, `  the same server, idle                      ${idle.toFixed(0).padStart(6)} MB`];
}

/** Import of 20,000 rows by a supplier: time from sending the file, and the most memory the server ever held. */
export async function benchCatalogs(): Promise<string[]> {
  return [
    ...(await benchTable(`${ROWS.toLocaleString('en')} rows, Lab ladders`, false)),
    ...(await benchTable(`${ROWS.toLocaleString('en')} rows, spectra`, true)),
  ];
}
