import { formatHex } from 'culori/fn';
import { lab65 } from '../../colour/lab65.ts';
import { linearToSrgb } from '../../colour/srgb.ts';
import { lab65ToLinearSrgb } from '../../colour/xyzLab.ts';
import { resultWordsTexts } from '../../language/texts/resultWords.ts';
import type { MatchResult, Recommendation } from '../matchResult.ts';

/** A person's choice instead of the suggestion. */
export interface Choice {
  readonly catalogId: string;
  readonly code: string;
  readonly reason: string | null;
}

const FLAG_TITLES: Record<string, string> = {
  blueRisk: resultWordsTexts.riskOfTurningBlue,
  expiredLot: resultWordsTexts.expiredLot,
  noLot: resultWordsTexts.noLotRecorded,
  discontinued: resultWordsTexts.discontinued,
  notDilutable: resultWordsTexts.cannotBeThinned,
  beyondRange: resultWordsTexts.outsideTheShadesRange,
  missingRegulatory: resultWordsTexts.labelDataMissing,
  beyondVisibility: resultWordsTexts.beyondTheLimitOfVisibility,
  undertoneHidden: resultWordsTexts.undertoneNotCertain,
  metamerism: resultWordsTexts.mayDifferInOtherLight,
  edgeOfRange: resultWordsTexts.atTheEdgeOfTheShades,
  needsMoreDensity: resultWordsTexts.needsMoreDensity,
  existingWork: resultWordsTexts.earlierWorkInThePhoto,
  learnedCorrection: resultWordsTexts.adjustedByYourHealedResults,
};

export const flagTitle = (flag: string): string => FLAG_TITLES[flag] ?? flag;

/** sRGB of a colour for a screen or a printer, "#rrggbb". */
export function hexOf([L, a, b]: readonly [number, number, number]): string {
  const [r, g, blue] = lab65ToLinearSrgb(lab65(L, a, b)).map(linearToSrgb) as [number, number, number];
  return formatHex({ mode: 'rgb', r, g, b: blue });
}

export const decimal = (value: number, digits = 1): string => value.toFixed(digits).replace(/\.0+$/, '');
export const labText = (lab: readonly number[] | null): string =>
  lab ? lab.map((value) => value.toFixed(1)).join(' / ') : resultWordsTexts.notMeasured;
export const ratioText = (parts: number): string =>
  parts === 0 ? resultWordsTexts.asBottled : `${decimal(parts)} : 1`;
export const percentText = (share: number): string => `${Math.round(100 * share)} %`;

export function dropsText(pigment: number, diluent: number): string {
  const drops = (count: number) => resultWordsTexts.dropsOf(count);
  return diluent === 0
    ? resultWordsTexts.ofPigmentNoDiluent(drops(pigment))
    : resultWordsTexts.pigmentDiluent(pigment, diluent);
}

/** The second bottle of a mix; empty for a single shade. */
export function mixText({ mixWith }: Recommendation): string {
  if (!mixWith) return '';
  return resultWordsTexts.mixedWithDrop(mixWith.drops, mixWith.code, mixWith.name);
}

/** What was measured, assumed and looked up, as name and value. */
export function detailFacts(result: MatchResult, shade: Recommendation | null): { name: string; value: string }[] {
  const { skin, hair, target, calibration, input, assumptions } = result;
  const facts: [string, string][] = [
    [resultWordsTexts.skinLab, skin ? `${labText(skin.lab)} ± ${labText(skin.sd)}` : resultWordsTexts.notMeasured],
    [resultWordsTexts.skinIta, skin ? `${decimal(skin.itaDeg)}° (${skin.itaClass})` : resultWordsTexts.notMeasured],
    [resultWordsTexts.hairLab, hair.lab ? `${labText(hair.lab)} ± ${labText(hair.sd)} (${hair.kind})` : hair.kind],
    [resultWordsTexts.targetLab, labText(target?.lab ?? null)],
    [resultWordsTexts.predictedHealed, shade ? labText(shade.predicted.healed) : resultWordsTexts.none],
    [resultWordsTexts.deltaToTarget, shade ? decimal(shade.deltaE00, 2) : resultWordsTexts.none],
    ...probabilityFacts(shade),
    [
      resultWordsTexts.colourReference,
      calibration.card
        ? resultWordsTexts.cardBeforeAndAfter(
            decimal(calibration.card.deltaE00Before),
            decimal(calibration.card.deltaE00After),
          )
        : calibration.method,
    ],
    [resultWordsTexts.expectedErrorOfThePhoto, `ΔE00 ${decimal(calibration.expectedDeltaE00)}`],
    [
      resultWordsTexts.assumedInTheSkin,
      resultWordsTexts.assumedDots(
        decimal(assumptions.diameterMm, 2),
        decimal(assumptions.densityPerCm2),
        percentText(assumptions.healedFraction),
      ),
    ],
    [
      resultWordsTexts.predictionFrom,
      shade
        ? {
            spectral: resultWordsTexts.measuredSpectra,
            ladder: resultWordsTexts.measuredDilutionLadder,
            swatch: resultWordsTexts.singleSwatch,
          }[shade.basis]
        : resultWordsTexts.none,
    ],
    [
      resultWordsTexts.catalog,
      shade ? resultWordsTexts.catalogVersion(shade.catalog.id, shade.catalog.version) : resultWordsTexts.none,
    ],
    [resultWordsTexts.photo, resultWordsTexts.photoFile(input.widthPx, input.heightPx, input.format, input.profile)],
    [resultWordsTexts.photoHash, input.sha256],
    [resultWordsTexts.engine, resultWordsTexts.lotsAsOf(result.engine, result.asOf)],
  ];
  return facts.map(([name, value]) => ({ name, value }));
}

function probabilityFacts(shade: Recommendation | null): [string, string][] {
  const { probability, probabilityTopThree } = shade ?? {};
  if (probability === undefined || probabilityTopThree === undefined) return [];
  return [
    [
      resultWordsTexts.chanceToBeTheBestShade,
      resultWordsTexts.amongTheBestThree(percentText(probability), percentText(probabilityTopThree)),
    ],
  ];
}
