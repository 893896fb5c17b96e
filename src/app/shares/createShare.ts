import { createHash } from 'node:crypto';
import { StippleError } from '../../errors.ts';
import { sharesTexts } from '../../language/texts/shares.ts';
import type { ConsultationRecord } from '../../storage/consultationRecord.ts';
import { markSent } from '../../storage/consultationsRepo.ts';
import { toJsonText } from '../../storage/jsonText.ts';
import { findMatch } from '../../storage/matchesRepo.ts';
import type { MatchRecord } from '../../storage/matchRecord.ts';
import { findPhoto } from '../../storage/photosRepo.ts';
import { createShareRow } from '../../storage/sharesRepo.ts';
import type { Authorized } from '../access.ts';
import { resultOf } from '../changeMatch.ts';
import { flagStates, whySendingWaits } from '../consultations/decideFlags.ts';
import { planMatchesOf } from '../consultations/matchesOf.ts';
import { type Recipe, recipeOf } from '../consultations/recipe.ts';
import { ENGINE } from '../engine.ts';
import { hashPassword } from '../people/passwords.ts';
import { createSecret } from '../people/secret.ts';
import { previewOfMatch } from '../previewOfMatch.ts';
import { parsePreviewOptions } from '../previewOptions.ts';
import type { Services } from '../services.ts';
import type { ShareContent } from './shareContent.ts';
import { picturesOfStage, type SharedStage } from './sharedStages.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
export const USUAL_DAYS = 7;
const MOST_DAYS = 60;
const LONGEST_MESSAGE = 600;

export interface ShareRequest {
  readonly matchId: string;
  readonly stages: readonly SharedStage[];
  readonly days: number;
  /** Four to eight digits, or empty for none. */
  readonly pin: string;
  readonly message: string;
  /** Query of the preview studio: shade, density, light and mask the pictures are drawn with. */
  readonly look: string;
}

/**
 * Makes a link for a client: draws the chosen pictures once and freezes them with the words, so that what is approved
 * stays what was seen. The consultation counts as sent.
 * @returns the secret of the link, shown once and stored only as a hash
 * @throws StippleError SMP_OPTION_INVALID naming the field, or saying which flags are still to be decided or decided against it; SMP_NOT_FOUND
 */
export async function createShare(
  services: Services,
  actor: Authorized<'share:write'>,
  consultation: ConsultationRecord,
  request: ShareRequest,
): Promise<string> {
  const waits = whySendingWaits(await flagStates(services, actor, consultation));
  if (waits) throw new StippleError('SMP_OPTION_INVALID', waits);
  checkRequest(request);
  const owner = { organisationId: actor.organisationId };
  const filed = (await planMatchesOf(services, actor, consultation)).some(({ id }) => id === request.matchId);
  const match = filed ? await findMatch(services.db, owner, request.matchId) : null;
  const recipe = match && recipeOf(match, consultation.session);
  if (!match || !recipe) {
    throw new StippleError('SMP_OPTION_INVALID', sharesTexts.chooseShadeFirst);
  }
  const look = parsePreviewOptions(Object.fromEntries(new URLSearchParams(request.look)));
  const display = await findPhoto(services.db, owner, match.id, 'display');
  const before = display && (await services.photos.get(display.storageKey));
  if (!before) throw new StippleError('SMP_NOT_FOUND', sharesTexts.photoNoLongerStored);

  const previews = await Promise.all(
    request.stages.flatMap((stage) =>
      picturesOfStage(stage, look.treatment).map(async ({ kind, end }) => {
        // Laid over the photo as it is: a mirrored picture would not fit on it.
        const options = { ...look, stage, session: 3, mirror: false, range: end ?? look.range } as const;
        return { kind, ...(await previewOfMatch(services, owner, match, options)) };
      }),
    ),
  );
  if (previews.some(({ dots }) => dots === 0)) {
    const sentence = sharesTexts.nothingTreated;
    throw new StippleError('SMP_OPTION_INVALID', sentence);
  }
  // Photo and pictures in one light: between two, the skin itself would seem to change.
  const inLight = look.light === 'd65' ? null : parsePreviewOptions({ light: look.light, mask: 'none' });
  const shownBefore = inLight ? (await previewOfMatch(services, owner, match, inLight)).bytes : before;
  const drawn = [{ kind: 'before' as const, bytes: shownBefore }, ...previews];
  const content: ShareContent = {
    studio: actor.organisationName,
    shadeName: recipe.name,
    goal: look.treatment,
    light: look.light,
    sessions: sessionsPlanned(match, recipe),
    message: request.message.trim(),
    engine: ENGINE,
    widthPx: display.widthPx,
    heightPx: display.heightPx,
  };
  const sha256 = createHash('sha256').update(toJsonText(content));
  for (const { kind, bytes } of drawn) sha256.update(kind).update(bytes);

  const pinHash = request.pin === '' ? null : await hashPassword(request.pin);
  const pictures = await Promise.all(
    drawn.map(async ({ kind, bytes }) => ({
      kind,
      storageKey: await services.photos.put(bytes, 'image/jpeg'),
      bytes: bytes.byteLength,
    })),
  );
  const { secret, hash } = createSecret();
  const now = services.now();
  await createShareRow(
    services.db,
    {
      consultationId: consultation.id,
      matchId: match.id,
      tokenHash: hash,
      pinHash,
      content,
      contentSha256: sha256.digest('hex'),
      createdByName: actor.displayName,
      expiresAt: new Date(now.getTime() + request.days * DAY_MS).toISOString(),
      pictures,
    },
    now,
  );
  await markSent(services.db, actor.organisationId, consultation.id, now);
  return secret;
}

/** How many sessions the result plans with this shade; null where its plan is for another. */
function sessionsPlanned(match: MatchRecord, { code }: Recipe): number | null {
  const plan = resultOf(match)?.sessions ?? [];
  // The first session of a shade that cannot be thinned may take a lighter one.
  return plan.at(-1)?.code === code ? plan.length : null;
}

function checkRequest({ stages, days, pin, message }: ShareRequest): void {
  const fault =
    stages.length === 0
      ? sharesTexts.chooseAtLeastOnePicture
      : !(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS)
        ? sharesTexts.linkDays(MOST_DAYS)
        : pin !== '' && !/^\d{4,8}$/.test(pin)
          ? sharesTexts.pinDigits
          : message.trim().length > LONGEST_MESSAGE
            ? sharesTexts.messageTooLong(LONGEST_MESSAGE)
            : null;
  if (fault) throw new StippleError('SMP_OPTION_INVALID', fault);
}
