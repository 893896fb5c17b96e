import type { ServiceMap } from '../app/catalogs/shadeLooks.ts';
import type { CatalogHealth } from '../catalog/catalogHealth.ts';
import { measurementToLab65, needsSpectrum } from '../catalog/measurementToLab65.ts';
import type { Catalog, Shade } from '../catalog/shade.ts';
import { ENGLISH } from '../language/english.ts';

const WIDTH = 420;
/** Room for bars however long the codes are. */
const LEAST_BARS_PX = 160;
/** Widest usual letter or digit of the charts' 13 px type, so that no label is cut at an edge. */
const LETTER_PX = 8;
/** Bars are shown for the closest so many. */
const MOST_BARS = 24;
const MOST_LADDERS = 6;
const BAR_PX = 22;
const LABEL_PX = 14;

const widthOf = (texts: readonly string[]): number => LETTER_PX * Math.max(0, ...texts.map(({ length }) => length));

/** How near each shade lies to its neighbour, as bars with their numbers; a line marks 1 ΔE00. */
export function spacingPlot({ spacing }: CatalogHealth) {
  const closest = [...spacing].sort((one, other) => one.deltaE00 - other.deltaE00).slice(0, MOST_BARS);
  const texts = closest.map(({ nearest, deltaE00 }) => `${deltaE00.toFixed(1)} to ${nearest}`);
  const left = widthOf(closest.map(({ code }) => code)) + 8;
  const right = widthOf(texts) + 6;
  const width = Math.max(WIDTH, left + LEAST_BARS_PX + right);
  const scale = (width - left - right) / Math.max(2, ...closest.map(({ deltaE00 }) => deltaE00));
  return {
    width,
    height: closest.length * BAR_PX + 28,
    left,
    limit: left + scale,
    bars: closest.map(({ code, deltaE00 }, at) => ({
      y: at * BAR_PX,
      code,
      width: Math.max(1, deltaE00 * scale),
      end: left + deltaE00 * scale + 6,
      text: texts[at]!,
    })),
  };
}

/** Clients a line can and cannot serve: a mark and a number a cell, no colour needed. */
export function servicePlot({ skins, hairs, deltaE00 }: ServiceMap) {
  return {
    hairs,
    rows: skins.map((skin, row) => ({
      skin,
      cells: hairs.map((hair, column) => {
        const value = deltaE00[row * hairs.length + column] ?? null;
        const served = value !== null && value <= 2;
        return {
          hair,
          mark: value === null ? '–' : served ? '●' : '○',
          text: value === null ? ENGLISH.catalogTools.notForPigment : value.toFixed(1),
          served,
        };
      }),
    })),
  };
}

const DASHES = ['', '8 4', '2 4', '12 4 2 4', '4 4', '16 4'];

/** L* of the ladders of the first shades over the dilution; a ladder goes up, or it is no dilution. */
export function ladderPlot({ shades }: Catalog) {
  const measured = shades.filter(
    ({ status, letDowns, masstone }) => status === 'active' && letDowns.length > 0 && !needsSpectrum(masstone),
  );
  const shown = measured.slice(0, MOST_LADDERS);
  const points = (shade: Shade) =>
    [{ partsDiluent: 0, measurement: shade.masstone }, ...shade.letDowns]
      .filter(({ measurement }) => !needsSpectrum(measurement))
      .map(({ partsDiluent, measurement }) => ({ parts: partsDiluent, L: measurementToLab65(measurement)[0] }))
      .sort((one, other) => one.parts - other.parts);
  const height = 300;
  const right = widthOf(shown.map(({ code }) => code)) + 6;
  const width = Math.max(WIDTH, 40 + LEAST_BARS_PX + right);
  const most = Math.max(1, ...shown.flatMap((shade) => points(shade).map(({ parts }) => parts)));
  const x = (parts: number) => 40 + ((width - 40 - right) * Math.log1p(parts)) / Math.log1p(most);
  const y = (L: number) => height - 40 - ((height - 60) * L) / 100;
  const ladders = shown.map((shade, at) => {
    const line = points(shade);
    const last = line.at(-1)!;
    return {
      code: shade.code,
      points: line.map(({ parts, L }) => `${x(parts).toFixed(1)},${y(L).toFixed(1)}`).join(' '),
      dash: DASHES[at % DASHES.length]!,
      x: x(last.parts) + 6,
      y: y(last.L) + 4,
    };
  });
  // Names of ladders that end close together are set one below the other.
  let free = 0;
  for (const ladder of [...ladders].sort((one, other) => one.y - other.y)) {
    ladder.y = Math.max(ladder.y, free);
    free = ladder.y + LABEL_PX;
  }
  return {
    width,
    height,
    end: width - right,
    more: measured.length - shown.length,
    ticks: [0, 5, 20, 80].filter((parts) => parts <= most).map((parts) => ({ x: x(parts), text: String(parts) })),
    levels: [0, 50, 100].map((L) => ({ y: y(L), text: String(L) })),
    ladders,
  };
}
