import { spectrumToLab65 } from '../colour/integrateSpectrum.ts';
import { filmGround, filmReflectance } from './filmReflectance.ts';
import type { Pigment } from './pigment.ts';
import type { PigmentReading } from './pigmentData.ts';
import { fitPowderMix, pigmentOfMix } from './powderMix.ts';

/** Lab says less than a spectrum: the strength of a ladder is good to 40 %. */
const LADDER_SIGMA = 0.4;
/** One film hides whether it is strong or thick: a factor of two either way. */
const SINGLE_SIGMA = Math.LN2;

/**
 * A pigment from the colours of masstone and let-downs on card: the mix of known colourants that gives them all.
 * @param readings films or opaque layers; at least one film thin enough to see the card through tells the strength
 */
export function pigmentFromLadder(readings: readonly PigmentReading[]): Pigment {
  const films = readings.map(({ ground, gloss, partsDiluent, lab }) => {
    const film = filmGround(ground, gloss);
    return { ground: film, strength: film.films / (1 + partsDiluent), lab };
  });
  const { point } = fitPowderMix(({ absorption, scattering }) =>
    films.flatMap(({ ground, strength, lab }) => {
      const reflectance = absorption.map((depth, i) =>
        filmReflectance(depth * strength, scattering[i]! * strength, ground),
      );
      return spectrumToLab65(reflectance).map((value, i) => value - lab[i]!);
    }),
  );
  const ladder = readings.length > 1;
  return pigmentOfMix(point, ladder ? 'ladder' : 'swatch', ladder ? LADDER_SIGMA : SINGLE_SIGMA);
}
