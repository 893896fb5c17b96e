import type { Catalog, Measurement, Shade } from '../../src/catalog/shade.ts';

export function sampleMeasurement(lab: [number, number, number], extra: Partial<Measurement> = {}): Measurement {
  return { lab, illuminant: 'D65', observer: '2', geometry: '45/0', substrate: 'white card', source: 'test', ...extra };
}

/** A shade without a single fault, to which a test adds one. */
export function sampleShade(extra: Partial<Shade> = {}): Shade {
  const statement = {
    intendedUse: 'Mixture for use in tattoos or permanent make-up',
    batchOnLabel: true,
    ingredientsOnLabel: true,
    nickelStatement: false,
    chromiumStatement: false,
  };
  return {
    code: 'T-01',
    name: 'Test 1',
    line: 'Test',
    form: 'concentrate',
    dilutable: true,
    minParts: 6,
    maxParts: 20,
    typicalParts: 12,
    limitsSource: 'test',
    diluents: ['W-1'],
    undertone: 'neutral',
    opacity: 'semiOpaque',
    masstone: sampleMeasurement([10, 1, 2]),
    letDowns: [
      { partsDiluent: 10, measurement: sampleMeasurement([40, 1, 5]) },
      { partsDiluent: 20, measurement: sampleMeasurement([60, 1, 4]) },
    ],
    ingredients: [{ name: 'Carbon black', ci: 'CI 77266' }],
    lots: [{ lot: 'A', expires: '2030-01-31' }],
    regulatory: [{ region: 'EU', ...statement }],
    status: 'active',
    doNotMixWith: [],
    ...extra,
  };
}

export function sampleCatalog(shades: Shade[] = [sampleShade()], extra: Partial<Catalog> = {}): Catalog {
  return {
    schema: 1,
    id: 'test',
    name: 'Test',
    supplier: 'Test maker',
    version: 1,
    demonstration: false,
    provenance: 'test',
    diluents: [{ code: 'W-1', name: 'Sterile water', sterile: true, lots: [] }],
    shades,
    ...extra,
  };
}
