import type { MatchResult, Recommendation } from '../app/matchResult.ts';
import { colourIsMeasured, plainReason } from '../app/report/plainReason.ts';
import {
  type Choice,
  decimal,
  detailFacts,
  dropsText,
  flagTitle,
  hexOf,
  mixText,
  ratioText,
} from '../app/report/resultWords.ts';
import { lab65 } from '../colour/lab65.ts';
import { ENGLISH } from '../language/english.ts';
import { CLOSE_DELTA_E00, directionWords, listWords } from '../matching/words.ts';

const LEVEL_WORDS = { ok: ENGLISH.result.good, warn: ENGLISH.result.look, fail: ENGLISH.result.poor } as const;
const CONFIDENCE = {
  high: { word: ENGLISH.result.high, bars: 3 },
  medium: { word: ENGLISH.result.medium, bars: 2 },
  low: { word: ENGLISH.result.low, bars: 1 },
  none: { word: ENGLISH.result.none, bars: 0 },
} as const;
/** Alternatives shown; more would hide the advice below them. */
const MOST_SHOWN = 6;
const MOST_OTHERS = 4;
/** Where another shade's healed colour lies from the shown one's. */
function besideText(shown: Recommendation, other: Recommendation): string {
  const words = directionWords(lab65(...shown.predicted.healed), lab65(...other.predicted.healed));
  return words.length > 0
    ? ENGLISH.records.comparedWith(listWords(words), shown.code)
    : ENGLISH.result.healsLike(shown.code);
}

function shadeView(shade: Recommendation, shown: Recommendation | null = null) {
  const { dilution } = shade;
  return {
    beside: shown ? besideText(shown, shade) : '',
    mix: mixText(shade),
    code: shade.code,
    name: shade.name,
    catalog: shade.catalog.id,
    hex: hexOf(shade.predicted.healed),
    words: shade.words,
    ratio: ratioText(dilution.partsDiluent),
    drops: dropsText(dilution.pigmentDrops, dilution.diluentDrops),
    flagText: shade.flags.map(flagTitle).join(' · '),
    pairLabel: ENGLISH.result.targetBesideThePredictedHealed(shade.code, shade.words),
  };
}

/** What the recipe panel shows for one session. */
function recipeView(result: MatchResult, shade: Recommendation, session: MatchResult['sessions'][number] | undefined) {
  const { dilution } = shade;
  const own = session && session.code === shade.code ? session : null;
  const pigmentDrops = own?.pigmentDrops ?? dilution.pigmentDrops;
  const diluentDrops = own?.diluentDrops ?? dilution.diluentDrops;
  const pigmentMl = (dilution.pigmentMl / dilution.pigmentDrops) * pigmentDrops;
  const diluentMl = dilution.diluentDrops > 0 ? (dilution.diluentMl / dilution.diluentDrops) * diluentDrops : 0;
  const error = Math.abs(dilution.ratioErrorPercent) >= 0.05 && !own ? dilution.ratioErrorPercent : 0;
  return {
    ratio: ratioText(own?.partsDiluent ?? dilution.partsDiluent),
    drops: dropsText(pigmentDrops, diluentDrops),
    volumes:
      ENGLISH.result.pigmentAndDiluent(decimal(pigmentMl, 2), decimal(diluentMl, 2)) +
      (dilution.diluent ? ` (${dilution.diluent})` : '') +
      ENGLISH.result.inAMlCupMakesMl(decimal(dilution.cupMl), decimal(pigmentMl + diluentMl, 2)) +
      (error
        ? (error > 0 ? ENGLISH.result.wholeDropsAreWeaker : ENGLISH.result.wholeDropsAreStronger)(
            decimal(Math.abs(error)),
          )
        : ''),
    note: own ? null : (dilution.note ?? null),
    assumption: ENGLISH.result.assumesMmHealedDotsAtPer(
      decimal(result.assumptions.diameterMm, 2),
      decimal(result.assumptions.densityPerCm2),
    ),
  };
}

function headline(result: MatchResult): { heading: string; lead: string } {
  if (result.outcome === 'refused') {
    return {
      heading: ENGLISH.result.noRecommendation,
      lead: ENGLISH.result.thisPhotoDoesNotShowEnough,
    };
  }
  if (result.outcome === 'noGoodMatch') {
    const nearest = Math.min(...result.recommendations.map((shade) => shade.deltaE00));
    return {
      heading: ENGLISH.result.noGoodMatch,
      lead: ENGLISH.result.nearestOnesAreListed(
        nearest > CLOSE_DELTA_E00 ? ENGLISH.result.noShadeHereGetsCloserThan : ENGLISH.result.noShadeHereCanPass,
      ),
    };
  }
  if (result.outcome === 'tooCloseToCall') {
    return {
      heading: ENGLISH.result.tooCloseToCallFrom,
      lead: ENGLISH.result.theseShadesCannotBeToldApart,
    };
  }
  return { heading: result.recommendations[0]?.name ?? ENGLISH.result.noRecommendation, lead: '' };
}

