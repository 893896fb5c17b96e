import * as z from 'zod';
import { findStudioPolicy, saveStudioPolicy } from '../../storage/studioPoliciesRepo.ts';
import type { Authorized } from '../access.ts';
import type { Services } from '../services.ts';
import { contraindicationSchema, DEFAULT_CONTRAINDICATIONS } from './contraindications.ts';

const days = z.number().int().min(1).max(36_500).nullable();

/** What a studio decided for all its consultations. */
export const studioPolicySchema = z.object({
  contraindications: z
    .array(contraindicationSchema)
    .max(60)
    .default([...DEFAULT_CONTRAINDICATIONS]),
  /** How long after the last change photos and whole consultations are kept; null keeps them until somebody erases them. */
  photoDays: days.default(null),
  consultationDays: days.default(null),
  /** Whether healed results correct later recommendations, and the shades (catalog/code) they do not correct. */
  learn: z.boolean().default(true),
  unlearned: z.array(z.string().max(140)).max(500).default([]),
});
export type StudioPolicy = z.infer<typeof studioPolicySchema>;

type Reader =
  | Authorized<'consultation:read'>
  | Authorized<'consultation:write'>
  | Authorized<'studio:policy'>
  | Authorized<'match:write'>
  | Authorized<'followUp:write'>
  | Authorized<'share:write'>;

/** The studio's own policy, or what every studio starts with. */
export async function readStudioPolicy(services: Services, actor: Reader): Promise<StudioPolicy> {
  return studioPolicySchema.parse((await findStudioPolicy(services.db, actor.organisationId)) ?? {});
}

/** Changes part of the policy and leaves the rest. */
export async function changeStudioPolicy(
  services: Services,
  actor: Authorized<'studio:policy'> | Authorized<'followUp:write'>,
  change: Partial<StudioPolicy>,
): Promise<void> {
  const before = studioPolicySchema.parse((await findStudioPolicy(services.db, actor.organisationId)) ?? {});
  const policy = studioPolicySchema.parse({ ...before, ...change });
  await saveStudioPolicy(services.db, actor.organisationId, policy, services.now());
}
