import fc from 'fast-check';
import { type Catalog, catalogSchema, type Measurement, type Shade } from '../../src/catalog/shade.ts';

/** Text as a catalog holds it: trimmed, not empty, with the signs that break tables. */
export const arbitraryText = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
    fc.constantFrom(
      '=1+1',
      "'=x",
      '-',
      '+49',
      '@a',
      'a;b|c\\d',
      '"quoted", and more',
      'line\nbreak',
      '="007"',
      'a\tb',
      '-5',
      "'",
      '\\',
    ),
  )
  .map((text) => text.trim())
  .filter((text) => text.length > 0 && text.length <= 40);

const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((v) => v + 0);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const date = fc
  .integer({ min: 0, max: 9000 })
  .map((day) => new Date(day * 86_400_000 + 1.6e12).toISOString().slice(0, 10));
const spectrum = fc.array(number(0, 1.2), { minLength: 31, maxLength: 31 });

export const arbitraryMeasurement: fc.Arbitrary<Measurement> = fc
  .record({
    lab: fc.tuple(number(0, 100), number(-128, 128), number(-128, 128)),
    spectrum: maybe(spectrum),
    illuminant: fc.constantFrom('D65', 'D50', 'A', 'C', 'F2', 'F11'),
    observer: fc.constantFrom('2', '10'),
    geometry: fc.constantFrom('d/8 SCI', 'd/8 SCE', '45/0', 'photo', 'computed'),
    substrate: arbitraryText,
    substrateReflectance: maybe(number(0, 1)),
    filmUm: maybe(number(0.1, 2000)),
    instrument: maybe(arbitraryText),
    source: arbitraryText,
  })
  .map((measurement) => measurement as Measurement);

const flag = fc.option(fc.boolean(), { nil: null });

/** A shade the schema accepts; the rules across fields may still object. */
export const arbitraryShade: fc.Arbitrary<Shade> = fc
  .record({
    code: arbitraryText,
    name: arbitraryText,
    line: arbitraryText,
    form: fc.constantFrom('concentrate', 'readyToUse'),
    dilutable: fc.boolean(),
    minParts: number(0, 200),
    maxParts: number(0, 200),
    typicalParts: maybe(number(0, 200)),
    limitsSource: arbitraryText,
    diluents: fc.array(arbitraryText, { maxLength: 3 }),
    undertone: fc.constantFrom('cool', 'neutral', 'warm'),
    opacity: fc.constantFrom('transparent', 'semiOpaque', 'opaque'),
    masstone: arbitraryMeasurement,
    letDowns: fc.uniqueArray(fc.record({ partsDiluent: number(0.5, 200), measurement: arbitraryMeasurement }), {
      maxLength: 3,
      selector: (step) => step.partsDiluent,
    }),
    optics: maybe(
      fc.record({
        neatTau: number(0.01, 50),
        shape: fc.oneof(fc.constant('carbon'), spectrum),
        scatterRatio: number(0, 20),
        source: arbitraryText,
      }),
    ),
    ingredients: fc.array(
      fc.record({
        name: arbitraryText,
        ci: maybe(fc.constantFrom('CI 77266', 'x|y')),
        cas: maybe(fc.constant('1-2-3')),
      }),
      { maxLength: 3 },
    ),
    lots: fc.uniqueArray(
      fc.record({ lot: arbitraryText, expires: date, opened: maybe(date), quantityMl: maybe(number(0, 500)) }),
      { maxLength: 3, selector: (lot) => lot.lot },
    ),
    regulatory: fc.array(
      fc.record({
        region: fc.constantFrom('EU', 'GB', 'US', 'other'),
        intendedUse: fc.option(arbitraryText, { nil: null }),
        batchOnLabel: flag,
        ingredientsOnLabel: flag,
        nickelStatement: flag,
        chromiumStatement: flag,
      }),
      { maxLength: 2 },
    ),
    status: fc.constantFrom('active', 'discontinued'),
    replacement: maybe(arbitraryText),
    discontinuedReason: maybe(arbitraryText),
    discontinuedOn: maybe(date),
    doNotMixWith: fc.array(arbitraryText, { maxLength: 2 }),
    notes: maybe(arbitraryText),
  })
  .map((shade) => JSON.parse(JSON.stringify(shade)) as Shade);

export const arbitraryCatalog: fc.Arbitrary<Catalog> = fc
  .uniqueArray(arbitraryShade, { minLength: 1, maxLength: 4, selector: (shade) => shade.code.toLowerCase() })
  .map((shades) =>
    catalogSchema.parse({
      schema: 1,
      id: 'random',
      name: 'Random',
      supplier: 'Random',
      version: 1,
      demonstration: false,
      provenance: 'random',
      diluents: [],
      shades,
    }),
  );
