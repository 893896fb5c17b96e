import { formatHex } from 'culori/fn';
import type { MatchResult, Recommendation } from '../app/matchResult.ts';
import { lab65 } from '../colour/lab65.ts';
import { linearToSrgb } from '../colour/srgb.ts';
import { lab65ToLinearSrgb } from '../colour/xyzLab.ts';

/** A person's choice instead of the suggestion. */
export interface Choice {
  readonly catalogId: string;
  readonly code: string;
  readonly reason: string | null;
}

const LEVEL_WORDS = { ok: 'Good', warn: 'Look', fail: 'Poor' } as const;
const CONFIDENCE_WORDS = { high: 'High', medium: 'Medium', low: 'Low', none: 'None' } as const;
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
};

export function hexOf([L, a, b]: readonly [number, number, number]): string {
  const [r, g, blue] = lab65ToLinearSrgb(lab65(L, a, b)).map(linearToSrgb) as [number, number, number];
  return formatHex({ mode: 'rgb', r, g, b: blue });
}

const decimal = (value: number, digits = 1) => value.toFixed(digits).replace(/\.0+$/, '');
const labText = (lab: readonly number[] | null) => (lab ? lab.map((v) => v.toFixed(1)).join(' / ') : 'not measured');
const ratioText = (parts: number) => (parts === 0 ? 'as bottled' : `${decimal(parts)} : 1`);

function dropsText(pigment: number, diluent: number): string {
  const drops = (count: number) => `${count} drop${count === 1 ? '' : 's'}`;
  return diluent === 0 ? `${drops(pigment)} of pigment, no diluent` : `${pigment} pigment : ${diluent} diluent`;
}

function shadeView(shade: Recommendation) {
  const { dilution } = shade;
  return {
    code: shade.code,
    name: shade.name,
    catalog: shade.catalog.id,
    hex: hexOf(shade.predicted.healed),
    words: shade.words,
    ratio: ratioText(dilution.partsDiluent),
    drops: dropsText(dilution.pigmentDrops, dilution.diluentDrops),
    flagText: shade.flags.map((flag) => FLAG_TITLES[flag] ?? flag).join(', '),
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
      `${decimal(pigmentMl, 2)} ml pigment and ${decimal(diluentMl, 2)} ml ${dilution.diluent ?? 'sterile diluent'}` +
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
    return {
      heading: 'No good match',
      lead: 'No shade here gets closer than “noticeable”. The nearest ones are listed with what they get wrong; try another catalog or a two-shade mix.',
    };
  }
  if (result.outcome === 'tooCloseToCall') {
    return {
      heading: 'Too close to call from this photo',
      lead: 'These shades cannot be told apart with this photo. Choose by eye on a skin patch, or take the step below.',
    };
  }
  return { heading: 'Recommended shade', lead: '' };
}

function detailFacts(result: MatchResult): { name: string; value: string }[] {
  const { skin, hair, target, calibration, input } = result;
  const top = result.recommendations[0];
  const facts: [string, string][] = [
    ['Skin L* a* b*', skin ? `${labText(skin.lab)} ± ${labText(skin.sd)}` : 'not measured'],
    ['Skin ITA', skin ? `${decimal(skin.itaDeg)}° (${skin.itaClass})` : 'not measured'],
    ['Hair L* a* b*', hair.lab ? `${labText(hair.lab)} ± ${labText(hair.sd)} (${hair.kind})` : hair.kind],
    ['Target L* a* b*', labText(target?.lab ?? null)],
    ['Predicted healed', top ? labText(top.predicted.healed) : 'none'],
    ['ΔE00 to target', top ? decimal(top.deltaE00, 2) : 'none'],
    [
      'Colour reference',
      calibration.card
        ? `card, ΔE00 ${decimal(calibration.card.deltaE00Before)} before, ${decimal(calibration.card.deltaE00After)} after`
        : calibration.method,
    ],
    ['Expected error of the photo', `ΔE00 ${decimal(calibration.expectedDeltaE00)}`],
    [
      'Assumed in the skin',
      `${decimal(result.assumptions.diameterMm, 2)} mm healed dots, ${decimal(result.assumptions.densityPerCm2)} per cm², ${Math.round(100 * result.assumptions.healedFraction)} % of the pigment kept`,
    ],
    [
      'Prediction from',
      top
        ? { spectral: 'measured spectra', ladder: 'a measured dilution ladder', swatch: 'a single swatch' }[top.basis]
        : 'none',
    ],
    ['Catalog', top ? `${top.catalog.id}, version ${top.catalog.version}` : 'none'],
    ['Photo', `${input.widthPx} × ${input.heightPx} ${input.format}, profile ${input.profile}`],
    ['Photo hash', input.sha256],
    ['Engine', `${result.engine}, lots as of ${result.asOf}`],
  ];
  return facts.map(([name, value]) => ({ name, value }));
}

