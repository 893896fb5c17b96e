import { describe, expect, it } from 'vitest';
import { diffCatalogs } from '../../../src/catalog/diffCatalogs.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { validateCatalog } from '../../../src/catalog/validateCatalog.ts';
import { answers, mutate, SEEDS, small } from '../../fixtures/damagedCatalogs.ts';
import { seededRandom } from '../../fixtures/scenes/seededRandom.ts';

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
