import type { PreviewOptions } from '../app/previewOptions.ts';
import { ENGLISH } from '../language/english.ts';
import { DENSITIES, LIGHTS, SESSIONS, STAGES, TREATMENTS } from '../preview/previewLooks.ts';
import { writeArea } from '../preview/treatedArea.ts';

const WORDS = {
  stage: { fresh: ENGLISH.preview.justDone, healed: ENGLISH.preview.healed, aged: ENGLISH.preview.threeYears },
  density: { light: ENGLISH.preview.light, medium: ENGLISH.preview.medium, full: ENGLISH.preview.full },
  session: { 1: ENGLISH.preview.afterSession1, 2: ENGLISH.preview.afterSession2, 3: ENGLISH.preview.afterSession3 },
  light: {
    d65: ENGLISH.preview.daylight,
    a: ENGLISH.preview.warmLamp,
    led: ENGLISH.preview.officeLed,
    office: ENGLISH.preview.officeTube,
    bathroom: ENGLISH.preview.bathroomTube,
  },
  treatment: {
    shaved: ENGLISH.preview.shavedLook,
    hairline: ENGLISH.preview.hairlineOrTemples,
    density: ENGLISH.preview.densityUnderLongerHair,
    scar: ENGLISH.preview.scar,
  },
} as const;

/** The ends of a range. */
export const END_NAMES = {
  lightest: ENGLISH.preview.lightestLikely,
  darkest: ENGLISH.preview.darkestLikely,
} as const;

const CHOICES = {
  stage: { text: ENGLISH.preview.time, values: STAGES },
  density: { text: ENGLISH.preview.density, values: DENSITIES },
  session: { text: ENGLISH.common.session, values: SESSIONS },
  light: { text: ENGLISH.preview.light, values: LIGHTS },
  treatment: { text: ENGLISH.preview.treatment, values: TREATMENTS },
} as const;

/** The studio's choices with their words, and which one is taken. */
export function chooseFields(options: PreviewOptions) {
  return (Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((name) => ({
    name,
    text: CHOICES[name].text,
    options: CHOICES[name].values.map((value) => ({
      value: String(value),
      text: (WORDS[name] as Record<string, string>)[value],
      chosen: options[name] === value,
    })),
  }));
}

/** The look as a query: everything but the shade, which a link may name itself. */
export function lookText({ stage, density, session, light, treatment, mask, seed, mirror }: PreviewOptions): string {
  return new URLSearchParams({
    ...{ stage, density, session: String(session), light, treatment },
    ...{ mask: writeArea(mask), seed: String(seed), mirror: mirror ? '1' : '0' },
  }).toString();
}
