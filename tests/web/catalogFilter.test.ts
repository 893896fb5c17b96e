import { describe, expect, it } from 'vitest';
import { filterItems, needsFilter } from '../../src/web/catalogFilter.ts';

const shades = Array.from({ length: 1000 }, (_, at) => ({ code: `C-${at}`, name: at % 2 === 0 ? 'Ash' : 'Sepia' }));
const none = () => false;

describe('filterItems', () => {
  it('shows the first 200 and tells how many there are', () => {
    const { shown, found } = filterItems(shades, '', none);
    expect(shown).toEqual(shades.slice(0, 200));
    expect(found).toBe(1000);
  });

  it('finds by code or name in any case', () => {
    expect(filterItems(shades, 'c-99', none).shown.map(({ code }) => code)).toEqual([
      'C-99',
      ...Array.from({ length: 10 }, (_, at) => `C-${990 + at}`),
    ]);
    expect(filterItems(shades, ' SEPIA ', none).found).toBe(500);
    expect(filterItems(shades, 'umber', none)).toEqual({ shown: [], found: 0 });
  });

  it('keeps what a form holds, found or not, and never shows more than 200', () => {
    const isLast = ({ code }: { code: string }) => code === 'C-999';
    const all = filterItems(shades, '', isLast);
    expect(all.shown).toHaveLength(200);
    expect(all.shown[0]).toBe(shades[999]);
    expect(filterItems(shades, 'C-12', isLast)).toEqual({
      shown: [shades[12], ...shades.slice(120, 130), shades[999]],
      found: 11,
    });
  });

  it('is offered where more is there than is shown, or where one is set', () => {
    expect([needsFilter(200, ''), needsFilter(201, ''), needsFilter(3, 'ash')]).toEqual([false, true, true]);
  });
});
