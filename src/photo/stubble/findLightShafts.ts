import { floatsAt } from '../kernels.ts';
import type { LevelledPatch } from './levelSkin.ts';
import { type Fibre, type Response, segmentFibres } from './segmentFibres.ts';

/** A light part is a shaft only when it is this long and this slender. */
const LEAST_LENGTH_PX = 4;
const LEAST_SLENDERNESS = 1.3;
/** Sharpening and skin between two dark shafts look light: such parts lie along dark ones. */
const FLANK_DARKNESS = 0.6;
const FLANK_PX = 2;

/** Share of a part's length along which it is darker than `darkness` close beside it. */
function flankedShare({ ratioY, widthPx, heightPx }: LevelledPatch, fibre: Fibre, darkness: number): number {
  const ratios = floatsAt(ratioY, widthPx * heightPx);
  const steps = Math.max(3, Math.round(fibre.lengthPx / 2));
  const away = fibre.widthPx / 2;
  let flanked = 0;
  for (let k = 0; k < steps; k++) {
    const along = ((k + 0.5) / steps - 0.5) * fibre.lengthPx;
    let darkest = 0;
    for (const side of [-1, 1])
      for (let off = 1; off <= FLANK_PX + 1; off++) {
        const across = side * (away + off);
        const x = Math.round(fibre.x + along * fibre.alongX - across * fibre.alongY);
        const y = Math.round(fibre.y + along * fibre.alongY + across * fibre.alongX);
        if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) continue;
        darkest = Math.max(darkest, 1 - ratios[y * widthPx + x]!);
      }
    if (darkest > darkness) flanked++;
  }
  return flanked / steps;
}

/**
 * Light (white, grey) hairs of a patch: shaft-like parts whose surplus of light reaches `least`, not the halo beside a dark
 * shaft of depth `darkDepth` nor a glint of the skin. `response` is that of dark hairs.
 */
export function findLightShafts(
  patch: LevelledPatch,
  response: Response,
  least: number,
  darkDepth: number,
  shortestPx = LEAST_LENGTH_PX,
): Fibre[] {
  const found = segmentFibres(patch, response, -1, Math.max(least, 4 * 0.5 * patch.noise));
  return found.filter(
    (fibre) =>
      fibre.lengthPx >= shortestPx &&
      fibre.lengthPx >= LEAST_SLENDERNESS * fibre.widthPx &&
      flankedShare(patch, fibre, Math.max(0.1, FLANK_DARKNESS * darkDepth)) < 0.5,
  );
}
