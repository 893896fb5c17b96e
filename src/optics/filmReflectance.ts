import type { PigmentGround } from './pigmentData.ts';

/**
 * A drawdown: Kubelka–Munk film (Kubelka, J. Opt. Soc. Am. 38, 448, 1948) under a surface of index 1.5 (Saunderson,
 * J. Opt. Soc. Am. 32, 727, 1942). Outside skin a diffusing film on a card is what that theory was made for.
 */
const OUTER_REFLECTION = 0.04;
const INNER_REFLECTION = 0.6;
const PASSED = (1 - OUTER_REFLECTION) * (1 - INNER_REFLECTION);

/** K = 2 μa and S = ¾ μs' for diffuse light. */
const K_PER_ABSORPTION = 2;
const S_PER_SCATTERING = 0.75;

/** A layer without visible ground is this many films thick. */
const OPAQUE_FILMS = 200;

/**
 * Wet film whose pigment per area is that of one fresh dot: ink filling about a tenth of the .25 mm pigment layer.
 * The least known link between a card and a scalp, and what studio calibration corrects.
 */
export const DOT_EQUIVALENT_FILM_MM = 0.024;

/** Reflectance below the surface of what an instrument reads with the gloss excluded. */
function toInside(reflectance: number): number {
  return reflectance / (PASSED + INNER_REFLECTION * reflectance);
}

/** Film thickness relative to a dot's pigment, and the ground below the surface. */
export interface FilmGround {
  readonly films: number;
  readonly inside: number;
  readonly gloss: number;
}

export function filmGround(ground: PigmentGround, gloss: 'included' | 'excluded'): FilmGround {
  const surface = gloss === 'included' ? OUTER_REFLECTION : 0;
  if (ground.kind !== 'film') return { films: OPAQUE_FILMS, inside: 0, gloss: surface };
  const reflectance = Math.max(0, ground.substrateReflectance - surface);
  return { films: ground.thicknessMm / DOT_EQUIVALENT_FILM_MM, inside: toInside(reflectance), gloss: surface };
}

/**
 * Reflectance of a film at one wavelength.
 * @param absorption optical depth μa·d of the film's pigment, single pass
 * @param scattering optical depth μs'·d
 */
export function filmReflectance(absorption: number, scattering: number, { inside, gloss }: FilmGround): number {
  const K = K_PER_ABSORPTION * absorption;
  const S = S_PER_SCATTERING * scattering;
  const depth = Math.max(Math.sqrt(K * (K + 2 * S)), 1e-7);
  const passed = Math.exp(-depth);
  const twice = passed * passed;
  const denominator = (K + S) * (1 - twice) + depth * (1 + twice);
  const film = (S * (1 - twice)) / denominator;
  const through = (2 * depth * passed) / denominator;
  const total = film + (through * through * inside) / (1 - film * inside);
  return gloss + (PASSED * total) / (1 - INNER_REFLECTION * total);
}
