import { findServiceGaps } from '../../catalog/findServiceGaps.ts';
import { measurementToLab65 } from '../../catalog/measurementToLab65.ts';
import type { Catalog } from '../../catalog/shade.ts';
import { deltaE00 } from '../../colour/deltaE00.ts';
import { type Lab65, lab65 } from '../../colour/lab65.ts';
import { StippleError } from '../../errors.ts';
import { catalogChangesTexts } from '../../language/texts/catalogChanges.ts';
import { skinTonesTexts } from '../../language/texts/skinTones.ts';
import { type Appearance, healedAppearance } from '../../matching/appearance.ts';
import { HAIR_COLOURS } from '../../matching/hairColours.ts';
import type { PreparedShade } from '../../matching/matchTypes.ts';
import { solveDilution } from '../../matching/solveDilution.ts';
import { buildTarget } from '../../matching/target.ts';
import { ratioWords } from '../../matching/words.ts';
import { buildClientTable, type ClientTable } from '../../optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../../optics/pigmentDose.ts';
import { preparedNear, preparedShade, preparedShades } from '../preparedShades.ts';
import { quickDistance, rangeOf } from '../quickDistance.ts';
import type { ShadeName } from '../whatIf.ts';

/** Skins on which catalogs are judged: one of each ITA class (COLIPA), as plausible L*, a*, b*. */
export const SKINS = [
  { key: 'veryLight', name: skinTonesTexts.veryLight, lab: [71, 8, 13] },
  { key: 'light', name: skinTonesTexts.light, lab: [66, 10, 16] },
  { key: 'intermediate', name: skinTonesTexts.intermediate, lab: [61, 11, 18] },
  { key: 'tan', name: skinTonesTexts.tan, lab: [56, 12, 19] },
  { key: 'brown', name: skinTonesTexts.brown, lab: [45, 12, 17] },
  { key: 'dark', name: skinTonesTexts.dark, lab: [33, 10, 11] },
] as const;
export type SkinKey = (typeof SKINS)[number]['key'];

/** A question about shades on skin, answered in a worker. */
export interface ShadeLooksTask {
  readonly kind: 'shadeLooks';
  readonly catalogs: readonly Catalog[];
  readonly question:
    | { readonly ask: 'looks'; readonly skin: SkinKey; readonly shades: readonly ShadeName[] }
    | { readonly ask: 'equivalents'; readonly skin: SkinKey; readonly shade: ShadeName; readonly inCatalog: string }
    | { readonly ask: 'gaps'; readonly catalogId: string };
}

/** One shade at its everyday ratio. */
export interface ShadeLook extends ShadeName {
  readonly name: string;
  readonly ratio: string;
  readonly bottle: Lab65;
  readonly healed: Lab65;
  readonly dot: Lab65;
}

export interface Equivalent extends ShadeLook {
  /** Of the healed area against that of the known shade. */
  readonly deltaE00: number;
}

/** The nearest shades of another line. */
export interface EquivalentsAnswer {
  readonly known: ShadeLook;
  /** Nearest first. */
  readonly nearest: readonly Equivalent[];
  /** Of the active shades of the line so many were worked out. */
  readonly workedOut: number;
  readonly active: number;
}

export interface ServiceMap {
  readonly skins: readonly string[];
  readonly hairs: readonly string[];
  /** One a skin and hair, skins first; null where nothing can be made. */
  readonly deltaE00: readonly (number | null)[];
}

const HAND = { densityPerCm2: DEFAULT_APPLICATION.densityPerCm2, diameterMm: DEFAULT_APPLICATION.diameterMm };
const EQUIVALENTS = 3;
/** Of these so many are worked out by the full model: many more than the quick one could mistake for the nearest. */
const MOST_SOLVED = 60;

function tableOf(key: SkinKey): ClientTable {
  const [L, a, b] = SKINS.find((skin) => skin.key === key)!.lab;
  return buildClientTable(lab65(L, a, b));
}

function preparedOf(catalogs: readonly Catalog[], { catalogId, code }: ShadeName): PreparedShade {
  const catalog = catalogs.find(({ id }) => id === catalogId);
  const found = catalog && preparedShade(catalog, code);
  if (!found) throw new StippleError('SMP_NOT_FOUND', catalogChangesTexts.thereIsNoShade(code));
  return found;
}

function lookAt(prepared: PreparedShade, parts: number, { area, dot }: Appearance): ShadeLook {
  const { catalog, shade } = prepared;
  return {
    catalogId: catalog.id,
    code: shade.code,
    name: shade.name,
    ratio: ratioWords(Math.round(10 * parts) / 10),
    bottle: measurementToLab65(shade.masstone),
    healed: area,
    dot,
  };
}

