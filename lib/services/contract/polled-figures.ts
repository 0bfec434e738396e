import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { MarketLog } from '@/lib/store/log/market-log';
import type { Venue } from '@/lib/venues/venue';

const MONTH_MS = 30 * DAY_MS;
/** History begins at a full hour, some hours after the edge of what a venue reaches back to. */
const SLACK_MS = 6 * HOUR_MS;
export const RATIO_POLL_MS = 5 * MINUTE_MS;

/** Figures beside the map that are asked for now and then; null or NaN before the first word. */
export interface PolledFigures {
  pollRatio(): Promise<void>;
  /** Reads from the log how things stood a day before, and since when open interest is known. */
  readDayAgo(nowMs: number): Promise<void>;
  /** Accounts long / accounts short. */
  readonly longShortRatio: number | null;
  readonly dayAgo: { readonly price: number; readonly openInterest: number };
  /** Before then open interest is taken to be what it was first seen to be; null where all of the month was observed. */
  readonly openInterestSinceMs: number | null;
}

export function createPolledFigures(
  venue: Venue,
  contract: Contract,
  log: MarketLog,
  signal: AbortSignal,
): PolledFigures {
  let longShortRatio: number | null = null;
  let openInterestSinceMs: number | null = null;
  let dayAgo = { price: NaN, openInterest: NaN };
  return {
    async pollRatio() {
      const ratio = await venue.fetchLongShortRatio(contract.symbol, signal);
      if (ratio.ok) longShortRatio = ratio.value;
    },
    async readDayAgo(nowMs) {
      const atMs = nowMs - DAY_MS;
      const [bars, points] = await Promise.all([
        log.readBars(contract.id, atMs - BAR_MS, atMs),
        log.readOpenInterest(contract.id, atMs - BAR_MS, atMs),
      ]);
      if (venue.openInterestReachMs < MONTH_MS) {
        const [firstMs = nowMs] = await log.readOpenInterestTimes(contract.id, 0);
        openInterestSinceMs = firstMs > Math.max(nowMs - MONTH_MS, contract.listedTimeMs) + SLACK_MS ? firstMs : null;
      }
      dayAgo = { price: bars.at(-1)?.close ?? NaN, openInterest: points.at(-1)?.openInterest ?? NaN };
    },
    get longShortRatio() {
      return longShortRatio;
    },
    get openInterestSinceMs() {
      return openInterestSinceMs;
    },
    get dayAgo() {
      return dayAgo;
    },
  };
}
