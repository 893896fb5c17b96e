import { StippleError } from '../../errors.ts';
import { consultationsTexts } from '../../language/texts/consultations.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import {
  type FlagDecision,
  HOLDING_DECISIONS,
  listFlagDecisions,
  saveFlagDecisions,
} from '../../storage/flagDecisionsRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { type Contraindication, DECISIONS, type Decision } from './contraindications.ts';
import { readStudioPolicy } from './studioPolicy.ts';

/** A flag with what was decided about it; null while nobody has. */
export interface FlagState {
  readonly flag: Contraindication;
  readonly decided: FlagDecision | null;
}

type Reader = Authorized<'consultation:read'> | Authorized<'consultation:write'> | Authorized<'share:write'>;

/**
 * Every flag the studio asks about, and decisions about flags it has since taken off its list. A flag whose words or
 * level have changed since counts as undecided again: nobody has decided about what it says now.
 */
export async function flagStates(
  services: Services,
  actor: Reader,
  consultation: Pick<ConsultationRecord, 'id'>,
): Promise<FlagState[]> {
  const { contraindications } = await readStudioPolicy(services, actor);
  const decisions = await listFlagDecisions(services.db, consultation.id);
  const listed = contraindications.map((flag): FlagState => {
    const decided = decisions.find(({ flagId }) => flagId === flag.id);
    const current = decided && decided.flagText === flag.text && decided.level === flag.level;
    return { flag, decided: current ? decided : null };
  });
  const known = new Set(contraindications.map(({ id }) => id));
  const retired = decisions
    .filter(({ flagId }) => !known.has(flagId))
    .map((decided): FlagState => {
      const { flagId, flagText, level } = decided;
      const flag = {
        id: flagId,
        text: flagText,
        level: level as Contraindication['level'],
        origin: consultationsTexts.noLongerAsked,
      };
      return { flag, decided };
    });
  return [...listed, ...retired];
}

const isHolding = ({ decided }: FlagState): boolean =>
  decided !== null && (HOLDING_DECISIONS as readonly string[]).includes(decided.decision);

function quoted(states: readonly FlagState[]): string {
  const first = states
    .slice(0, 3)
    .map(({ flag }) => `“${flag.text}”`)
    .join(', ');
  return states.length > 3 ? consultationsTexts.andMore(first, states.length - 3) : first;
}

/**
 * That the studio decided to wait or not to treat, in a sentence; null when it did not. While it stands nothing of the
 * consultation is sent, and links that are out show nothing and take no approval.
 */
export function whyHeldBack(states: readonly FlagState[]): string | null {
  const holding = states.filter(isHolding);
  if (holding.length === 0) return null;
  const isStopped = holding.some((state) => state.decided?.decision === 'stop');
  return consultationsTexts.decidedNotToGoAhead(isStopped, quoted(holding));
}

/** Why sending has to wait: flags that are not decided, or decided against it. Null when it need not. */
export function whySendingWaits(states: readonly FlagState[]): string | null {
  const open = states.filter(({ decided }) => decided === null);
  const undecided = open.length === 0 ? null : consultationsTexts.flagsUndecided(open.length, quoted(open));
  return [whyHeldBack(states), undecided].filter((sentence) => sentence !== null).join(' ') || null;
}

export interface FlagAnswer {
  readonly flagId: string;
  readonly decision: string;
  readonly note: string;
}

const LONGEST_NOTE = 500;

/**
 * Records decisions: who, when and what. Flags without an answer stay as they are.
 * @throws StippleError SMP_OPTION_INVALID where going ahead has no reason or an answer is not one of the choices,
 *   SMP_NOT_FOUND when the consultation was erased meanwhile
 */
export async function decideFlags(
  services: Services,
  actor: Authorized<'consultation:write'>,
  consultation: Pick<ConsultationRecord, 'id'>,
  answers: readonly FlagAnswer[],
): Promise<void> {
  const states = await flagStates(services, actor, consultation);
  const decidedAt = services.now().toISOString();
  const decisions = answers
    .filter(({ decision }) => decision !== '')
    .flatMap(({ flagId, decision, note }): FlagDecision[] => {
      const state = states.find(({ flag }) => flag.id === flagId);
      if (!state || !Object.hasOwn(DECISIONS, decision)) {
        throw new StippleError('SMP_OPTION_INVALID', consultationsTexts.notADecision);
      }
      const { flag, decided } = state;
      const text = note.trim().slice(0, LONGEST_NOTE);
      if ((decision as Decision) === 'goAhead' && text === '') {
        throw new StippleError('SMP_OPTION_INVALID', consultationsTexts.writeDownWhy(flag.text));
      }
      if (decided && decided.decision === decision && decided.note === text) return [];
      const { text: flagText, level } = flag;
      return [{ flagId, flagText, level, decision, note: text, decidedByName: actor.displayName, decidedAt }];
    });
  if (decisions.length === 0) return;
  if (!(await saveFlagDecisions(services.db, consultation.id, decisions))) throw new StippleError('SMP_NOT_FOUND');
}
