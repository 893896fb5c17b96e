import type { Pigment } from './pigment.ts';
import { checkPigmentData, type PigmentData, type PigmentReading } from './pigmentData.ts';
import { pigmentFromDrawdown } from './pigmentFromDrawdown.ts';
import { pigmentFromLadder } from './pigmentFromLadder.ts';
import { pigmentFromSwatch } from './pigmentFromSwatch.ts';
import { CARBON_SHAPE } from './pigmentShapes.ts';

/** Stated by the maker: as good as spectra, and corrected by studio calibration like them. */
const KNOWN_SIGMA = 0.25;

const isFilm = ({ ground }: PigmentReading): boolean => ground.kind === 'film';
const onCard = ({ ground }: PigmentReading): boolean => ground.kind !== 'skin';

/**
 * A pigment from the best that is known of it: stated optics, else spectra of drawdowns, else a ladder of colours, else
 * one swatch (COLOUR.md §3.7). The result says which, and how uncertain the strength is.
 * @throws OpticsInputError naming the value that cannot be
 */
export function pigmentFromData(data: PigmentData): Pigment {
  checkPigmentData(data);
  const { known, readings } = data;
  if (known) {
    const shape = known.shape === 'carbon' ? CARBON_SHAPE : known.shape;
    const { neatTau, scatterRatio } = known;
    return { neatTau, shape, scatterRatio, basis: 'spectral', sigmaLogTau: KNOWN_SIGMA };
  }
  const cards = readings.filter(onCard);
  const films = cards.filter(isFilm);
  const spectra = cards.filter(({ spectrum }) => spectrum);
  if (spectra.length >= 2 && spectra.some(isFilm)) return pigmentFromDrawdown(spectra);
  if (films.length > 0 && (cards.length >= 2 || readings.length === 1)) return pigmentFromLadder(cards);
  return pigmentFromSwatch(readings.find((reading) => !onCard(reading)) ?? readings[0]!);
}
