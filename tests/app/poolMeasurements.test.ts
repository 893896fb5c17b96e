import { describe, expect, it } from 'vitest';
import type { MeasuredArea, Measurement } from '../../src/app/measurePhoto.ts';
import { poolMeasurements } from '../../src/app/poolMeasurements.ts';
import { lab65 } from '../../src/colour/lab65.ts';

const area = (L: number, a: number, b: number): MeasuredArea => ({
  lab: lab65(L, a, b),
  covariance: [4, 0, 0, 0, 2, 0, 0, 0, 2],
  pixels: 1000,
});

interface Photo {
  readonly skin?: MeasuredArea | null;
  readonly hair?: MeasuredArea | null;
  readonly kind?: Measurement['hair']['kind'];
  readonly expected?: number;
}

function photo(
  name: string,
  { skin = area(60, 11, 16), hair = area(45, 6, 9), kind = 'stubble', expected = 2 }: Photo = {},
): Measurement {
  return {
    input: { sha256: name, widthPx: 10, heightPx: 10, format: 'jpeg', profile: 'sRGB', orientationApplied: false },
    quality: [{ check: 'focus', level: 'ok', message: name, fix: 'Nothing to do.' }],
    calibration: { method: 'card', expectedDeltaE00: expected },
    regions: { skin: [], hair: [], avoid: [], source: 'automatic' },
    suggested: '',
    skin,
    hair: {
      kind: hair ? kind : 'none',
      apparent: hair,
      fibre: null,
      greyPercent: hair && 10,
      coveragePercent: hair && 20,
      diameterPx: null,
      diameterMm: null,
      densityPerCm2: null,
      markPeak: null,
      dotLikeness: null,
    },
  };
}

describe('poolMeasurements', () => {
  it('is surer than one photo and keeps the first one’s place and checks', () => {
    const pooled = poolMeasurements([photo('a'), photo('b', { skin: area(62, 11, 16), expected: 1.5 })]);
    expect(pooled.input.sha256).toBe('a');
    expect(pooled.quality.map(({ message }) => message)).toEqual(['a']);
    expect(pooled.skin!.lab[0]).toBeCloseTo(61, 6);
    expect(pooled.skin!.covariance[0]).toBeLessThan(4);
    expect(pooled.calibration.expectedDeltaE00).toBe(1.5);
    expect(pooled.pool!.map(({ sha256, leftOut }) => [sha256, leftOut])).toEqual([
      ['a', null],
      ['b', null],
    ]);
  });

  it('names the photo that does not fit, and why', () => {
    const pooled = poolMeasurements([photo('a'), photo('b', { skin: area(60, 30, 16) }), photo('c')]);
    expect(pooled.pool!.map(({ leftOut }) => leftOut)).toEqual([
      null,
      'Its skin is redder than in the other photos: a colour cast.',
      null,
    ]);
    expect(pooled.skin!.lab[1]).toBeCloseTo(11, 6);
  });

  it('pools the same whether photos come together or one by one', () => {
    const photos = [photo('a'), photo('b', { skin: area(63, 12, 15) }), photo('c', { skin: area(40, 12, 15) })];
    const together = poolMeasurements(photos);
    const oneByOne = poolMeasurements([poolMeasurements(photos.slice(0, 2)), photos[2]!]);
    expect(JSON.stringify(oneByOne)).toBe(JSON.stringify(together));
    expect(together.pool![2]!.leftOut).toContain('darker');
  });

  it('leaves hair of another length aside and takes what a photo lacks from the others', () => {
    const pooled = poolMeasurements([
      photo('a', { skin: null }),
      photo('b', { kind: 'long', hair: area(20, 2, 3) }),
      photo('c', { skin: area(58, 11, 16) }),
    ]);
    expect(pooled.hair.kind).toBe('stubble');
    expect(pooled.hair.apparent!.lab[0]).toBeCloseTo(45, 6);
    expect(pooled.hair.greyPercent).toBe(10);
    expect(pooled.pool![1]!.leftOut).toContain('another length');
    expect(pooled.skin!.lab[0]).toBeCloseTo(59, 6);
  });

  it('says that two photos differ, because nothing tells which is wrong', () => {
    const { quality } = poolMeasurements([photo('a'), photo('b', { skin: area(80, 11, 16) })]);
    expect(quality.at(-1)).toMatchObject({ check: 'pool', level: 'warn' });
  });

  it('refuses one photo, or the same one twice', () => {
    expect(() => poolMeasurements([photo('a')])).toThrow('two different photos');
    expect(() => poolMeasurements([photo('a'), photo('a')])).toThrow('two different photos');
  });
});
