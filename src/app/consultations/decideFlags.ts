import { StippleError } from '../../errors.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { type FlagDecision, listFlagDecisions, saveFlagDecisions } from '../../storage/flagDecisionsRepo.ts';
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
        origin: 'No longer asked.',
      };
      return { flag, decided };
    });
  return [...listed, ...retired];
}

/**
 * The flags nobody has decided about: while there is one, nothing of this consultation may be sent to the client.
 * @throws nothing; an empty list means that sharing may go on
 */
export async function flagsOpen(
  services: Services,
  actor: Reader,
  consultation: Pick<ConsultationRecord, 'id'>,
): Promise<Contraindication[]> {
  const states = await flagStates(services, actor, consultation);
  return states.filter(({ decided }) => decided === null).map(({ flag }) => flag);
}

/** Why sending has to wait, in one sentence; null when it need not. */
export function whySendingWaits(open: readonly Contraindication[]): string | null {
  if (open.length === 0) return null;
  const first = open
    .slice(0, 3)
    .map(({ text }) => `“${text}”`)
    .join(', ');
  const more = open.length > 3 ? ` and ${open.length - 3} more` : '';
  const count = open.length === 1 ? '1 flag is' : `${open.length} flags are`;
  return `${count} not decided yet: ${first}${more}. Ask the client and record a decision for each; then this can be sent.`;
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
        throw new StippleError(
          'SMP_OPTION_INVALID',
          'That decision is not one of the choices. Choose one from the list.',
        );
      }
      const { flag, decided } = state;
      const text = note.trim().slice(0, LONGEST_NOTE);
      if ((decision as Decision) === 'goAhead' && text === '') {
        throw new StippleError(
          'SMP_OPTION_INVALID',
          `“${flag.text}” applies and you go ahead: write down why, for example whose note you have seen.`,
        );
      }
      if (decided && decided.decision === decision && decided.note === text) return [];
      const { text: flagText, level } = flag;
      return [{ flagId, flagText, level, decision, note: text, decidedByName: actor.displayName, decidedAt }];
    });
  if (decisions.length === 0) return;
  if (!(await saveFlagDecisions(services.db, consultation.id, decisions))) throw new StippleError('SMP_NOT_FOUND');
}
