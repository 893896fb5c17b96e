import { formatHex } from 'culori/fn';
import { lab65 } from '../../colour/lab65.ts';
import { linearToSrgb } from '../../colour/srgb.ts';
import { lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import type { MatchResult, Recommendation } from '../matchResult.ts';

/** A person's choice instead of the suggestion. */
export interface Choice {
  readonly catalogId: string;
  readonly code: string;
  readonly reason: string | null;
}

const FLAG_TITLES: Record<string, string> = {
  blueRisk: 'Risk of turning blue',
  expiredLot: 'Expired lot',
  noLot: 'No lot recorded',
  discontinued: 'Discontinued',
  notDilutable: 'Cannot be thinned',
  beyondRange: 'Outside the shade’s range',
  missingRegulatory: 'Label data missing',
  beyondVisibility: 'Beyond the limit of visibility',
  undertoneHidden: 'Undertone not certain',
  metamerism: 'May differ in other light',
  edgeOfRange: 'At the edge of the shade’s range',
  needsMoreDensity: 'Needs more density',
  existingWork: 'Earlier work in the photo',
  learnedCorrection: 'Adjusted by your healed results',
};

export const flagTitle = (flag: string): string => FLAG_TITLES[flag] ?? flag;

/** sRGB of a colour for a screen or a printer, "#rrggbb". */
export function hexOf([L, a, b]: readonly [number, number, number]): string {
  const [r, g, blue] = lab65ToLinearSrgb(lab65(L, a, b)).map(linearToSrgb) as [number, number, number];
  return formatHex({ mode: 'rgb', r, g, b: blue });
}

export const decimal = (value: number, digits = 1): string => value.toFixed(digits).replace(/\.0+$/, '');
export const labText = (lab: readonly number[] | null): string =>
  lab ? lab.map((value) => value.toFixed(1)).join(' / ') : 'not measured';
export const ratioText = (parts: number): string => (parts === 0 ? 'as bottled' : `${decimal(parts)} : 1`);
export const percentText = (share: number): string => `${Math.round(100 * share)} %`;

export function dropsText(pigment: number, diluent: number): string {
  const drops = (count: number) => `${count} drop${count === 1 ? '' : 's'}`;
  return diluent === 0 ? `${drops(pigment)} of pigment, no diluent` : `${pigment} pigment : ${diluent} diluent`;
}

/** The second bottle of a mix; empty for a single shade. */
export function mixText({ mixWith }: Recommendation): string {
  if (!mixWith) return '';
  return `Mixed with ${mixWith.drops} drop${mixWith.drops === 1 ? '' : 's'} of ${mixWith.code} (${mixWith.name})`;
}

/** What was measured, assumed and looked up, as name and value. */
export function detailFacts(result: MatchResult, shade: Recommendation | null): { name: string; value: string }[] {
  const { skin, hair, target, calibration, input, assumptions } = result;
  const facts: [string, string][] = [
    ['Skin L* a* b*', skin ? `${labText(skin.lab)} ± ${labText(skin.sd)}` : 'not measured'],
    ['Skin ITA', skin ? `${decimal(skin.itaDeg)}° (${skin.itaClass})` : 'not measured'],
    ['Hair L* a* b*', hair.lab ? `${labText(hair.lab)} ± ${labText(hair.sd)} (${hair.kind})` : hair.kind],
    ['Target L* a* b*', labText(target?.lab ?? null)],
    ['Predicted healed', shade ? labText(shade.predicted.healed) : 'none'],
    ['ΔE00 to target', shade ? decimal(shade.deltaE00, 2) : 'none'],
    ...probabilityFacts(shade),
    [
      'Colour reference',
      calibration.card
        ? `card, ΔE00 ${decimal(calibration.card.deltaE00Before)} before, ${decimal(calibration.card.deltaE00After)} after`
        : calibration.method,
    ],
    ['Expected error of the photo', `ΔE00 ${decimal(calibration.expectedDeltaE00)}`],
    [
      'Assumed in the skin',
      `${decimal(assumptions.diameterMm, 2)} mm healed dots, ${decimal(assumptions.densityPerCm2)} per cm², ${percentText(assumptions.healedFraction)} of the pigment kept`,
    ],
    [
      'Prediction from',
      shade
        ? { spectral: 'measured spectra', ladder: 'a measured dilution ladder', swatch: 'a single swatch' }[shade.basis]
        : 'none',
    ],
    ['Catalog', shade ? `${shade.catalog.id}, version ${shade.catalog.version}` : 'none'],
    ['Photo', `${input.widthPx} × ${input.heightPx} ${input.format}, profile ${input.profile}`],
    ['Photo hash', input.sha256],
    ['Engine', `${result.engine}, lots as of ${result.asOf}`],
  ];
  return facts.map(([name, value]) => ({ name, value }));
}

function probabilityFacts(shade: Recommendation | null): [string, string][] {
  const { probability, probabilityTopThree } = shade ?? {};
  if (probability === undefined || probabilityTopThree === undefined) return [];
  return [
    [
      'Chance to be the best shade',
      `${percentText(probability)}; among the best three ${percentText(probabilityTopThree)}, of all shades searched`,
    ],
  ];
}
