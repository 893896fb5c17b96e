import { StippleError } from '../../errors.ts';
import { recordApproval, recordChangesAsked } from '../../storage/consultationsRepo.ts';
import { isHeldBack } from '../../storage/flagDecisionsRepo.ts';
import { lockConsultation } from '../../storage/lockConsultation.ts';
import { addShareAnswer, countOpening, listShareAnswers, type ShareRecord } from '../../storage/sharesRepo.ts';
import type { Services } from '../services.ts';

/** What a client must have ticked; the words stand with the page's other texts. */
export const APPROVAL_TICKS = ['simulation', 'healing', 'patch'] as const;

const LONGEST_NAME = 80;
const LONGEST_NOTE = 1000;

/** @throws StippleError SMP_ANSWER_INCOMPLETE while a tick or the name is missing, SMP_ANSWERED once it was approved */
export async function approveShare(
  services: Services,
  share: ShareRecord,
  answer: { readonly ticks: readonly string[]; readonly name: string },
): Promise<void> {
  const name = answer.name.trim().slice(0, LONGEST_NAME);
  const ticks = APPROVAL_TICKS.filter((tick) => answer.ticks.includes(tick));
  if (name === '' || ticks.length < APPROVAL_TICKS.length) throw new StippleError('SMP_ANSWER_INCOMPLETE');
  await record(services, share, { kind: 'approved', name, note: '', ticks });
}

/** @throws StippleError SMP_ANSWER_INCOMPLETE without a note, SMP_ANSWERED once it was approved */
export async function askForChanges(
  services: Services,
  share: ShareRecord,
  answer: { readonly note: string; readonly name: string },
): Promise<void> {
  const note = answer.note.trim().slice(0, LONGEST_NOTE);
  if (note === '') throw new StippleError('SMP_ANSWER_INCOMPLETE');
  await record(services, share, { kind: 'changes', name: answer.name.trim().slice(0, LONGEST_NAME), note, ticks: [] });
}

async function record(
  services: Services,
  share: ShareRecord,
  answer: { kind: 'approved' | 'changes'; name: string; note: string; ticks: readonly string[] },
): Promise<void> {
  const now = services.now();
  await services.db.transaction().execute(async (transaction) => {
    const { id: shareId, contentSha256, consultationId } = share;
    // Two answers at once come one after the other, and a decision to wait that was recorded since the page was opened counts.
    await lockConsultation(transaction, consultationId);
    if (await isHeldBack(transaction, consultationId)) throw new StippleError('SMP_LINK_OVER');
    await countOpening(transaction, shareId, now);
    const answers = await listShareAnswers(transaction, [shareId]);
    if (answers.some(({ kind }) => kind === 'approved')) throw new StippleError('SMP_ANSWERED');
    await addShareAnswer(transaction, { ...answer, shareId, contentSha256 }, now);
    const { organisationId } = await transaction
      .selectFrom('consultations')
      .select('organisationId')
      .where('id', '=', consultationId)
      .executeTakeFirstOrThrow();
    if (answer.kind === 'approved') await recordApproval(transaction, organisationId, consultationId, now);
    else await recordChangesAsked(transaction, organisationId, consultationId, answer.note, now);
  });
}