/** Everything the result page shows, from the result alone: no number is made here, only put into words. */
export function resultModel(result: MatchResult, options: { session: number; choice: Choice | null; base: string }) {
  const { choice, base } = options;
  const suggested = result.recommendations[0] ?? null;
  const chosen =
    choice && result.recommendations.find((r) => r.code === choice.code && r.catalog.id === choice.catalogId);
  const shade = chosen ?? suggested;
  const single = result.outcome !== 'noGoodMatch' && result.outcome !== 'tooCloseToCall';
  const session = result.sessions.find((entry) => entry.session === options.session);
  const { heading, lead } = headline(result);
  const others = result.recommendations.filter((r) => r !== shade).slice(0, 6);
  const showMain = shade !== null && result.target !== null && (single || chosen);
  const reason = choice?.reason ? ` Reason: ${choice.reason}.` : '';
  return {
    heading: chosen && chosen !== suggested ? 'Your choice' : heading,
    lead: chosen ? '' : lead,
    overridden:
      chosen && suggested && chosen !== suggested
        ? { text: `You chose ${chosen.code} instead of the suggested ${suggested.code}.${reason} Both are kept.` }
        : null,
    target: result.target ? { hex: hexOf(result.target.lab), why: result.target.why } : null,
    main: showMain ? shadeView(shade) : null,
    recipe: showMain ? recipeView(result, shade, session) : null,
    cup: String(shade?.dilution.cupMl ?? ''),
    sessions: result.sessions.map((entry) => ({
      number: entry.session,
      current: entry.session === options.session,
      href: `${base}/result?session=${entry.session}`,
    })),
    sessionNote: session
      ? `Session ${session.session}: ${session.spacingPercent} % of the natural spacing. ${session.note}`
      : '',
    flags: (showMain ? shade.flagReasons : []).map((flag) => ({
      title: FLAG_TITLES[flag.flag] ?? flag.flag,
      reason: flag.reason,
    })),
    confidence: { ...result.confidence, word: CONFIDENCE_WORDS[result.confidence.level] },
    whyTitle: shade ? 'Why this shade' : 'What was found',
    why: [...(result.target ? [result.target.why] : []), ...result.why],
    alternativesTitle: showMain ? 'Other shades' : 'The nearest shades',
    alternatives: (showMain ? others : result.recommendations.slice(0, 6)).map(shadeView),
    healing: shade
      ? {
          text: 'Fresh work looks darker and redder for about a week. The healed colour settles within a month; after years it fades within the range shown.',
          stages: [
            { text: 'Just done', hex: hexOf(shade.predicted.fresh) },
            { text: 'Healed', hex: hexOf(shade.predicted.healed) },
            { text: `${shade.predicted.aged.years} years, lightest`, hex: hexOf(shade.predicted.aged.lightest) },
            { text: `${shade.predicted.aged.years} years, darkest`, hex: hexOf(shade.predicted.aged.darkest) },
          ],
        }
      : null,
    quality: qualityView(result.quality),
    details: detailFacts(result),
  };
}

export function qualityView(entries: MatchResult['quality']) {
  return entries.map(({ level, message, fix }) => ({
    message,
    fix: level === 'ok' ? '' : fix,
    levelWord: LEVEL_WORDS[level],
  }));
}
