import { ladderColours } from '../catalog/ladderColour.ts';
import type { Shade } from '../catalog/shade.ts';

/** Shades that are worked out first, evenly over the line, and then in one go. */
const FIRST = 96;
const BATCH = 48;
/** Of the slopes met so far this share is no steeper than what is counted with. */
const SLOPE_SHARE = 0.9;
/** Closer readings than this are one: instruments repeat no better, and slopes between them say nothing. */
const LEAST_APART = 0.05;
/** Colours of a dark bottle hardly tell pigments apart, those of its let-downs do. */
const BOTTLE_WEIGHT = 0.5;

/** How a shade reads, as numbers: its colours at some dilutions, and what they are worked out from. */
interface Reading {
  readonly kind: string;
  readonly values: Float64Array;
}

function readingOf(shade: Shade): Reading {
  const colours = ladderColours(shade);
  const spectra = [shade.masstone, ...shade.letDowns.map(({ measurement }) => measurement)].filter(
    ({ spectrum }) => spectrum,
  ).length;
  const { filmUm, substrate } = shade.masstone;
  const seen = colours.map((colour) => (colour ? 1 : 0)).join('');
  return {
    // Readings of another kind are worked out in another way: nothing follows from one to the other.
    kind: `${seen} ${shade.optics ? 'known' : ''} ${Math.min(2, spectra)} ${filmUm ?? ''} ${shade.letDowns[0]?.measurement.filmUm ?? ''} ${substrate} ${limitsKey(shade)}`,
    values: Float64Array.from(
      colours.flatMap((colour, at) => (colour ? colour.map((value) => value * (at === 0 ? BOTTLE_WEIGHT : 1)) : [])),
    ),
  };
}

/** What may be done with two shades that read alike must be alike, too. */
function limitsKey({ dilutable, form, minParts, maxParts }: Shade): string {
  return dilutable && form === 'concentrate' ? `${minParts}-${maxParts}` : 'neat';
}

function distanceBetween(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i]! - other[i]!) ** 2;
  return Math.sqrt(sum);
}

/** What is known of a line while it is searched: of each shade the nearest one that was worked out. */
class Search {
  readonly costs = new Map<number, number>();
  readonly #readings: readonly Reading[];
  readonly #nearest: Int32Array;
  readonly #distance: Float64Array;
  readonly #slopes: number[] = [];

  constructor(readings: readonly Reading[]) {
    this.#readings = readings;
    this.#nearest = new Int32Array(readings.length).fill(-1);
    this.#distance = new Float64Array(readings.length).fill(Number.POSITIVE_INFINITY);
  }

  add(place: number, cost: number): void {
    const known = this.#nearest[place]!;
    const apart = this.#distance[place]!;
    if (known !== -1 && apart > LEAST_APART) this.#slopes.push(Math.abs(cost - this.costs.get(known)!) / apart);
    this.costs.set(place, cost);
    const { kind, values } = this.#readings[place]!;
    for (const [at, other] of this.#readings.entries()) {
      if (other.kind !== kind) continue;
      const distance = distanceBetween(values, other.values);
      if (distance >= this.#distance[at]!) continue;
      this.#distance[at] = distance;
      this.#nearest[at] = place;
    }
  }

  /** The shades not worked out yet that may cost least, with what they may cost at least. */
  promising(count: number): { readonly place: number; readonly least: number }[] {
    const ordered = this.#slopes.toSorted((one, other) => one - other);
    const slope = ordered[Math.floor(SLOPE_SHARE * ordered.length)] ?? 1;
    const open: { place: number; least: number }[] = [];
    for (let place = 0; place < this.#readings.length; place++) {
      if (this.costs.has(place)) continue;
      const near = this.#nearest[place]!;
      const least = near === -1 ? Number.NEGATIVE_INFINITY : this.costs.get(near)! - slope * this.#distance[place]!;
      open.push({ place, least });
    }
    open.sort((one, other) => one.least - other.least || one.place - other.place);
    return open.slice(0, count);
  }
}

/**
 * The shades of a large line that may cost least, without working out all of them: that takes milliseconds each. Shades
 * that read alike heal alike, so what one costs bounds what those beside it may cost; the most promising are worked out
 * until none of the others can be among the `keep` best, or `most` are done. What was worked out before for somebody else
 * does not count, so the same question has the same answer.
 * @param costOf works a shade out and tells what it costs
 * @returns places of those that were worked out, cheapest first
 */
export function searchShades(
  shades: readonly Shade[],
  costOf: (place: number) => number,
  { keep, most }: { readonly keep: number; readonly most: number },
): number[] {
  const search = new Search(shades.map(readingOf));
  const take = (place: number) => {
    if (!search.costs.has(place)) search.add(place, costOf(place));
  };
  const step = Math.max(1, shades.length / FIRST);
  for (let at = 0; at < shades.length; at += step) take(Math.floor(at));
  while (search.costs.size < most) {
    const best = [...search.costs.values()].sort((one, other) => one - other)[keep - 1] ?? Number.POSITIVE_INFINITY;
    const next = search.promising(Math.min(BATCH, most - search.costs.size)).filter(({ least }) => least < best);
    if (next.length === 0) break;
    for (const { place } of next) take(place);
  }
  return [...search.costs].sort(([one, cost], [other, its]) => cost - its || one - other).map(([place]) => place);
}