function healingView(shade: Recommendation) {
  const { fresh, healed, aged } = shade.predicted;
  return {
    code: shade.code,
    text: ENGLISH.result.freshWorkLooksDarkerForAbout,
    stages: [
      { text: ENGLISH.result.justDone, hex: hexOf(fresh) },
      { text: ENGLISH.result.healed, hex: hexOf(healed) },
      { text: ENGLISH.result.yearsLightest(aged.years), hex: hexOf(aged.lightest) },
      { text: ENGLISH.result.yearsDarkest(aged.years), hex: hexOf(aged.darkest) },
    ],
  };
}

function sessionsView(result: MatchResult, current: number, base: string) {
  const session = result.sessions.find((entry) => entry.session === current);
  return {
    sessions: result.sessions.map((entry) => ({
      number: entry.session,
      current: entry.session === current,
      href: `${base}/result?session=${entry.session}`,
    })),
    sessionNote: session
      ? ENGLISH.result.sessionOfTheNaturalDensity(session.session, session.spacingPercent, session.note)
      : '',
  };
}

/** Everything the result page shows, from the result alone: no number is made here, only put into words. */
export function resultModel(result: MatchResult, options: { session: number; choice: Choice | null; base: string }) {
  const { choice, base } = options;
  const suggested = result.recommendations[0] ?? null;
  const chosen =
    choice && result.recommendations.find((r) => r.code === choice.code && r.catalog.id === choice.catalogId);
  const shade = chosen ?? suggested;
  const single = result.outcome !== 'noGoodMatch' && result.outcome !== 'tooCloseToCall';
  const main = shade !== null && result.target !== null && (single || chosen) ? shade : null;
  const { heading, lead } = headline(result);
  const others = result.recommendations.filter((r) => r !== shade).slice(0, MOST_OTHERS);
  const reason = choice?.reason ? ` Reason: ${choice.reason}.` : '';
  const why = [...(result.target ? [result.target.why] : []), ...result.why];
  const measured = colourIsMeasured(result);
  return {
    eyebrow: main ? (chosen && chosen !== suggested ? ENGLISH.result.yourChoice : ENGLISH.result.recommendedShade) : '',
    heading: main?.name ?? heading,
    lead: main ? '' : lead,
    overridden:
      chosen && suggested && chosen !== suggested
        ? { text: ENGLISH.result.youChoseInsteadOfTheSuggested(chosen.code, suggested.code, reason) }
        : null,
    target: result.target ? { hex: hexOf(result.target.lab), why: result.target.why } : null,
    nothing: result.outcome === 'refused',
    nearestOnly: result.outcome === 'noGoodMatch',
    main: main && shadeView(main),
    recipe:
      main &&
      recipeView(
        result,
        main,
        result.sessions.find((entry) => entry.session === options.session),
      ),
    cup: String(shade?.dilution.cupMl ?? ''),
    ...sessionsView(result, options.session, base),
    flags: (main?.flagReasons ?? []).map(({ flag, reason }) => ({ title: flagTitle(flag), reason })),
    confidence: { ...result.confidence, ...CONFIDENCE[result.confidence.level] },
    whyTitle: shade ? ENGLISH.result.why2(shade.code) : ENGLISH.result.whatWasFound,
    why: measured ? why : why.map(plainReason),
    numbers: measured ? [] : why.filter((text) => text !== plainReason(text)),
    alternativesTitle: main ? ENGLISH.result.otherShades : ENGLISH.result.theNearestShades,
    alternatives: main
      ? others.map((other) => shadeView(other, main))
      : result.recommendations.slice(0, MOST_SHOWN).map((other) => shadeView(other)),
    healing: shade && healingView(shade),
    ...qualityView(result.quality, base),
    details: detailFacts(result, shade),
  };
}

/** What is wrong with the photo apart from what is in order, which needs no reading. */
export function qualityView(entries: MatchResult['quality'], base: string) {
  const views = entries.map(({ check, level, message, fix }) => ({
    link: check === 'card' && level !== 'ok' ? { href: `${base}/calibrate`, text: ENGLISH.common.calibrate } : null,
    level,
    message,
    fix: level === 'ok' ? '' : fix,
    levelWord: LEVEL_WORDS[level],
  }));
  const fine = views.filter(({ level }) => level === 'ok');
  return {
    troubles: views.filter(({ level }) => level !== 'ok').sort((a, b) => a.level.localeCompare(b.level)),
    fine,
    fineText: fine.length === 0 ? '' : ENGLISH.result.checksFoundNothingWrong(fine.length),
  };
}
