import type { MatchResult } from '../app/matchResult.ts';
import { shownTime } from '../language/dates.ts';
import { ENGLISH } from '../language/english.ts';
import type { MatchRecord } from '../storage/matchRecord.ts';

const OUTCOMES: Record<MatchResult['outcome'], string> = {
  match: 'measured',
  tooCloseToCall: ENGLISH.start.tooCloseToCall,
  noGoodMatch: ENGLISH.start.noGoodMatch,
  refused: ENGLISH.start.noRecommendation,
};

/** One line of the list of try-outs. */
export function recentView(match: MatchRecord) {
  const result = match.result as MatchResult | null;
  const top = result?.recommendations[0];
  const code = match.chosen?.code ?? top?.code;
  const ratio = top && code === top.code ? ` · ${top.dilution.partsDiluent}:1` : '';
  return {
    href: `/matches/${match.id}`,
    title: match.alias ?? ENGLISH.start.withoutAlias,
    when: shownTime(match.createdAt),
    text: [
      result
        ? OUTCOMES[result.outcome]
        : match.status === 'refused'
          ? ENGLISH.start.photoRefused
          : ENGLISH.start.notMeasured,
      code ? `${code}${ratio}` : '',
    ]
      .filter(Boolean)
      .reverse()
      .join(' · '),
    thumb: match.status === 'refused' ? null : `/matches/${match.id}/display.jpg`,
  };
}
