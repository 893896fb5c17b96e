import { reportTexts } from '../../language/texts/report.ts';
import type { MatchResult, Recommendation } from '../matchResult.ts';
import { colourIsMeasured, plainReason } from './plainReason.ts';
import {
  type Choice,
  decimal,
  detailFacts,
  dropsText,
  flagTitle,
  hexOf,
  labText,
  mixText,
  ratioText,
} from './resultWords.ts';

export interface ReportSwatch {
  readonly name: string;
  readonly hex: string;
  readonly lab: string;
}

export interface ReportShade {
  readonly code: string;
  readonly name: string;
  readonly words: string;
  readonly recipe: readonly string[];
}

/** The technician's report as plain text and colours: one model for page, file and PDF. */
export interface ReportModel {
  readonly title: string;
  readonly outcome: string;
  readonly swatches: readonly ReportSwatch[];
  readonly shade: ReportShade | null;
  /** Session, shade, ratio, drops, density. */
  readonly sessions: readonly (readonly string[])[];
  /** What to look for before the next session. */
  readonly sessionNotes: readonly string[];
  readonly confidence: string;
  readonly reasons: readonly string[];
  readonly flags: readonly { readonly title: string; readonly reason: string }[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly disclaimer: string;
  /** ISO date the report speaks for. */
  readonly asOf: string;
}

export const SESSION_HEADINGS = [
  reportTexts.session,
  reportTexts.shade,
  reportTexts.ratio,
  reportTexts.drops,
  reportTexts.density,
] as const;

const OUTCOMES: Record<MatchResult['outcome'], string> = {
  match: reportTexts.recommendedShade,
  tooCloseToCall: reportTexts.tooCloseToCall,
  noGoodMatch: reportTexts.noGoodMatch,
  refused: reportTexts.noRecommendation,
};
/** One page holds no more. */
const MOST_REASONS = 6;
const DISCLAIMER = reportTexts.notAPromise;

function recipeLines(shade: Recommendation, result: MatchResult): string[] {
  const { dilution } = shade;
  const { densityPerCm2, diameterMm } = result.assumptions;
  const diluent = dilution.diluent ? ` (${dilution.diluent})` : '';
  return [
    `${ratioText(dilution.partsDiluent)}, ${dropsText(dilution.pigmentDrops, dilution.diluentDrops)}`,
    reportTexts.pigmentAndDiluentMl(
      decimal(dilution.pigmentMl, 2),
      decimal(dilution.diluentMl, 2),
      diluent,
      decimal(dilution.cupMl),
    ),
    mixText(shade),
    dilution.note ?? '',
    reportTexts.forMmHealedDots(decimal(diameterMm, 2), decimal(densityPerCm2)),
  ].filter((line) => line !== '');
}

/**
 * The report of a result. With a choice it is about the chosen shade and names the suggested one.
 * @param choice what the technician chose instead of the suggestion
 */
export function reportModel(result: MatchResult, choice: Choice | null = null): ReportModel {
  const suggested = result.recommendations[0] ?? null;
  const chosen =
    choice &&
    result.recommendations.find(({ code, catalog }) => code === choice.code && catalog.id === choice.catalogId);
  const shade = chosen ?? suggested;
  const swatch = (name: string, lab: [number, number, number] | null | undefined): ReportSwatch[] =>
    lab ? [{ name, hex: hexOf(lab), lab: labText(lab) }] : [];
  const reasons = [...(result.target ? [result.target.why] : []), ...result.why].slice(0, MOST_REASONS);
  const because = choice?.reason ? ` because: ${choice.reason}` : '';
  const { level, reasons: doubts, next } = result.confidence;
  return {
    title: reportTexts.matchReport,
    outcome:
      chosen && suggested && chosen !== suggested
        ? reportTexts.chosenInstead(suggested.code, because)
        : OUTCOMES[result.outcome],
    swatches: [
      ...swatch(reportTexts.skin, result.skin?.lab),
      ...swatch(reportTexts.hair, result.hair.lab),
      ...swatch(reportTexts.target, result.target?.lab),
      ...swatch(reportTexts.predictedHealed, shade?.predicted.healed),
      ...swatch(reportTexts.justDone, shade?.predicted.fresh),
    ],
    shade: shade && { code: shade.code, name: shade.name, words: shade.words, recipe: recipeLines(shade, result) },
    sessions:
      shade === suggested
        ? result.sessions.map((step) => [
            String(step.session),
            step.code,
            ratioText(step.partsDiluent),
            dropsText(step.pigmentDrops, step.diluentDrops),
            `${step.spacingPercent} %`,
          ])
        : [],
    sessionNotes:
      shade === suggested ? result.sessions.map(({ session, note }) => reportTexts.sessionNote(session, note)) : [],
    confidence: reportTexts.toBeSurer(`${level[0]!.toUpperCase()}${level.slice(1)}`, doubts.join(' '), next),
    reasons: colourIsMeasured(result) ? reasons : reasons.map(plainReason),
    flags: (shade?.flagReasons ?? []).map(({ flag, reason }) => ({ title: flagTitle(flag), reason })),
    facts: detailFacts(result, shade),
    disclaimer: DISCLAIMER,
    asOf: result.asOf,
  };
}
