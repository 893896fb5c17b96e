import { answerShadeLooks, type EquivalentsAnswer, SKINS } from '../../src/app/catalogs/shadeLooks.ts';
import { preparedNear } from '../../src/app/preparedShades.ts';
import { quickDistance, rangeOf } from '../../src/app/quickDistance.ts';
import type { Catalog } from '../../src/catalog/shade.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { type Lab65, lab65 } from '../../src/colour/lab65.ts';
import { healedAppearance } from '../../src/matching/appearance.ts';
import type { PreparedShade } from '../../src/matching/matchTypes.ts';
import { preparePalette } from '../../src/matching/preparePalette.ts';
import { rankShades } from '../../src/matching/rankShades.ts';
import { solveDilution } from '../../src/matching/solveDilution.ts';
import { buildTarget } from '../../src/matching/target.ts';
import { buildClientTable, type ClientTable } from '../../src/optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { makeLargeLine } from '../fixtures/largeLine.ts';

const COUNT = 2000;
/** Of one that everything is worked out for, the answer may be so much worse. */
const MOST_WORSE_DELTA_E00 = 0.1;
const HAND = { densityPerCm2: DEFAULT_APPLICATION.densityPerCm2, diameterMm: DEFAULT_APPLICATION.diameterMm };
const COVARIANCE = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;

/** The least distance to a healed colour that any shade of a line reaches, every one solved by the full model. */
function fullBest(table: ClientTable, shades: readonly PreparedShade[], goal: Lab65): number {
  return Math.min(
    ...shades.map((prepared) => {
      const at = (x: number) =>
        deltaE00(goal, healedAppearance(table, prepared.pigment, HAND, Math.max(0, Math.expm1(x))).area);
      return solveDilution(at, rangeOf(prepared), { gridSteps: 6, refinements: 8 }).cost;
    }),
  );
}

interface Agreement {
  readonly worse: number[];
  workedOut: number;
  cpuSeconds: number;
}

/** Equivalents of shades of another line. */
function equivalentsAgree(line: Catalog, all: readonly PreparedShade[], others: Catalog): Agreement {
  const found: Agreement = { worse: [], workedOut: 0, cpuSeconds: 0 };
  for (const [at, { key, lab }] of SKINS.entries()) {
    const shade = { catalogId: others.id, code: others.shades[at]!.code };
    const question = { ask: 'equivalents', skin: key, shade, inCatalog: line.id } as const;
    const cpu = process.cpuUsage();
    const answer = answerShadeLooks({ kind: 'shadeLooks', catalogs: [line, others], question }) as EquivalentsAnswer;
    found.cpuSeconds = Math.max(found.cpuSeconds, process.cpuUsage(cpu).user / 1e6);
    found.workedOut = Math.max(found.workedOut, answer.workedOut);
    const [L, a, b] = lab;
    const best = fullBest(buildClientTable(lab65(L, a, b)), all, answer.known.healed);
    found.worse.push(answer.nearest[0]!.deltaE00 - best);
  }
  return found;
}

/** Matches of clients with hair of several colours. */
function matchesAgree(line: Catalog, all: readonly PreparedShade[]): { worse: number[]; sameShade: number } {
  const worse: number[] = [];
  let sameShade = 0;
  for (const [at, { lab }] of SKINS.entries()) {
    const [L, a, b] = lab;
    const skin = lab65(L, a, b);
    const table = buildClientTable(skin);
    const apparent = { lab: lab65(0.8 * L, 0.8 * a, 0.7 * b + at / 3), covariance: COVARIANCE };
    const fibre = { lab: lab65(0.4 * L, 3, 4), covariance: COVARIANCE };
    const target = buildTarget({ table, hair: { kind: 'stubble', apparent, fibre, greyPercent: 0 } })!;
    const settings = {
      ...{ cupMl: 1.5, pigmentDropMl: 0.05, diluentDropMl: 0.05, ...HAND },
      ...{ session: 1 as const, goal: 'shaved' as const, today: '2026-11-22' },
    };
    const calibration = { method: 'card', expectedDeltaE00: 1.5 } as const;
    const rank = (shades: readonly PreparedShade[]) =>
      rankShades(
        { skin: { lab: skin, covariance: COVARIANCE }, target, shades, settings, calibration, caps: [] },
        table,
      ).recommendations[0]!;
    const near = rank(preparedNear(line, quickDistance(table, HAND, target.area), { keep: 100 }));
    const full = rank(all);
    worse.push(near.deltaE00 - full.deltaE00);
    if (near.code === full.code) sameShade += 1;
  }
  return { worse, sameShade };
}

/** Whether the shortlist of a large line has what working out the whole line finds. */
export function largeLines(): { lines: string[]; failures: string[] } {
  const lines: string[] = [];
  const failures: string[] = [];
  for (const kind of ['swatch', 'ladder'] as const) {
    const line = makeLargeLine(kind, COUNT, 11);
    const all = preparePalette(line);
    const others = { ...makeLargeLine(kind === 'swatch' ? 'ladder' : 'swatch', SKINS.length, 12), id: 'others' };
    const { worse, workedOut, cpuSeconds } = equivalentsAgree(line, all, others);
    const matches = matchesAgree(line, all);
    const most = (values: readonly number[]) => Math.max(...values);
    lines.push(
      `${COUNT} shades (${kind}): equivalents at most ${most(worse).toFixed(3)} ΔE00 from the best of all in ${worse.length} questions, up to ${workedOut} worked out, ${cpuSeconds.toFixed(1)} s of processor time; matches at most ${most(matches.worse).toFixed(3)} ΔE00, the same shade in ${matches.sameShade} of ${matches.worse.length}`,
    );
    for (const [what, values] of [
      ['equivalents', worse],
      ['matches', matches.worse],
    ] as const) {
      if (most(values) > MOST_WORSE_DELTA_E00)
        failures.push(`${what} in a line of ${kind}: ${most(values).toFixed(2)} ΔE00`);
    }
  }
  return { lines, failures };
}
