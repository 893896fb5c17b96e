import type { MatchResult } from '../app/matchResult.ts';
import type { MatchRecord } from '../storage/matchRecord.ts';
import { shownTime } from './language/dates.ts';

const OUTCOMES: Record<MatchResult['outcome'], string> = {
  match: 'measured',
  tooCloseToCall: 'too close to call',
  noGoodMatch: 'no good match',
  refused: 'no recommendation',
};

/** One line of the list of try-outs. */
export function recentView(match: MatchRecord) {
  const result = match.result as MatchResult | null;
  const top = result?.recommendations[0];
  const code = match.chosen?.code ?? top?.code;
  const ratio = top && code === top.code ? ` · ${top.dilution.partsDiluent}:1` : '';
  return {
    href: `/matches/${match.id}`,
    title: match.alias ?? 'Without alias',
    when: shownTime(match.createdAt),
    text: [
      result ? OUTCOMES[result.outcome] : match.status === 'refused' ? 'photo refused' : 'not measured',
      code ? `${code}${ratio}` : '',
    ]
      .filter(Boolean)
      .reverse()
      .join(' · '),
    thumb: match.status === 'refused' ? null : `/matches/${match.id}/display.jpg`,
  };
}
