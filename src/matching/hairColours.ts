import { type Lab65, lab65 } from '../colour/lab65.ts';
import { hairColoursTexts } from '../language/texts/hairColours.ts';

export interface HairColour {
  readonly key: string;
  readonly name: string;
  /** Colour of the fibres in bulk, without gloss. */
  readonly fibre: Lab65;
  readonly source: string;
}

const MEASURED = 'tress measured under D65, J. Cosmet. Sci. 51 (2000) 293, tables III and IV';
const ESTIMATED =
  'estimate of this project between the measured dark brown and unpigmented keratin; published class means were not found';

/** Natural hair colours from dark to light, for clients without hair to measure. */
export const HAIR_COLOURS: readonly HairColour[] = [
  { key: 'black', name: hairColoursTexts.black, fibre: lab65(18.4, -0.1, -0.8), source: MEASURED },
  { key: 'darkBrown', name: hairColoursTexts.darkBrown, fibre: lab65(23, 4, 5), source: MEASURED },
  { key: 'mediumBrown', name: hairColoursTexts.mediumBrown, fibre: lab65(29, 6, 10), source: ESTIMATED },
  { key: 'lightBrown', name: hairColoursTexts.lightBrown, fibre: lab65(38, 7, 15), source: ESTIMATED },
  { key: 'red', name: hairColoursTexts.red, fibre: lab65(38, 19, 24), source: ESTIMATED },
  { key: 'darkBlond', name: hairColoursTexts.darkBlond, fibre: lab65(47, 6, 18), source: ESTIMATED },
  { key: 'lightBlond', name: hairColoursTexts.lightBlond, fibre: lab65(60, 5, 21), source: ESTIMATED },
  { key: 'grey', name: hairColoursTexts.grey, fibre: lab65(58, 0.5, 3), source: ESTIMATED },
  { key: 'white', name: hairColoursTexts.white, fibre: lab65(75, -0.5, 9), source: ESTIMATED },
];

/** Black to light blond: the line along which hair without much red or grey lies. */
const MELANIN_LINE = ['black', 'darkBrown', 'mediumBrown', 'lightBrown', 'darkBlond', 'lightBlond'];

/** Fibre colour at 0 (black) to 1 (light blond) along the natural brown line. */
export function brownLineFibre(position: number): Lab65 {
  const line = MELANIN_LINE.map((key) => HAIR_COLOURS.find((colour) => colour.key === key)!.fibre);
  const at = Math.min(1, Math.max(0, position)) * (line.length - 1);
  const index = Math.min(line.length - 2, Math.floor(at));
  const [from, to, part] = [line[index]!, line[index + 1]!, at - index];
  return lab65(
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  );
}

/** Name of the listed colour nearest in lightness and chroma, for sentences. */
export function nearestHairName(fibre: Lab65): string {
  const distance = ({ fibre: other }: HairColour): number =>
    Math.hypot(fibre[0] - other[0], fibre[1] - other[1], fibre[2] - other[2]);
  return HAIR_COLOURS.reduce((best, colour) => (distance(colour) < distance(best) ? colour : best)).name;
}
