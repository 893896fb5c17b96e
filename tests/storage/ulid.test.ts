import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createUlid, createUlidMaker, ULID_PATTERN } from '../../src/storage/ulid.ts';

const zeros = (size: number) => new Uint8Array(size);

it('writes the time as the ULID specification does', () => {
  // The specification's example: 1469918176385 is 01ARYZ6S41; the latest time is 7ZZZZZZZZZ.
  expect(createUlidMaker(zeros)(1469918176385)).toBe('01ARYZ6S410000000000000000');
  expect(createUlidMaker(zeros)(2 ** 48 - 1)).toBe('7ZZZZZZZZZ0000000000000000');
});

it('always ascends, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }),
      fc.integer({ max: 255, min: 0 }),
      (times, seed) => {
        const make = createUlidMaker((size) => new Uint8Array(size).fill(seed));
        const ids = times.map((time) => make(time));
        expect(ids).toEqual([...new Set(ids)].sort());
        for (const id of ids) expect(id).toMatch(ULID_PATTERN);
      },
    ),
  );
});

it('goes to the next millisecond when one is full', () => {
  const make = createUlidMaker((size) => new Uint8Array(size).fill(31));
  expect([make(5), make(5)].map((id) => id.slice(9, 11))).toEqual(['5Z', '60']);
});

it('draws different ids in different processes', () => {
  expect(createUlidMaker()(7)).not.toBe(createUlidMaker()(7));
  expect(createUlid()).toMatch(ULID_PATTERN);
});

it.each([-1, 2 ** 48, 1.5, Number.NaN])('refuses %d as a time', (time) => {
  expect(() => createUlid(time)).toThrow(RangeError);
});
