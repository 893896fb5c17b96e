import type { MatchResult } from '../app/matchResult.ts';
import { ENGLISH } from '../language/english.ts';

const METHODS: Readonly<Record<MatchResult['calibration']['method'], string>> = {
  card: ENGLISH.photo.colourCard,
  white: ENGLISH.photo.whiteReference,
  estimated: 'estimated',
  none: ENGLISH.photo.noReference,
};

const text = (lab: readonly number[] | null | undefined) => lab?.map((value) => value.toFixed(1)).join(' ') ?? 'none';

/** The photos a result rests on, as a table; one row where nothing was pooled. */
export function pooledPhotos({ pool, skin, hair, calibration }: MatchResult) {
  const photos = pool ?? [
    { calibration: calibration.method, skin: skin?.lab ?? null, hair: hair.lab, leftOut: null, sha256: '' },
  ];
  return photos.map((photo, at) => ({
    name: at === 0 ? ENGLISH.photo.firstPhoto : ENGLISH.photo.photo(at + 1),
    reference: METHODS[photo.calibration],
    skin: text(photo.skin),
    hair: text(photo.hair),
    use: photo.leftOut ?? 'used',
  }));
}
