import type { Shade } from '../../src/catalog/shade.ts';
import { type Lab65, type LabCovariance, lab65 } from '../../src/colour/lab65.ts';
import type { MatchInput, MatchSettings, PreparedShade, Target } from '../../src/matching/matchTypes.ts';
import { FRESH_SHAVE, stubbleAppearance } from '../../src/matching/stubbleAppearance.ts';
import { buildClientTable, type ClientTable } from '../../src/optics/clientTable.ts';
import type { Pigment } from '../../src/optics/pigment.ts';
import { CARBON_SHAPE } from '../../src/optics/pigmentShapes.ts';

/** Median skins of ISSA faces, and a fibre each test can use. */
export const FAIR = lab65(65.7, 10.7, 13.4);
export const DARK = lab65(37.2, 10.2, 13);
export const DARK_BROWN = lab65(23, 4, 5);
export const LIGHT_BROWN = lab65(38, 7, 15);
export const WHITE_HAIR = lab65(75, -0.5, 9);

export const isotropic = (variance: number): LabCovariance => [variance, 0, 0, 0, variance, 0, 0, 0, variance];

const tables = new Map<Lab65, ClientTable>();
export function tableFor(skin: Lab65): ClientTable {
  const table = tables.get(skin) ?? buildClientTable(skin);
  tables.set(skin, table);
  return table;
}

export function carbon(neatTau: number, changes: Partial<Pigment> = {}): Pigment {
  return { neatTau, shape: CARBON_SHAPE, scatterRatio: 0.05, basis: 'spectral', sigmaLogTau: 0.25, ...changes };
}

const statements = {
  intendedUse: 'Mixture for use in tattoos or permanent make-up',
  batchOnLabel: true,
  ingredientsOnLabel: true,
  nickelStatement: true,
  chromiumStatement: true,
} as const;

export function sampleShade(code: string, changes: Partial<Shade> = {}): Shade {
  return {
    code,
    name: `Shade ${code}`,
    line: 'Test line',
    form: 'concentrate',
    dilutable: true,
    minParts: 4,
    maxParts: 24,
    limitsSource: 'set for the test',
    diluents: ['SD-1'],
    undertone: 'neutral',
    opacity: 'opaque',
    masstone: {
      lab: [15, 0, 0],
      illuminant: 'D65',
      observer: '2',
      geometry: 'd/8 SCE',
      substrate: 'white card',
      source: 'test',
    },
    letDowns: [],
    ingredients: [{ name: 'Carbon black', ci: 'CI 77266' }],
    lots: [{ lot: 'L1', expires: '2030-01-01' }],
    regulatory: [{ region: 'EU', ...statements }],
    status: 'active',
    doNotMixWith: [],
    ...changes,
  };
}

export function prepared(code: string, pigment: Pigment, changes: Partial<Shade> = {}): PreparedShade {
  return { catalog: { id: 'test', version: 1 }, shade: sampleShade(code, changes), pigment };
}

/** Five strengths of one black. */
export const LADDER: readonly PreparedShade[] = [40, 24, 16, 11, 7].map((tau, i) =>
  prepared(`T-${i + 1}`, carbon(tau)),
);

export const STUDIO: MatchSettings = {
  cupMl: 1.5,
  pigmentDropMl: 0.05,
  diluentDropMl: 0.05,
  densityPerCm2: 100,
  diameterMm: 0.3,
  session: 1,
  goal: 'shaved',
  today: '2026-06-01',
};

export function stubbleTarget(skin: Lab65, fibre: Lab65, variance = 0.1): Target {
  const seen = stubbleAppearance(tableFor(skin), fibre, FRESH_SHAVE);
  return { ...seen, why: 'Stubble of the test.', basis: 'stubble', covariance: isotropic(variance) };
}

export function matchInput(skin: Lab65, fibre: Lab65, changes: Partial<MatchInput> = {}): MatchInput {
  return {
    skin: { lab: skin, covariance: isotropic(0.1) },
    target: stubbleTarget(skin, fibre),
    shades: LADDER,
    settings: STUDIO,
    calibration: { method: 'card', expectedDeltaE00: 1.5 },
    caps: [],
    ...changes,
  };
}
