import { type Address, giveBack, integersAt, kernels, markRoom, takeRoom } from '../kernels.ts';

/** How many numbers lie in each of `count` bins, `steps` for each 1 from `start` on; before and after, those beyond. */
export function histogram(values: Address, numbers: number, start: number, steps: number, count: number): Int32Array {
  const mark = markRoom();
  const bins = takeRoom(4 * (count + 2));
  const counted = integersAt(bins, count + 2).fill(0);
  kernels.countNumbers(values, numbers, start, steps, count, bins);
  giveBack(mark);
  return counted.slice();
}
