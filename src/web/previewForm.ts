import type { PreviewOptions } from '../app/previewOptions.ts';
import { DENSITIES, LIGHTS, SESSIONS, STAGES, TREATMENTS } from '../preview/previewLooks.ts';
import { writeArea } from '../preview/treatedArea.ts';

const WORDS = {
  stage: { fresh: 'Just done', healed: 'Healed', aged: '3 years' },
  density: { light: 'Light', medium: 'Medium', full: 'Full' },
  session: { 1: 'After session 1', 2: 'After session 2', 3: 'After session 3' },
  light: { d65: 'Daylight', a: 'Warm lamp', led: 'Office LED', office: 'Office tube', bathroom: 'Bathroom tube' },
  treatment: {
    shaved: 'Shaved look',
    hairline: 'Hairline or temples',
    density: 'Density under longer hair',
    scar: 'Scar',
  },
} as const;

const CHOICES = {
  stage: { text: 'Time', values: STAGES },
  density: { text: 'Density', values: DENSITIES },
  session: { text: 'Session', values: SESSIONS },
  light: { text: 'Light', values: LIGHTS },
  treatment: { text: 'Treatment', values: TREATMENTS },
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