function usualLook(table: ClientTable, prepared: PreparedShade): ShadeLook {
  const parts = Math.expm1(rangeOf(prepared).usual);
  return lookAt(prepared, parts, healedAppearance(table, prepared.pigment, HAND, parts));
}

/** The dilution of a shade that heals nearest to a colour, within the shade's limits. */
function nearestLook(table: ClientTable, prepared: PreparedShade, goal: Lab65): Equivalent {
  const at = (x: number) => healedAppearance(table, prepared.pigment, HAND, Math.max(0, Math.expm1(x)));
  const { x } = solveDilution((mix) => deltaE00(goal, at(mix).area), rangeOf(prepared), {
    gridSteps: 6,
    refinements: 8,
  });
  const look = at(x);
  return { ...lookAt(prepared, Math.max(0, Math.expm1(x)), look), deltaE00: deltaE00(goal, look.area) };
}

/** The shades that may heal nearest to a colour, by the quick model: the full one takes minutes for 20,000. */
function screened(
  shades: readonly PreparedShade[],
  distanceOf: (prepared: PreparedShade) => number,
): readonly PreparedShade[] {
  if (shades.length <= MOST_SOLVED) return shades;
  const looked = shades.map((prepared) => ({ prepared, least: distanceOf(prepared) }));
  looked.sort(
    (one, other) => one.least - other.least || (one.prepared.shade.code < other.prepared.shade.code ? -1 : 1),
  );
  return looked.slice(0, MOST_SOLVED).map(({ prepared }) => prepared);
}

function equivalents(task: ShadeLooksTask, skin: SkinKey, shade: ShadeName, inCatalog: string): EquivalentsAnswer {
  const table = tableOf(skin);
  const known = usualLook(table, preparedOf(task.catalogs, shade));
  const catalog = task.catalogs.find(({ id }) => id === inCatalog);
  if (!catalog) throw new StippleError('SMP_CATALOG_NOT_FOUND');
  const active = catalog.shades.filter(
    ({ code, status }) => status === 'active' && !(inCatalog === shade.catalogId && code === shade.code),
  );
  const distanceOf = quickDistance(table, HAND, known.healed);
  const others = preparedNear({ ...catalog, shades: active }, distanceOf, { keep: MOST_SOLVED });
  const nearest = screened(others, distanceOf).map((prepared) => nearestLook(table, prepared, known.healed));
  nearest.sort((one, other) => one.deltaE00 - other.deltaE00 || (one.code < other.code ? -1 : 1));
  return { known, nearest: nearest.slice(0, EQUIVALENTS), workedOut: others.length, active: active.length };
}

/** Which clients a catalog cannot serve: every skin with every hair colour shaved short. */
function serviceMap(catalog: Catalog): ServiceMap {
  const active = preparedShades(catalog).filter(({ shade }) => shade.status === 'active');
  const tables = new Map<Lab65, ClientTable>();
  const skins = SKINS.map(({ lab: [L, a, b] }) => {
    const skin = lab65(L, a, b);
    tables.set(skin, buildClientTable(skin));
    return skin;
  });
  const cells = findServiceGaps(
    skins,
    HAIR_COLOURS.map(({ fibre }) => fibre),
    (skin, fibre) => {
      const table = tables.get(skin)!;
      const chosenHair = HAIR_COLOURS.find((hair) => hair.fibre === fibre)!.key;
      const hair = { kind: 'none', apparent: null, fibre: null, greyPercent: null } as const;
      const target = buildTarget({ table, hair, chosenHair });
      // Hair lighter than the skin cannot be imitated by a pigment.
      if (target === null || target.area[0] >= table.skin[0]) return null;
      return Math.min(...active.map((prepared) => nearestLook(table, prepared, target.area).deltaE00), 99);
    },
  );
  return {
    skins: SKINS.map(({ name }) => name),
    hairs: HAIR_COLOURS.map(({ name }) => name),
    deltaE00: cells.map((cell) => cell.deltaE00 && Number(cell.deltaE00.toFixed(2))),
  };
}

/** @throws StippleError SMP_NOT_FOUND or SMP_CATALOG_NOT_FOUND for a shade or catalog that is not among those given */
export function answerShadeLooks(task: ShadeLooksTask): unknown {
  const { question, catalogs } = task;
  if (question.ask === 'equivalents') return equivalents(task, question.skin, question.shade, question.inCatalog);
  if (question.ask === 'gaps') {
    const catalog = catalogs.find(({ id }) => id === question.catalogId);
    if (!catalog) throw new StippleError('SMP_CATALOG_NOT_FOUND');
    return serviceMap(catalog);
  }
  const table = tableOf(question.skin);
  return question.shades.map((shade) => usualLook(table, preparedOf(catalogs, shade)));
}
