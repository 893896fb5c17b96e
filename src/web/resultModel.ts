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
import { CLOSE_DELTA_E00, directionWords, listWords } from '../matching/words.ts';

const LEVEL_WORDS = { ok: 'Good', warn: 'Look', fail: 'Poor' } as const;
const CONFIDENCE = {
  high: { word: 'High', bars: 3 },
  medium: { word: 'Medium', bars: 2 },
  low: { word: 'Low', bars: 1 },
  none: { word: 'None', bars: 0 },
} as const;
/** Alternatives shown; more would hide the advice below them. */
const MOST_SHOWN = 6;
const MOST_OTHERS = 4;
/** Where another shade's healed colour lies from the shown one's. */
function besideText(shown: Recommendation, other: Recommendation): string {
  const words = directionWords(lab65(...shown.predicted.healed), lab65(...other.predicted.healed));
  return words.length > 0 ? `${listWords(words)} than ${shown.code}` : `heals like ${shown.code}`;
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
    pairLabel: `Target beside the predicted healed colour of ${shade.code}: ${shade.words}`,
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
      `${decimal(pigmentMl, 2)} ml pigment and ${decimal(diluentMl, 2)} ml sterile diluent${dilution.diluent ? ` (${dilution.diluent})` : ''}` +
      ` in a ${decimal(dilution.cupMl)} ml cup; makes ${decimal(pigmentMl + diluentMl, 2)} ml.` +
      (error
        ? ` Whole drops are ${decimal(Math.abs(error))} % ${error > 0 ? 'weaker' : 'stronger'} than the exact ratio.`
        : ''),
    note: own ? null : (dilution.note ?? null),
    assumption: `Assumes ${decimal(result.assumptions.diameterMm, 2)} mm healed dots at ${decimal(result.assumptions.densityPerCm2)} per cm².`,
  };
}

function headline(result: MatchResult): { heading: string; lead: string } {
  if (result.outcome === 'refused') {
    return {
      heading: 'No recommendation',
      lead: 'This photo does not show enough to choose a shade. What is missing is listed below.',
    };
  }
  if (result.outcome === 'noGoodMatch') {
    const nearest = Math.min(...result.recommendations.map((shade) => shade.deltaE00));
    return {
      heading: 'No good match',
      lead: `${nearest > CLOSE_DELTA_E00 ? 'No shade here gets closer than “noticeable”.' : 'No shade here can pass for this hair on this skin; why is told below.'} The nearest ones are listed with what they get wrong; try another catalog, or measure with a colour sensor.`,
    };
  }
  if (result.outcome === 'tooCloseToCall') {
    return {
      heading: 'Too close to call from this photo',
      lead: 'These shades cannot be told apart with this photo. Choose by eye on a skin patch, or take the step below.',
    };
  }
  return { heading: result.recommendations[0]?.name ?? 'No recommendation', lead: '' };
}

function healingView(shade: Recommendation) {
  const { fresh, healed, aged } = shade.predicted;
  return {
    code: shade.code,
    text: 'Fresh work looks darker and redder for about a week. The healed colour settles within a month; after years it fades within the range shown.',
    stages: [
      { text: 'Just done', hex: hexOf(fresh) },
      { text: 'Healed', hex: hexOf(healed) },
      { text: `${aged.years} years, lightest`, hex: hexOf(aged.lightest) },
      { text: `${aged.years} years, darkest`, hex: hexOf(aged.darkest) },
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
      ? `Session ${session.session}: ${session.spacingPercent} % of the natural spacing. ${session.note}`
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
    eyebrow: main ? (chosen && chosen !== suggested ? 'Your choice' : 'Recommended shade') : '',
    heading: main?.name ?? heading,
    lead: main ? '' : lead,
    overridden:
      chosen && suggested && chosen !== suggested
        ? { text: `You chose ${chosen.code} instead of the suggested ${suggested.code}.${reason} Both are kept.` }
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
    whyTitle: shade ? `Why ${shade.code}` : 'What was found',
    why: measured ? why : why.map(plainReason),
    numbers: measured ? [] : why.filter((text) => text !== plainReason(text)),
    alternativesTitle: main ? 'Other shades' : 'The nearest shades',
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
    link: check === 'card' && level !== 'ok' ? { href: `${base}/calibrate`, text: 'Calibrate' } : null,
    level,
    message,
    fix: level === 'ok' ? '' : fix,
    levelWord: LEVEL_WORDS[level],
  }));
  const fine = views.filter(({ level }) => level === 'ok');
  return {
    troubles: views.filter(({ level }) => level !== 'ok').sort((a, b) => a.level.localeCompare(b.level)),
    fine,
    fineText:
      fine.length === 0 ? '' : `${fine.length} check${fine.length === 1 ? '' : 's'} of the photo found nothing wrong.`,
  };
}
