import type { Lab65 } from '../colour/lab65.ts';
import { type Spectrum, WAVELENGTHS_NM } from '../colour/spectrum.ts';
import { pigmentInputTexts } from '../language/texts/opticsInput.ts';
import { OpticsInputError, requireRange } from './opticsInputError.ts';

/** What the pigment was measured on. */
export type PigmentGround =
  /** A drawdown: wet film on a card of known mean reflectance. */
  | { readonly kind: 'film'; readonly thicknessMm: number; readonly substrateReflectance: number }
  /** A layer so thick that nothing below it shows, or nothing is known about the ground. */
  | { readonly kind: 'opaque' }
  /** Healed in skin of this colour, unbroken layer. */
  | { readonly kind: 'skin'; readonly lab: Lab65 };

/** One measured colour of a pigment, adapted to D65/2° by the catalog. */
export interface PigmentReading {
  /** Name of the value in the catalog, for messages: "masstone", "letDowns.2". */
  readonly field: string;
  /** Parts of diluent to one part of pigment as bottled; 0 for the masstone. */
  readonly partsDiluent: number;
  readonly lab: Lab65;
  /** Reflectance 0–1, when the instrument gave it. */
  readonly spectrum?: Spectrum;
  /** Whether the reading holds the surface's mirror reflection (d/8 SCI) or not (d/8 SCE, 45/0, matte photo). */
  readonly gloss: 'included' | 'excluded';
  readonly ground: PigmentGround;
}

/** What a supplier states outright. */
export interface KnownOptics {
  readonly neatTau: number;
  /** 31 values relative to 550 nm, or the built-in carbon. */
  readonly shape: 'carbon' | Spectrum;
  readonly scatterRatio: number;
}

/** Everything a catalog knows about a pigment's colour; the best of it is used. */
export interface PigmentData {
  readonly known?: KnownOptics;
  readonly readings: readonly PigmentReading[];
}

/** Thinning may read this much darker before the ladder is refused: twice the repeatability of drawdowns. */
const LADDER_TOLERANCE_L = 1;
/** Only on light grounds does thinning have to lighten. */
const LIGHT_GROUND = 0.5;

function checkReading({ field, partsDiluent, lab, spectrum, ground }: PigmentReading): void {
  requireRange(`${field}.partsDiluent`, partsDiluent, 0, 1e6);
  requireRange(`${field}.lab`, lab[0], 0, 101);
  requireRange(`${field}.lab`, lab[1], -128, 128);
  requireRange(`${field}.lab`, lab[2], -128, 128);
  if (spectrum) {
    if (spectrum.length !== WAVELENGTHS_NM.length) {
      throw new OpticsInputError(
        `${field}.spectrum`,
        pigmentInputTexts.expectedSpectrum(WAVELENGTHS_NM.length, field, spectrum.length),
      );
    }
    for (const value of spectrum) requireRange(`${field}.spectrum`, value, 0, 1.2);
  }
  if (ground.kind === 'film') {
    requireRange(`${field}.thicknessMm`, ground.thicknessMm, 0.001, 5);
    requireRange(`${field}.substrateReflectance`, ground.substrateReflectance, 0, 1);
  }
}

const alike = (one: PigmentReading, other: PigmentReading): boolean =>
  one.ground.kind === 'film' &&
  other.ground.kind === 'film' &&
  one.gloss === other.gloss &&
  one.ground.thicknessMm === other.ground.thicknessMm &&
  one.ground.substrateReflectance === other.ground.substrateReflectance &&
  one.ground.substrateReflectance > LIGHT_GROUND;

function checkLadder(readings: readonly PigmentReading[]): void {
  const ladder = [...readings].sort((one, other) => one.partsDiluent - other.partsDiluent);
  for (let i = 1; i < ladder.length; i++) {
    const stronger = ladder[i - 1]!;
    const weaker = ladder[i]!;
    if (!alike(stronger, weaker) || weaker.lab[0] >= stronger.lab[0] - LADDER_TOLERANCE_L) continue;
    throw new OpticsInputError(
      weaker.field,
      pigmentInputTexts.expectedLighterColour(
        weaker.field,
        weaker.partsDiluent,
        stronger.field,
        weaker.lab[0].toFixed(1),
        stronger.lab[0].toFixed(1),
      ),
    );
  }
}

/** @throws OpticsInputError naming the first value that no pigment can have */
export function checkPigmentData({ known, readings }: PigmentData): void {
  if (known) {
    requireRange('optics.neatTau', known.neatTau, 1e-4, 200);
    requireRange('optics.scatterRatio', known.scatterRatio, 0, 100);
    if (known.shape !== 'carbon') {
      if (known.shape.length !== WAVELENGTHS_NM.length) {
        throw new OpticsInputError(
          'optics.shape',
          pigmentInputTexts.expectedShape(WAVELENGTHS_NM.length, known.shape.length),
        );
      }
      for (const value of known.shape) requireRange('optics.shape', value, 0, 1e3);
    }
  }
  if (!known && readings.length === 0) {
    throw new OpticsInputError('masstone', pigmentInputTexts.expectedColour);
  }
  readings.forEach(checkReading);
  checkLadder(readings);
}
