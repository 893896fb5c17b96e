import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffCatalogs } from '../../../src/catalog/diffCatalogs.ts';
import { writeAco } from '../../../src/catalog/formats/aco.ts';
import { writeAse } from '../../../src/catalog/formats/ase.ts';
import { writeGpl } from '../../../src/catalog/formats/gpl.ts';
import { writeJson } from '../../../src/catalog/formats/json.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { writeCgats } from '../../../src/catalog/formats/writeCgats.ts';
import { writeCsv } from '../../../src/catalog/formats/writeCsv.ts';
import { writeCxf } from '../../../src/catalog/formats/writeCxf.ts';
import { loadPalettes } from '../../../src/catalog/loadPalettes.ts';
import { validateCatalog } from '../../../src/catalog/validateCatalog.ts';
import { projectRoot } from '../../../src/projectRoot.ts';
import { seededRandom } from '../../fixtures/scenes/seededRandom.ts';

const [ash] = await loadPalettes(join(projectRoot, 'palettes'));
const small = {
  ...ash!,
  shades: ash!.shades.slice(0, 2).map((shade) => ({ ...shade, letDowns: shade.letDowns.slice(0, 1) })),
};
const bytes = (text: string) => new TextEncoder().encode(text);
const answers = { illuminant: 'D50', observer: '2', geometry: '45/0', substrate: 'card', rgbSpace: 'sRGB' } as const;

const SEEDS: readonly [string, Uint8Array][] = [
  ['a.csv', bytes(writeCsv(small))],
  ['a.json', bytes(writeJson(small))],
  ['a.cxf', bytes(writeCxf(small, '2026-01-02T03:04:05Z'))],
  ['a.txt', bytes(writeCgats(small, '2026-01-02'))],
  ['a.ase', writeAse(small)],
  ['a.aco', writeAco(small)],
  ['a.gpl', bytes(writeGpl(small))],
];
const NASTY = [
  '"',
  ',',
  '\0',
  '<',
  '&',
  '&#x0;',
  '{',
  '[',
  '-1e999',
  'NaN',
  '\uFEFF',
  '\n',
  '=',
  '|',
  '\\',
  'BEGIN_DATA',
  ']]>',
  '0',
];

/** A handful of edits: flipped bytes, cuts, doubled stretches and signs that mean something to a parser. */
function mutate(seed: Uint8Array, random: () => number): Uint8Array {
  let out = [...seed];
  const place = () => Math.floor(random() * (out.length + 1));
  for (let edits = 1 + Math.floor(random() * 6); edits > 0; edits--) {
    const kind = Math.floor(random() * 5);
    const at = place();
    if (kind === 0 && out.length > 0) out[Math.min(at, out.length - 1)] = Math.floor(random() * 256);
    else if (kind === 1) out.splice(at, Math.floor(random() * 40));
    else if (kind === 2) out.splice(at, 0, ...out.slice(at, at + Math.floor(random() * 60)));
    else if (kind === 3) out.splice(at, 0, ...bytes(NASTY[Math.floor(random() * NASTY.length)]!));
    else if (random() < 0.3) out = out.slice(0, at);
  }
  return Uint8Array.from(out);
}

describe.each(SEEDS)('damaged %s', (file, seed) => {
  it('300 times: faults are reported, nothing is thrown, and what is taken is valid', () => {
    const random = seededRandom(2026);
    const before = JSON.stringify(small);
    let refused = 0;
    for (let i = 0; i < 300; i++) {
      const read = readCatalogFile(mutate(seed, random.next), file, answers);
      const diff = diffCatalogs(small, read);
      if (diff.rejected.length > 0 || read.problems.length > 0) refused += 1;
      expect(validateCatalog(diff.result).problems.filter(({ level }) => level === 'error')).toEqual([]);
      const counted = diff.added.length + diff.changed.length + diff.same.length + diff.rejected.length;
      expect(counted).toBe(read.rows.length);
    }
    expect(refused).toBeGreaterThan(20);
    expect(JSON.stringify(small)).toBe(before);
  });
});
