/**
 * The 24-patch chart in its own coordinates: one unit is the distance between neighbouring patch centres (the pitch),
 * the first patch (dark skin) is centred on (0.5, 0.5) and the last (black) on (5.5, 3.5). The classic, mini, nano and
 * Passport forms share this lattice and differ in pitch and in how much of a cell the patch fills.
 */
export const CHART_COLUMNS = 6;
export const CHART_ROWS = 4;
export const PATCH_COUNT = CHART_COLUMNS * CHART_ROWS;

/** Zero-based index of the two skin patches. */
export const SKIN_PATCHES: readonly number[] = [0, 1];
/** Zero-based index of white to black. */
export const NEUTRAL_PATCHES: readonly number[] = [18, 19, 20, 21, 22, 23];

/** Share of a cell's width that a patch fills on most cards (0.86–0.92). */
export const USUAL_PATCH_SHARE = 0.9;

/** Outer corners of the corner patches: dark skin, bluish green, black, white. */
export function chartCorners(patchShare: number): [x: number, y: number][] {
  const inset = (1 - patchShare) / 2;
  const right = CHART_COLUMNS - inset;
  const bottom = CHART_ROWS - inset;
  return [
    [inset, inset],
    [right, inset],
    [right, bottom],
    [inset, bottom],
  ];
}

export function patchCentre(patch: number): [x: number, y: number] {
  return [(patch % CHART_COLUMNS) + 0.5, Math.floor(patch / CHART_COLUMNS) + 0.5];
}
