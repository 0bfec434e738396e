import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import type { AssetClass } from '@/lib/market/asset-class';
import type { VenueId } from '@/lib/market/contract';
import { marketHours, type MarketHours, type TradingSchedule } from '@/lib/market/trading-hours';
import type { ServiceEnvironment } from '@/lib/services/environment';

import type { VenueSession } from './venue-session';

/** A schedule reaches a week ahead. */
const FRESH_MS = 12 * HOUR_MS;
const RETRY_MS = 5 * MINUTE_MS;

/** When the markets behind perpetuals are open, for all venues: what one tells of a market holds wherever it is listed. */
export interface TradingCalendar {
  /** Null for what is never closed. Asked of a venue the first time that it matters. */
  hours(assetClass: AssetClass): MarketHours | null;
}

export function createTradingCalendar(
  venues: ReadonlyMap<VenueId, VenueSession>,
  isOff: (venueId: VenueId) => boolean,
  environment: ServiceEnvironment,
  onChange: () => void,
): TradingCalendar {
  let schedule: TradingSchedule | null = null;
  let askAtMs = -Infinity;

  /** The venue's time, which a machine's clock may be off from. */
  const now = (): number => tellers()[0]?.clock.now() ?? environment.now();
  const tellers = () =>
    [...venues.values()].filter(({ venue }) => venue.fetchTradingSchedule !== undefined && !isOff(venue.id));

  const ask = async (): Promise<void> => {
    for (const { venue } of tellers()) {
      const told = await venue.fetchTradingSchedule?.(new AbortController().signal);
      if (told?.ok !== true) continue;
      schedule = told.value;
      askAtMs = environment.now() + FRESH_MS;
      return onChange();
    }
  };

  return {
    hours(assetClass) {
      const hours = marketHours(assetClass, now(), schedule);
      if (hours === null || environment.now() < askAtMs) return hours;
      askAtMs = environment.now() + RETRY_MS;
      ask().catch((cause: unknown) => environment.log(`trading schedule: ${String(cause)}`));
      return hours;
    },
  };
}
