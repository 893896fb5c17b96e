import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { writeTestCard } from '../../../src/app/catalogs/testCard.ts';
import type { Catalog } from '../../../src/catalog/shade.ts';
import { sampleCatalog, sampleMeasurement, sampleShade } from '../../catalog/sampleShade.ts';

/** Texts on each page of a PDF, and how low the lowest of them stands above the bottom, points. */
async function pagesOf(catalog: Catalog): Promise<{ texts: string[]; lowest: number }[]> {
  const pdf = (await writeTestCard(catalog, '2026-11-23')).toString('latin1');
  const streams = [...pdf.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, bytes]) => {
    return inflateSync(Buffer.from(bytes!, 'latin1')).toString('latin1');
  });
  return streams
    .filter((stream) => stream.includes(' TJ'))
    .map((stream) => ({
      texts: [...stream.matchAll(/\[(.*?)\] TJ/g)].map(([, parts]) =>
        [...parts!.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1')).join(''),
      ),
      lowest: Math.min(...[...stream.matchAll(/1 0 0 1 [\d.]+ ([\d.]+) Tm/g)].map(([, y]) => Number(y))),
    }));
}

it('has code, name and expected Lab of the bottle and of a let-down', async () => {
  const [page] = await pagesOf(sampleCatalog());
  expect(page!.texts).toEqual(
    expect.arrayContaining([
      'T-01',
      'Test 1',
      'In the bottle',
      'D65  10.0  1.0  2.0',
      '1 part in 21',
      'D65  60.0  1.0  4.0',
    ]),
  );
  expect(page!.texts).toContain('50.0  0.0  0.0');
  expect(page!.texts.filter((text) => text.startsWith('D50'))).toHaveLength(2);
});

it('fits A4 and Letter, page after page', async () => {
  const shades = Array.from({ length: 47 }, (_, at) => sampleShade({ code: `T-${at}`, name: 'long '.repeat(40) }));
  const pages = await pagesOf(sampleCatalog(shades, { name: 'A long name of a line '.repeat(9) }));
  expect(pages).toHaveLength(4);
  for (const { texts, lowest } of pages) {
    expect(texts.some((text) => text.endsWith('of 4'))).toBe(true);
    // A Letter sheet is 50 points shorter than A4.
    expect(lowest).toBeGreaterThan(50 + 30);
    expect(lowest).toBeLessThan(800);
  }
  const codes = pages.flatMap(({ texts }) => texts.filter((text) => /^T-\d+$/.test(text)));
  expect(codes).toEqual(shades.map(({ code }) => code));
});

it('names what it cannot print', async () => {
  const shades = [
    sampleShade({ code: '炭-8', name: '淡い灰色', letDowns: [] }),
    sampleShade({ code: 'G', name: 'Grège Łódź', letDowns: [], masstone: sampleMeasurement([60, -110, 90]) }),
    sampleShade({ code: 'Z', masstone: sampleMeasurement([30, 0, -0.04], { observer: '10' }) }),
    sampleShade({ code: 'M', name: 'Mild', letDowns: [], masstone: sampleMeasurement([30, -0.04, 0]) }),
  ];
  const [page] = await pagesOf(sampleCatalog(shades));
  const { texts } = page!;
  expect(texts).toEqual(expect.arrayContaining(['No. 1 of the catalog (?-8)', 'Grège Lódz', 'In the bottle *']));
  expect(texts.some((text) => text.includes('????'))).toBe(false);
  expect(texts.some((text) => text.endsWith('1 left out: Lab for 10° without a spectrum.'))).toBe(true);
  expect(texts).not.toContain('Z');
  expect(texts).toContain('D65  30.0  0.0  0.0');
});
