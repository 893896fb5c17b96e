import { describe, expect, it } from 'vitest';
import type { Catalog, Shade } from '../../src/catalog/shade.ts';
import { StippleError } from '../../src/errors.ts';
import { preparePalette } from '../../src/matching/preparePalette.ts';
import { sampleShade } from './fixtures.ts';

const catalog = (...shades: Shade[]): Catalog => ({
  schema: 1,
  id: 'test',
  name: 'Test catalog',
  supplier: 'Nobody',
  version: 3,
  demonstration: true,
  provenance: 'made for the test',
  diluents: [],
  shades,
});
const skinSwatch = {
  lab: [46.5, 1.8, 0.7] as [number, number, number],
  illuminant: 'D65',
  observer: '2',
  geometry: 'd/8 SCI',
  substrate: 'skin 65.7,10.7,13.4',
  source: 'test',
} as const;

describe('preparing a palette', () => {
  it('takes the best that is known of each shade', () => {
    const stated = sampleShade('A-1', { optics: { neatTau: 12, shape: 'carbon', scatterRatio: 0.05, source: 'test' } });
    const healed = sampleShade('B-1', { masstone: skinSwatch });
    const [first, second] = preparePalette(catalog(stated, healed));
    expect(first).toMatchObject({ catalog: { id: 'test', version: 3 }, pigment: { neatTau: 12, basis: 'spectral' } });
    expect(second!.pigment.basis).toBe('swatch');
    expect(second!.pigment.neatTau).toBeGreaterThan(0.1);
  });

  it('takes an unnamed card for a white one, and the black half for black', () => {
    const onCard = (code: string, substrate: string, extra: Partial<Shade['masstone']> = {}) =>
      sampleShade(code, { masstone: { ...skinSwatch, geometry: 'd/8 SCE', filmUm: 24, substrate, ...extra } });
    const strength = (shade: Shade): number => preparePalette(catalog(shade))[0]!.pigment.neatTau;
    const white = strength(onCard('W-1', 'white card'));
    expect(strength(onCard('W-2', 'drawdown card'))).toBe(white);
    expect(strength(onCard('W-3', 'white card', { substrateReflectance: 0.84 }))).toBe(white);
    expect(strength(onCard('K-1', 'Black half of the card'))).toBe(
      strength(onCard('K-2', 'card', { substrateReflectance: 0.03 })),
    );
    expect(strength(onCard('K-3', 'black card'))).not.toBe(white);
  });

  it('takes stated optics with their own shape, and spectra beside a Lab', () => {
    const shape = Array.from({ length: 31 }, (_, i) => 2 - i / 15);
    const stated = sampleShade('A-2', { optics: { neatTau: 9, shape, scatterRatio: 0.2, source: 'test' } });
    const { pigment } = preparePalette(catalog(stated))[0]!;
    expect([...pigment.shape]).toEqual(shape);
    const film = { ...skinSwatch, geometry: 'd/8 SCE', filmUm: 24, substrate: 'white card' } as const;
    const grey = (reflectance: number) => ({ ...film, spectrum: new Array<number>(31).fill(reflectance) });
    const ladder = sampleShade('A-3', {
      masstone: grey(0.05),
      letDowns: [{ partsDiluent: 10, measurement: grey(0.4) }],
    });
    expect(preparePalette(catalog(ladder))[0]!.pigment.basis).toBe('spectral');
  });

  it('names shade and field of numbers that no pigment can have', () => {
    const film = {
      illuminant: 'D65',
      observer: '2',
      geometry: 'd/8 SCE',
      substrate: 'white card',
      filmUm: 24,
      source: 'test',
    } as const;
    const darkening = sampleShade('X-9', {
      masstone: { ...film, lab: [30, 0, 0] },
      letDowns: [
        { partsDiluent: 10, measurement: { ...film, lab: [60, 0, 0] } },
        { partsDiluent: 20, measurement: { ...film, lab: [45, 0, 0] } },
      ],
    });
    expect(() => preparePalette(catalog(darkening))).toThrow(StippleError);
    expect(() => preparePalette(catalog(darkening))).toThrow(/X-9.*letDowns\[1\]/);
    const negative = sampleShade('X-8', {
      optics: { neatTau: -1, shape: 'carbon', scatterRatio: 0.05, source: 'test' },
    });
    expect(() => preparePalette(catalog(negative))).toThrow(/X-8.*neatTau/);
    const notNumber = sampleShade('X-7', { masstone: { ...skinSwatch, lab: [Number.NaN, 0, 0] } });
    expect(() => preparePalette(catalog(notNumber))).toThrow(/X-7.*masstone/);
  });
});
