import type { Illuminant } from '../colour/integrateSpectrum.ts';
import { previewWordsTexts } from '../language/texts/previewWords.ts';
import { agedApplication } from '../optics/ageing.ts';
import type { Application } from '../optics/pigment.ts';
import { DEFAULT_APPLICATION } from '../optics/pigmentDose.ts';

/** What a preview can be asked for; the names are those of address, command line and page. */
export const STAGES = ['fresh', 'healed', 'aged'] as const;
export const DENSITIES = ['light', 'medium', 'full'] as const;
export const LIGHTS = ['d65', 'a', 'led', 'office', 'bathroom'] as const;
export const TREATMENTS = ['shaved', 'hairline', 'density', 'scar'] as const;
export const SESSIONS = [1, 2, 3] as const;
export type Stage = (typeof STAGES)[number];
export type Density = (typeof DENSITIES)[number];
export type Light = (typeof LIGHTS)[number];
export type Treatment = (typeof TREATMENTS)[number];
export type Session = (typeof SESSIONS)[number];

/** The technician's hand: what `medium` after the third session means. */
export interface Hand {
  readonly densityPerCm2: number;
  /** Of healed dots. */
  readonly diameterMm: number;
}

/** Dots over the technician's own number; medium is what the recommendation was worked out for. */
export const DENSITY_FACTOR: Readonly<Record<Density, number>> = { light: 0.7, medium: 1, full: 1.4 };
/** Share of the final dots after each session: 30, 70, 100 % of the natural spacing (DOMAIN.md §3). */
export const SESSION_SHARE: Readonly<Record<Session, number>> = { 1: 0.3, 2: 0.7, 3: 1 };

/** Spectra of the lights. */
export const LIGHT_SPECTRUM: Readonly<Record<Light, Illuminant>> = {
  d65: 'D65',
  a: 'A',
  led: 'LED-B3',
  office: 'FL11',
  bathroom: 'FL2',
};

const LIGHT_NAME: Readonly<Record<Light, string>> = {
  d65: previewWordsTexts.daylight,
  a: previewWordsTexts.warmLamp,
  led: previewWordsTexts.officeLedLight,
  office: previewWordsTexts.officeTube,
  bathroom: previewWordsTexts.coolwhiteBathroomTube,
};

/** How far a picture in this light can be trusted, for people. */
export function lightSentence(light: Light): string {
  if (light === 'd65') return previewWordsTexts.shownInPhotosLight;
  const lamp = light === 'bathroom' ? previewWordsTexts.bathroomLampsDifferWidely : '';
  return previewWordsTexts.shownInLight(LIGHT_NAME[light], lamp);
}

/**
 * Fresh dots are larger than healed ones, partly crust: published .25 mm fresh against .10–.15 healed (DOMAIN.md §3) are
 * extremes; fresh work is said to look 30–50 % darker. The pigment that healing will take is spread over that disc.
 */
const FRESH_WIDENING = 1.15;
const FRESH_PIGMENT = 0.9;
/** Scar tissue takes up pigment unevenly; assumed, no measurement was found. */
const SCAR_LEAST = 0.45;
const SCAR_MOST = 1.05;

/** One picture to draw. */
export interface Look {
  /** What sets it apart from its partner; null where there is only one picture. */
  readonly name: 'lightest' | 'darkest' | null;
  readonly application: Application;
  /** Redness round fresh dots, 0–1. */
  readonly redness: number;
  /** How much uptake varies from place to place, 0–1. */
  readonly patchiness: number;
}

/** Which pictures a stage has: a single one, or the ends of a range where nobody can tell how much will be left. */
export function endsOf(stage: Stage, treatment: Treatment): readonly Look['name'][] {
  return stage === 'aged' || (treatment === 'scar' && stage === 'healed') ? ['lightest', 'darkest'] : [null];
}

/** The pictures of a stage: one, or the lightest and the darkest that are plausible. */
export function looksOf(stage: Stage, treatment: Treatment, partsDiluent: number, hand: Hand): readonly Look[] {
  const scar = treatment === 'scar';
  const healed: Application = { ...DEFAULT_APPLICATION, ...hand, partsDiluent };
  const base = { redness: 0, patchiness: scar ? 0.5 : 0 };
  const kept = (application: Application, share: number): Application => ({
    ...application,
    healedFraction: Math.min(1, application.healedFraction * share),
  });
  if (stage === 'fresh') {
    const application = {
      ...healed,
      healedFraction: FRESH_PIGMENT,
      diameterMm: hand.diameterMm * FRESH_WIDENING,
    };
    return [{ ...base, name: null, application, redness: 1 }];
  }
  return endsOf(stage, treatment).map((name) => {
    const application = stage === 'aged' && name ? agedApplication(healed, name) : healed;
    const uptake = name === 'lightest' ? SCAR_LEAST : SCAR_MOST;
    return { ...base, name, application: scar ? kept(application, uptake) : application };
  });
}

/** What has to be said with a treatment's preview; null where nothing has. */
export function treatmentSentence(treatment: Treatment): string | null {
  if (treatment === 'scar') {
    return previewWordsTexts.scarsTakePigmentUnevenly;
  }
  if (treatment === 'density') return previewWordsTexts.dotsBetweenHairs;
  return null;
}
