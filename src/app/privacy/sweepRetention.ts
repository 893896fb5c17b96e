import { deleteOldConsultations, deleteOldUnfiled, forgetOldPictures } from '../../storage/retentionRepo.ts';
import { listStudioPolicies } from '../../storage/studioPoliciesRepo.ts';
import { studioPolicySchema } from '../consultations/studioPolicy.ts';
import type { Services } from '../services.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Ends what studios keep no longer: pictures, then whole consultations, counted from the last change. Studios that set no
 * period keep everything.
 * @returns how many matches lost their pictures and how many consultations and unfiled matches went
 */
export async function sweepRetention(
  services: Pick<Services, 'db' | 'photos' | 'now'>,
): Promise<{ pictures: number; records: number }> {
  const { db, photos } = services;
  const now = services.now();
  const total = { pictures: 0, records: 0 };
  const inPortions = async (
    what: keyof typeof total,
    end: () => Promise<{ gone: number; keys: string[] }>,
  ): Promise<void> => {
    for (;;) {
      const { gone, keys } = await end();
      await Promise.all(keys.map((key) => photos.delete(key)));
      if (gone === 0) return;
      total[what] += gone;
    }
  };
  for (const { organisationId, policy } of await listStudioPolicies(db)) {
    const { photoDays, consultationDays } = studioPolicySchema.parse(policy);
    const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
    const shortest = Math.min(photoDays ?? Number.POSITIVE_INFINITY, consultationDays ?? Number.POSITIVE_INFINITY);
    if (consultationDays !== null) {
      await inPortions('records', () => deleteOldConsultations(db, organisationId, before(consultationDays)));
    }
    if (photoDays !== null) {
      await inPortions('pictures', () => forgetOldPictures(db, organisationId, before(photoDays), now));
    }
    if (Number.isFinite(shortest)) {
      await inPortions('records', () => deleteOldUnfiled(db, organisationId, before(shortest)));
    }
  }
  return total;
}
