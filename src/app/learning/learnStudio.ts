import { learningTexts } from '../../language/texts/learning.ts';
import { type BiasCase, type BiasModel, learnBias } from '../../matching/learnBias.ts';
import { type FollowUpRecord, listFollowUps } from '../../storage/followUpsRepo.ts';
import { findPerson } from '../../storage/peopleRepo.ts';
import type { Actor, Authorized } from '../access.ts';
import { authorize, mayDo } from '../access.ts';
import { readStudioPolicy } from '../consultations/studioPolicy.ts';
import { type Correction, EVERY_SHADE, shadeKey } from '../corrections.ts';
import type { Services } from '../services.ts';

/** Fewer healed results are shown but correct nothing. */
export const LEAST_CASES = 3;
/** A factor closer to one than this changes nothing anybody could see. */
const LEAST_LOG = 0.02;
/** The table of a page; a catalog has seldom more shades in use. */
const MOST_LINES = 50;

function casesOf(followUps: readonly FollowUpRecord[]): BiasCase[] {
  // Oldest first, so that where there are more groups than the model looks at, the newest count.
  return followUps
    .filter(({ counts }) => counts)
    .map(({ catalogId, code, lot, technicianId, logStrength, logStrengthSd }) => ({
      ...{ shade: shadeKey(catalogId, code), lot, technician: technicianId },
      ...{ logStrength, sd: logStrengthSd },
    }))
    .reverse();
}

/** The lot of a shade that was used last: what the next mix most likely comes from. */
function latestLot(followUps: readonly FollowUpRecord[], key: string): string | null {
  return followUps.find(({ catalogId, code, lot }) => shadeKey(catalogId, code) === key && lot !== null)?.lot ?? null;
}

/**
 * What healed results change for the next match of a technician: shrunk factors of the shades that have cases, and one for
 * all others. Empty while learning is off or cases are fewer than three. The match keeps them with its options, so that its
 * result stays as it is whatever is learned later.
 */
async function correctionsFor(services: Services, actor: Authorized<'match:write'>): Promise<Correction[]> {
  const policy = await readStudioPolicy(services, actor);
  if (!policy.learn) return [];
  const followUps = await listFollowUps(services.db, actor.organisationId);
  const cases = casesOf(followUps);
  if (cases.length < LEAST_CASES) return [];
  const model = learnBias(cases);
  const technician = actor.personId;
  const keys = [...new Set(cases.map(({ shade }) => shade))].sort();
  const own = keys.map((key): Correction => {
    const { logStrength } = model.estimate({ shade: key, lot: latestLot(followUps, key), technician });
    return { key, factor: factorOf(logStrength), cases: cases.filter(({ shade }) => shade === key).length };
  });
  const { logStrength } = model.estimate({ shade: null, lot: null, technician });
  const all: Correction = { key: EVERY_SHADE, factor: factorOf(logStrength), cases: cases.length };
  const unlearned = new Set(policy.unlearned);
  // A factor of one keeps the studio's general correction from a shade that is to have none.
  const kept = [...own, all].map((one) => (unlearned.has(one.key) ? { ...one, factor: 1 } : one));
  const others = policy.unlearned.filter((key) => key !== EVERY_SHADE && !keys.includes(key));
  const silent = others.map((key): Correction => ({ key, factor: 1, cases: 0 }));
  const entries = [...kept, ...silent];
  return entries.some(({ factor }) => factor !== 1) ? entries : [];
}

function factorOf(logStrength: number): number {
  return Math.abs(logStrength) < LEAST_LOG ? 1 : Number(Math.exp(logStrength).toFixed(4));
}

/** What was learned as options of a new match; nothing for visitors. */
export async function learnedOptions(services: Services, actor: Actor | null): Promise<{ corrections?: Correction[] }> {
  if (!actor || !mayDo(actor, 'match:write')) return {};
  const corrections = await correctionsFor(services, authorize(actor, 'match:write'));
  return corrections.length === 0 ? {} : { corrections };
}

/** How the healed results of one shade, lot or technician compare with their predictions. */
export interface BiasLine {
  readonly key: string;
  readonly name: string;
  readonly cases: number;
  /** Mean of measured minus predicted L*, and its standard error (null for one case). */
  readonly deltaL: number;
  readonly standardError: number | null;
  /** Shrunk factor on the strength, and the standard deviation of its logarithm. */
  readonly factor: number;
  readonly factorSd: number;
  readonly isUnlearned: boolean;
}

export interface Learning {
  readonly isOn: boolean;
  readonly isEnough: boolean;
  readonly studio: BiasLine | null;
  readonly shades: readonly BiasLine[];
  readonly lots: readonly BiasLine[];
  readonly technicians: readonly BiasLine[];
  readonly followUps: readonly FollowUpRecord[];
}

function lineOf(
  key: string,
  name: string,
  group: readonly FollowUpRecord[],
  estimate: ReturnType<BiasModel['estimate']>,
  isUnlearned: boolean,
): BiasLine {
  const deltaL = group.reduce((sum, one) => sum + one.deltaL, 0) / group.length;
  const variance = group.reduce((sum, one) => sum + (one.deltaL - deltaL) ** 2, 0) / Math.max(1, group.length - 1);
  return {
    ...{ key, name, cases: group.length, deltaL, isUnlearned },
    standardError: group.length === 1 ? null : Math.sqrt(variance / group.length),
    factor: Math.exp(estimate.logStrength),
    factorSd: estimate.sd,
  };
}

function linesBy(followUps: readonly FollowUpRecord[], read: (one: FollowUpRecord) => string | null) {
  const groups = new Map<string, FollowUpRecord[]>();
  for (const one of followUps) {
    const key = read(one);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MOST_LINES);
}

/** Everything the studio has learned, for the page that shows and removes it. */
export async function readLearning(services: Services, actor: Authorized<'followUp:write'>): Promise<Learning> {
  const { learn, unlearned } = await readStudioPolicy(services, actor);
  const followUps = await listFollowUps(services.db, actor.organisationId);
  const counted = followUps.filter(({ counts }) => counts);
  const model = learnBias(casesOf(followUps));
  const nothing = { shade: null, lot: null, technician: null };
  const line = (key: string, name: string, group: FollowUpRecord[], about: object) =>
    lineOf(key, name, group, model.estimate({ ...nothing, ...about }), unlearned.includes(key));
  const names = new Map<string, string>();
  for (const id of new Set(counted.map(({ technicianId }) => technicianId))) {
    names.set(id, (await findPerson(services.db, id))?.displayName ?? learningTexts.somebodyWhoLeft);
  }
  return {
    isOn: learn,
    isEnough: counted.length >= LEAST_CASES,
    studio: counted.length === 0 ? null : line(EVERY_SHADE, learningTexts.allHealedResults, counted, {}),
    shades: linesBy(counted, ({ catalogId, code }) => shadeKey(catalogId, code)).map(([key, group]) =>
      line(key, key, group, { shade: key }),
    ),
    lots: linesBy(counted, ({ lot }) => lot).map(([lot, group]) => line(lot, learningTexts.lot(lot), group, { lot })),
    technicians: linesBy(counted, ({ technicianId }) => technicianId).map(([technician, group]) =>
      line(technician, names.get(technician) ?? '', group, { technician }),
    ),
    followUps,
  };
}
