import type { MatchResult } from '../app/matchResult.ts';
import { ENGLISH } from '../language/english.ts';
import { placeLabels } from './placeLabels.ts';

/** Drawing size in SVG units; the viewBox scales it to any screen. */
const WIDTH = 480;
const HEIGHT = 360;
const MARGIN = { left: 52, right: 16, top: 16, bottom: 44 };
/** Least range shown, Lab units: closer together, differences nobody sees would look large. */
const LEAST_RANGE = 6;
const MOST_SHADES = 4;

type Point = readonly [b: number, L: number];

function niceStep(range: number): number {
  const raw = range / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
}

function axis(values: readonly number[]): { low: number; high: number; ticks: number[] } {
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  const half = Math.max(LEAST_RANGE, 1.25 * (Math.max(...values) - Math.min(...values))) / 2;
  const step = niceStep(2 * half);
  const low = Math.floor((middle - half) / step) * step;
  const high = Math.ceil((middle + half) / step) * step;
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) =>
    Number((low + i * step).toFixed(6)),
  );
  return { low, high, ticks };
}

/**
 * L* against b* of skin, target and the nearest shades, as plain numbers for an SVG: told apart by form and label, not by
 * colour. The ellipses are one standard deviation. Null without a target.
 */
export function colourChart(result: MatchResult) {
  const { skin, target, recommendations } = result;
  if (!skin || !target) return null;
  const shades = recommendations.slice(0, MOST_SHADES);
  const all: Point[] = [skin.lab, target.lab, ...shades.map((shade) => shade.predicted.healed)].map(([L, , b]) => [
    b,
    L,
  ]);
  const rings = [skin, target].flatMap(({ lab, sd }): Point[] => [
    [lab[2] - sd[2], lab[0] - sd[0]],
    [lab[2] + sd[2], lab[0] + sd[0]],
  ]);
  const b = axis([...all, ...rings].map(([yellow]) => yellow));
  const L = axis([...all, ...rings].map(([, lightness]) => lightness));
  const plotWidth = WIDTH - MARGIN.left - MARGIN.right;
  const plotHeight = HEIGHT - MARGIN.top - MARGIN.bottom;
  const x = (value: number) => Number((MARGIN.left + ((value - b.low) / (b.high - b.low)) * plotWidth).toFixed(1));
  const y = (value: number) => Number((MARGIN.top + ((L.high - value) / (L.high - L.low)) * plotHeight).toFixed(1));
  const place = ([lightness, , yellow]: readonly number[]) => ({ x: x(yellow!), y: y(lightness!) });
  const ellipse = (lab: readonly number[], sd: readonly number[]) => ({
    ...place(lab),
    rx: Number(((sd[2]! / (b.high - b.low)) * plotWidth).toFixed(1)),
    ry: Number(((sd[0]! / (L.high - L.low)) * plotHeight).toFixed(1)),
  });
  const top = shades[0];
  const plot = { x: MARGIN.left, y: MARGIN.top, width: plotWidth, height: plotHeight };
  const points = shades.map((shade) => ({ ...place(shade.predicted.healed), text: shade.code }));
  const named = [{ ...place(skin.lab), text: 'skin' }, { ...place(target.lab), text: 'target' }, ...points];
  return {
    width: WIDTH,
    height: HEIGHT,
    plot,
    xTicks: b.ticks.map((value) => ({ at: x(value), text: String(value) })),
    yTicks: L.ticks.map((value) => ({ at: y(value), text: String(value) })),
    skin: ellipse(skin.lab, skin.sd),
    target: ellipse(target.lab, target.sd),
    shades: points,
    labels: placeLabels(named, plot),
    label: top
      ? ENGLISH.result.lightnessAgainstYellownessThe(
          target.lab[0],
          target.lab[2],
          top.code,
          top.predicted.healed[0],
          top.predicted.healed[2],
          skin.lab[0],
          skin.lab[2],
        )
      : ENGLISH.result.lightnessAgainstYellownessThe2(target.lab[0], target.lab[2]),
  };
}
