import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberFromCell, numbersFromCell } from '../../../src/catalog/formats/csvCells.ts';

const digits = (most: number) => fc.stringMatching(new RegExp(`^\\d{1,${most}}$`));
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(14), fc.option(digits(14)), fc.constantFrom('.', ','))
  .map(([sign, whole, rest, point]) => `${sign}${whole}${rest === null ? '' : point + rest}`);

it('reads a decimal number to the last bit, as JavaScript does', () => {
  fc.assert(
    fc.property(decimal, (text) => {
      expect(numberFromCell(text)).toBe(Number(text.replace(',', '.')));
    }),
    { numRuns: 2000, seed: 11 },
  );
});

it.each([
  ['−1,5', -1.5],
  [' 12.5 ', 12.5],
  ['="0.25"', 0.25],
  ['1e-3', 0.001],
  ['.5', 0.5],
  ['5.', 5],
  ['', undefined],
  ['-', undefined],
  ['.', undefined],
  ['1.2.3', undefined],
  ['1,234.5', undefined],
  ['12a', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
])('takes %j for %s', (cell, value) => {
  expect(numberFromCell(cell)).toBe(value);
});

it('reads a list of numbers however they are separated', () => {
  const values = [0.1, 0, 12.345678, 1e-7];
  for (const separator of [' ', '  ', '\t', '; ', ';', ',', ', ']) {
    const text = values.map((value) => value.toFixed(7)).join(separator);
    expect(numbersFromCell(text), JSON.stringify(separator)).toEqual(values);
  }
  expect(numbersFromCell('0,1 0,2;0,3')).toEqual([0.1, 0.2, 0.3]);
  for (const text of ['0.1 x', '0.1,,0.2', '0,1,0,2', '']) expect(numbersFromCell(text), text).toBeUndefined();
});
