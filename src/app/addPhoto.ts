import { type ErrorCode, StippleError } from '../errors.ts';
import { measuringTexts } from '../language/texts/measuring.ts';
import { saveProposal } from '../storage/matchesRepo.ts';
import type { MatchOwner, MatchRecord } from '../storage/matchRecord.ts';
import { changeSettings, optionsOf } from './changeMatch.ts';
import { eraseMatch } from './eraseMatch.ts';
import type { MatchOptions } from './matchOptions.ts';
import { waitForMatch } from './matchStep.ts';
import type { Measurement } from './measurePhoto.ts';
import { poolMeasurements } from './poolMeasurements.ts';
import type { Services } from './services.ts';
import { submitPhoto } from './submitPhoto.ts';

/** Longest time the added photo may take to be measured. */
const PATIENCE_MS = 60_000;

/** A person's marks are places in one photo; another photo of the client is looked at afresh. */
function withoutPlaces({ mask: _, cardCorners: __, white: ___, ...options }: MatchOptions): MatchOptions {
  return { ...options, skin: [], hair: [], avoid: [], card: 'auto' };
}

/**
 * Measures another photo of the same client, as a match of its own, and pools it into this one: its result then rests on
 * both, and so does everything that is done with it. Measuring this match's own photo again takes the others out.
 * @throws StippleError when the photo cannot be measured, or is one that is in already
 */
export async function addPhoto(services: Services, owner: MatchOwner, match: MatchRecord, path: string): Promise<void> {
  const first = match.proposal as unknown as Measurement;
  const options = withoutPlaces(optionsOf(match));
  const id = await submitPhoto(services, owner, { path, alias: match.alias, key: null, options });
  const other = await waitForMatch(services, owner, id, PATIENCE_MS);
  if (!other?.result) throw new StippleError((other?.refusalCode ?? 'SMP_BUSY') as ErrorCode);
  const second = other.proposal as unknown as Measurement;
  const known = (first.pool ?? [first.input]).some(({ sha256 }) => sha256 === second.input.sha256);
  if (known) {
    await eraseMatch(services, owner, id);
    throw new StippleError('SMP_OPTION_INVALID', measuringTexts.photoIsInAlready);
  }
  const pooled = poolMeasurements([first, second]);
  await saveProposal(services.db, owner, match.id, pooled, services.now());
  await changeSettings(services, owner, { ...match, proposal: { ...pooled } as never }, optionsOf(match));
}
