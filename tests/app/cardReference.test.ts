import { describe, expect, it } from 'vitest';
import { printCardReference, readCardReference } from '../../src/app/cardReference.ts';
import { parseMatchOptions } from '../../src/app/matchOptions.ts';
import { lab50ToLab65 } from '../../src/colour/adaptBradford.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { AFTER_2014_D50 } from '../../src/photo/calibration/chartReferences.ts';
import { PATCH_REFLECTANCES } from '../../src/photo/calibration/patchReflectances.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const csv = (rows: readonly (readonly (string | number)[])[], header = 'code,L,a,b') =>
  bytes(`${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`);
const byRows = AFTER_2014_D50.map((lab, i) => [`P${i + 1}`, ...lab]);
const D50_2 = { illuminant: 'D50', observer: '2' } as const;
const TARGET = AFTER_2014_D50.map(lab50ToLab65);
const worst = (labs: readonly (typeof TARGET)[number][]) =>
  Math.max(...labs.map((lab, i) => deltaE00(lab, TARGET[i]!)));

describe('readCardReference', () => {
  it('reads Lab of a table once its light and observer are said', () => {
    expect(worst(readCardReference(csv(byRows), 'card.csv', D50_2))).toBeLessThan(0.1);
    expect(() => readCardReference(csv(byRows), 'card.csv')).toThrow(/illuminant.*observer/s);
    expect(() => readCardReference(csv(byRows), 'card.csv', { illuminant: 'D50' })).toThrow('observer');
    expect(() => readCardReference(csv(byRows), 'card.csv', { illuminant: 'D50', observer: '10' })).toThrow('10°');
  });

  it('knows patches listed by columns or from the end, and refuses an order that is none', () => {
    const order = (placeOf: (i: number) => number) => csv(byRows.map((_, i) => byRows[placeOf(i)]!));
    const byColumns = order((i) => (i % 4) * 6 + Math.floor(i / 4));
    expect(worst(readCardReference(byColumns, 'card.csv', D50_2))).toBeLessThan(0.1);
    expect(
      worst(
        readCardReference(
          order((i) => 23 - i),
          'card.csv',
          D50_2,
        ),
      ),
    ).toBeLessThan(0.1);
    expect(() =>
      readCardReference(
        order((i) => ((7 * i) % 24) ^ (i & 1)),
        'card.csv',
        D50_2,
      ),
    ).toThrow(/card\.csv/);
  });

  it('reads CGATS, where the file says its conditions, and spectra without asking', () => {
    const fields = 'SAMPLE_ID LAB_L LAB_A LAB_B';
    const data = byRows.map((row) => row.join(' ')).join('\n');
    const cgats = `CGATS.17\nILLUMINANT "D50"\nWEIGHTING_FUNCTION "OBSERVER, 2 degree"\nNUMBER_OF_FIELDS 4\nBEGIN_DATA_FORMAT\n${fields}\nEND_DATA_FORMAT\nNUMBER_OF_SETS 24\nBEGIN_DATA\n${data}\nEND_DATA\n`;
    expect(worst(readCardReference(bytes(cgats), 'card.txt', { observer: '2' }))).toBeLessThan(0.1);
    const spectra = csv(
      PATCH_REFLECTANCES.map((reflectance, i) => [`P${i + 1}`, reflectance.join(' ')]),
      'code,spectrum',
    );
    expect(worst(readCardReference(spectra, 'card.csv'))).toBeLessThan(6);
  });

  it('says what is wrong with a file that is no card', () => {
    expect(() => readCardReference(csv(byRows.slice(1)), 'card.csv', D50_2)).toThrow('found 23 colours');
    expect(() => readCardReference(bytes(''), 'card.csv')).toThrow('cannot be read');
    expect(() => readCardReference(csv(byRows.map(([code]) => [code!, 50, 0, 0])), 'card.csv', D50_2)).toThrow(
      'not those',
    );
    const holes = byRows.map((row, i) => (i === 3 ? [row[0]!, '', '', ''] : row));
    expect(() => readCardReference(csv(holes), 'card.csv', D50_2)).toThrow('Row 5');
  });

  it('goes into a match as an option and comes back', () => {
    const { cardReference } = parseMatchOptions({ cardReference: printCardReference(TARGET) });
    expect(worst(cardReference as never)).toBeLessThan(0.02);
    expect(() => parseMatchOptions({ cardReference: '50,0,0' })).toThrow('cardReference');
  });
});
