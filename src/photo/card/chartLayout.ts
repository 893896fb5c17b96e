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

/** Corners of the lattice in the order of a result: beside dark skin, bluish green, black, white. */
export const CHART_CORNERS: readonly (readonly [number, number])[] = [
  [0, 0],
  [CHART_COLUMNS, 0],
  [CHART_COLUMNS, CHART_ROWS],
  [0, CHART_ROWS],
];

export function patchCentre(patch: number): [x: number, y: number] {
  return [(patch % CHART_COLUMNS) + 0.5, Math.floor(patch / CHART_COLUMNS) + 0.5];
}
