import { doublesAt, floatsAt, giveBack, kernels, markRoom, takeRoom } from '../kernels.ts';
import type { LevelledPatch } from './levelSkin.ts';
import type { Response } from './segmentFibres.ts';
import type { ShaftCuts } from './shaftCuts.ts';

/** Unit vectors (x, y) of the directions that a shaft may have. */
const DIRECTIONS = Float64Array.from({ length: 16 }, (_, k) => {
  const angle = ((k >> 1) * Math.PI) / 8;
  return k % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
});
/** What the kernel needs for its compass and a cut. */
const ROOM_BYTES = 20_480;
/** Numbers of a cut. */
const CUT = 5;

/** Adds the cuts across the dark shafts of a patch wherever their middle line shows a response of at least `least`. */
export function traceShafts(patch: LevelledPatch, response: Response, least: number, cuts: ShaftCuts): void {
  const { widthPx, heightPx, ratioY, rgb, levels, gain } = patch;
  const mark = markRoom();
  const directions = takeRoom(DIRECTIONS.byteLength);
  const room = takeRoom(ROOM_BYTES);
  // The kernel searches every third row.
  const found = takeRoom(4 * CUT * widthPx * Math.ceil(heightPx / 3));
  doublesAt(directions, DIRECTIONS.length).set(DIRECTIONS);
  const count = kernels.traceShafts(
    ...([response.values, least, ratioY, rgb, widthPx, heightPx, levels, gain] as const),
    ...([directions, room, found] as const),
  );
  giveBack(mark);
  cuts.add(floatsAt(found, CUT * count));
}
