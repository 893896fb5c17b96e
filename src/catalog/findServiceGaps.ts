import type { Lab65 } from '../colour/lab65.ts';

export interface ServiceCell {
  readonly skin: Lab65;
  readonly hair: Lab65;
  /** Distance of the best recipe from the target of this client; null when none can be made. */
  readonly deltaE00: number | null;
  readonly served: boolean;
}

/**
 * The skin × hair map of a catalog: which clients it can serve within `withinDeltaE00`.
 * @param bestDeltaE00 predicts the best recipe for a client; the optics live with the caller
 */
export function findServiceGaps(
  skins: readonly Lab65[],
  hairs: readonly Lab65[],
  bestDeltaE00: (skin: Lab65, hair: Lab65) => number | null,
  withinDeltaE00 = 2,
): ServiceCell[] {
  return skins.flatMap((skin) =>
    hairs.map((hair): ServiceCell => {
      const distance = bestDeltaE00(skin, hair);
      return { skin, hair, deltaE00: distance, served: distance !== null && distance <= withinDeltaE00 };
    }),
  );
}
