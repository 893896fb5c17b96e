import type { DotPlan, FarDots } from './chooseDots.ts';
import type { DotKernel } from './dotKernel.ts';

/** Coverage 1 in whole numbers; together with `SHARE_STEPS` the 24 bits of shadows. */
const COVERAGE_STEPS = 16384;
const SHARE_STEPS = 1024;

/** What dots too far away for their stamps add to each row of the box, in whole numbers. */
export interface FarRows {
  readonly far: FarDots;
  /** Where along the cells each column and row of the box lies. */
  readonly across: CellPlaces;
  readonly down: CellPlaces;
  /** What a coverage is multiplied by, for red, green, blue. */
  readonly share: readonly [number, number, number];
  /** The coverage along the row that was asked for last. */
  readonly line: Int32Array;
}

interface CellPlaces {
  /** The cell whose middle lies before. */
  readonly before: Int32Array;
  /** How far on to the next cell's, 0–256. */
  readonly beyond: Int32Array;
}

function placeInCells(from: number, pixels: number, cellPx: number, cells: number): CellPlaces {
  const before = new Int32Array(pixels);
  const beyond = new Int32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const at = Math.min(cells - 1, Math.max(0, (from + i + 0.5) / cellPx - 0.5));
    before[i] = Math.min(cells - 2, Math.floor(at));
    beyond[i] = Math.round(256 * (at - before[i]!));
  }
  return { before, beyond };
}

export function farRowsOf({ box }: DotPlan, far: FarDots, farShare: DotKernel['farShare']): FarRows {
  return {
    far,
    across: placeInCells(box.left, box.widthPx, far.cellPx, far.columns),
    down: placeInCells(box.top, box.heightPx, far.cellPx, far.rows),
    share: farShare.map((value) => Math.round(SHARE_STEPS * value)) as [number, number, number],
    line: new Int32Array(far.columns),
  };
}

/** Sets the line of coverage to a row of the box. */
export function farLine({ far: { coverage, columns }, down, line }: FarRows, row: number): void {
  const above = down.before[row]! * columns;
  const t = down.beyond[row]! / 256;
  for (let k = 0; k < columns; k++) {
    line[k] = COVERAGE_STEPS * (coverage[above + k]! * (1 - t) + coverage[above + columns + k]! * t);
  }
}
