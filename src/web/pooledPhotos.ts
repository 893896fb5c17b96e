import type { MatchResult } from '../app/matchResult.ts';

const METHODS: Readonly<Record<MatchResult['calibration']['method'], string>> = {
  card: 'colour card',
  white: 'white reference',
  estimated: 'estimated',
  none: 'no reference',
};

const text = (lab: readonly number[] | null | undefined) => lab?.map((value) => value.toFixed(1)).join(' ') ?? 'none';

/** The photos a result rests on, as a table; one row where nothing was pooled. */
export function pooledPhotos({ pool, skin, hair, calibration }: MatchResult) {
  const photos = pool ?? [
    { calibration: calibration.method, skin: skin?.lab ?? null, hair: hair.lab, leftOut: null, sha256: '' },
  ];
  return photos.map((photo, at) => ({
    name: at === 0 ? 'First photo' : `Photo ${at + 1}`,
    reference: METHODS[photo.calibration],
    skin: text(photo.skin),
    hair: text(photo.hair),
    use: photo.leftOut ?? 'used',
  }));
}
