import type { Point } from '../rasterPhoto.ts';
import type { WorkingImage } from '../workingImage.ts';
import { CHART_COLUMNS, CHART_ROWS, PATCH_COUNT, patchCentre } from './chartLayout.ts';
import type { Lattice } from './growLattice.ts';
import { fitHomography, type Homography, mapPoint, multiplyHomographies } from './homography.ts';
import { measureChartMisfit } from './matchChartColours.ts';

/** One way of reading a lattice as the chart. */
export interface ChartPlacement {
  /** Chart units (see chartLayout.ts) -> working pixels. */
  readonly toImage: Homography;
  readonly mirrored: boolean;
  /** Patches whose middle lies inside the photo. */
  readonly visible: number;
  /** Mean Lab distance after a best 3×3 correction. */
  readonly misfit: number;
}

/** Chart coordinates -> cell coordinates of a window whose first corner is (0, 0): a quarter turn each, then mirrored. */
const READINGS: readonly { readonly turned: boolean; readonly mirrored: boolean; readonly map: Homography }[] = [
  { turned: false, mirrored: false, map: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
  { turned: false, mirrored: false, map: [-1, 0, CHART_COLUMNS, 0, -1, CHART_ROWS, 0, 0, 1] },
  { turned: true, mirrored: false, map: [0, -1, CHART_ROWS, 1, 0, 0, 0, 0, 1] },
  { turned: true, mirrored: false, map: [0, 1, 0, -1, 0, CHART_COLUMNS, 0, 0, 1] },
  { turned: false, mirrored: true, map: [-1, 0, CHART_COLUMNS, 0, 1, 0, 0, 0, 1] },
  { turned: false, mirrored: true, map: [1, 0, 0, 0, -1, CHART_ROWS, 0, 0, 1] },
  { turned: true, mirrored: true, map: [0, 1, 0, 1, 0, 0, 0, 0, 1] },
  { turned: true, mirrored: true, map: [0, -1, CHART_ROWS, -1, 0, CHART_COLUMNS, 0, 0, 1] },
];

/** A window that leaves out more of the lattice than this is about something else. */
const MIN_SHARE_INSIDE = 0.7;
const MIN_VISIBLE = 14;

/** Every reading of a lattice with its misfit, best first. */
export function placeChart(lattice: Lattice, image: WorkingImage): ChartPlacement[] {
  const cells = fitHomography(
    lattice.nodes.map(({ column, row, square }) => ({ from: [column + 0.5, row + 0.5], to: [square.x, square.y] })),
  );
  if (!cells) return [];
  const placements: ChartPlacement[] = [];
  for (const turned of [false, true]) {
    const width = turned ? CHART_ROWS : CHART_COLUMNS;
    const height = turned ? CHART_COLUMNS : CHART_ROWS;
    for (const [column, row] of listWindows(lattice, width, height)) {
      const shifted = multiplyHomographies(cells, [1, 0, column, 0, 1, row, 0, 0, 1]);
      for (const reading of READINGS) {
        if (reading.turned !== turned) continue;
        const toImage = multiplyHomographies(shifted, reading.map);
        const { rgb, visible } = sampleChart(image, toImage);
        const count = visible.filter(Boolean).length;
        if (count < MIN_VISIBLE) continue;
        const misfit = measureChartMisfit(rgb, visible);
        placements.push({ toImage, mirrored: reading.mirrored, visible: count, misfit });
      }
    }
  }
  return placements.sort((a, b) => a.misfit - b.misfit);
}

function listWindows(lattice: Lattice, width: number, height: number): [column: number, row: number][] {
  const columns = lattice.nodes.map((node) => node.column);
  const rows = lattice.nodes.map((node) => node.row);
  const windows: [number, number][] = [];
  for (let column = Math.min(...columns) - width + 1; column <= Math.max(...columns); column++) {
    for (let row = Math.min(...rows) - height + 1; row <= Math.max(...rows); row++) {
      const inside = lattice.nodes.filter(
        (node) => node.column >= column && node.column < column + width && node.row >= row && node.row < row + height,
      );
      if (inside.length >= MIN_SHARE_INSIDE * lattice.nodes.length) windows.push([column, row]);
    }
  }
  return windows;
}

/** Linear colour of the middle of each patch: the median of nine working pixels, so that a small mark does not count. */
function sampleChart(image: WorkingImage, toImage: Homography): { rgb: Float64Array; visible: boolean[] } {
  const rgb = new Float64Array(3 * PATCH_COUNT);
  const visible: boolean[] = [];
  const nine = [new Float64Array(9), new Float64Array(9), new Float64Array(9)] as const;
  for (let patch = 0; patch < PATCH_COUNT; patch++) {
    const [cx, cy] = patchCentre(patch);
    let seen = true;
    for (let k = 0; k < 9 && seen; k++) {
      const [x, y] = mapPoint(toImage, cx + 0.17 * ((k % 3) - 1), cy + 0.17 * (Math.floor(k / 3) - 1));
      seen = x >= 0 && y >= 0 && x < image.widthPx && y < image.heightPx;
      const at = 3 * (Math.floor(y) * image.widthPx + Math.floor(x));
      for (let c = 0; c < 3 && seen; c++) nine[c]![k] = image.rgb[at + c]!;
    }
    visible.push(seen);
    if (seen) for (let c = 0; c < 3; c++) rgb[3 * patch + c] = nine[c]!.sort()[4]!;
  }
  return { rgb, visible };
}

/** Mean distance of neighbouring patch centres under a map, in its pixels. */
export function measurePitchPx(toImage: Homography): number {
  const at = (x: number, y: number): Point => mapPoint(toImage, x, y);
  const length = (p: Point, q: Point) => Math.hypot(p[0] - q[0], p[1] - q[1]);
  const across = length(at(0.5, 2), at(5.5, 2)) / 5;
  const down = length(at(3, 0.5), at(3, 3.5)) / 3;
  return Math.sqrt(across * down);
}
