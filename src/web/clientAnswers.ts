import { type MatchOptions, matchOptionsSchema } from '../app/matchOptions.ts';
import { ENGLISH } from '../language/english.ts';
import { HAIR_COLOURS } from '../matching/hairColours.ts';
import { HAIR_FROM, type HairFrom } from '../matching/target.ts';

const FROM_TEXTS: Readonly<Record<HairFrom, string>> = {
  scalp: ENGLISH.photo.hairOrStubbleOfTheScalp,
  eyebrow: ENGLISH.photo.anEyebrow,
  beard: ENGLISH.photo.theBeard,
  smp: ENGLISH.photo.earlierSmpToBeMatched,
};
const SKIN_TYPES = [
  ENGLISH.photo.alwaysBurnsNeverTans,
  ENGLISH.photo.burnsEasilyTansLittle,
  ENGLISH.photo.burnsSometimesTans,
  ENGLISH.photo.burnsLittleTansWell,
  ENGLISH.photo.hardlyBurnsBrown,
  ENGLISH.photo.neverBurnsDark,
] as const;
const ANSWERS = matchOptionsSchema.pick({ hairFrom: true, hairColour: true, fitzpatrick: true });

type Answers = Pick<MatchOptions, 'hairFrom' | 'hairColour' | 'fitzpatrick'>;

/** What a photo cannot tell and a person can: what its hair area shows, the hair colour of the bald, the skin type. */
export function clientView({ hairFrom, hairColour, fitzpatrick }: Answers) {
  return {
    hairFrom: HAIR_FROM.map((value) => ({ value, text: FROM_TEXTS[value], chosen: value === hairFrom })),
    hairColour: [
      { value: '', text: ENGLISH.photo.measuredInThePhoto, chosen: hairColour === undefined },
      ...HAIR_COLOURS.map(({ key, name }) => ({ value: key, text: name, chosen: key === hairColour })),
    ],
    skinType: [
      { value: '', text: ENGLISH.photo.notAsked, chosen: fitzpatrick === undefined },
      ...SKIN_TYPES.map((text, at) => ({
        value: String(at + 1),
        text: `${at + 1}: ${text}`,
        chosen: at + 1 === fitzpatrick,
      })),
    ],
  };
}

/** The answers of a form; what is missing or unknown counts as not answered. */
export function readClient(body: unknown): Partial<Answers> {
  const fields = body as Record<string, unknown>;
  const given = Object.fromEntries(
    ['hairFrom', 'hairColour', 'fitzpatrick'].flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])),
  );
  const read = ANSWERS.safeParse(given);
  return read.success ? read.data : {};
}
