import type { Shade } from './shade.ts';

/** Stock without a valid lot may not be recommended: `expired` when every lot is past its date, `none` without lots. */
export type LotStatus = 'ok' | 'expired' | 'none';

/** `today` is an ISO date (YYYY-MM-DD); a lot is good through its expiry day. */
export function lotStatus(shade: Pick<Shade, 'lots'>, today: string): LotStatus {
  if (shade.lots.length === 0) return 'none';
  return shade.lots.some((lot) => lot.expires >= today) ? 'ok' : 'expired';
}
