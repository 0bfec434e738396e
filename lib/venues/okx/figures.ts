import { err, ok, type Result } from '@/lib/core/result';
import { areSound, type RiskTiers } from '@/lib/market/risk-tier';
import type { BarClock } from '@/lib/venues/bar-clock';
import type { JsonClient } from '@/lib/venues/http';
import type { RequestHealth } from '@/lib/venues/request-health';
import { unsoundTiers } from '@/lib/venues/tier-book';
import type { Venue, VenueError } from '@/lib/venues/venue';

import type { Budget } from './budgets';
import type { ContractUnits } from './contract-units';
import * as wire from './rest-wire';
import { isInverse, tickersFrom } from './tickers';

const LISTED = { instType: 'SWAP' } as const;
const FIGURE = { budget: 'figures', weight: 1 } as const;
const STATISTIC = { budget: 'statistics', weight: 1 } as const;

type Figures = Pick<Venue, 'fetchSnapshot' | 'fetchLongShortRatio' | 'fetchTickers'> & {
  readonly fetchLiquidations: NonNullable<Venue['fetchLiquidations']>;
  fetchTiers(symbol: string): Promise<Result<RiskTiers, VenueError>>;
};

/** `BTC-USDT-SWAP` belongs to `BTC-USDT`. */
const familyOf = (symbol: string): string => symbol.replace(/-SWAP$/, '');

/** What is asked besides bars: figures of now, tiers, and the liquidations of late. */
export function createFigures(
  api: JsonClient<Budget>,
  units: ContractUnits,
  clock: BarClock,
  requests: RequestHealth,
): Figures {
  const fetchMark = (symbol: string, signal: AbortSignal) =>
    api.get({
      ...FIGURE,
      path: '/api/v5/public/mark-price',
      query: { ...LISTED, instId: symbol },
      schema: wire.markPriceSchema,
      signal,
    });

  return {
    async fetchSnapshot(symbol, signal) {
      const query = { ...LISTED, instId: symbol };
      const [unit, interest, mark, funding] = await Promise.all([
        units.read(symbol),
        requests.track('openInterest', () =>
          api.get({ ...FIGURE, path: '/api/v5/public/open-interest', query, schema: wire.openInterestSchema, signal }),
        ),
        fetchMark(symbol, signal),
        api.get({
          ...FIGURE,
          path: '/api/v5/public/funding-rate',
          query: { instId: symbol },
          schema: wire.fundingSchema,
          signal,
        }),
      ]);
      if (!unit.ok) return unit;
      if (!interest.ok && !mark.ok) return interest;
      if (mark.ok) clock.observe(mark.value.data[0].ts);
      return ok(
        wire.snapshotFrom(
          interest.ok ? interest.value.data[0] : undefined,
          mark.ok ? mark.value.data[0] : undefined,
          funding.ok ? funding.value.data[0] : undefined,
          unit.value,
        ),
      );
    },

    async fetchLongShortRatio(symbol, signal) {
      const result = await api.get({
        ...STATISTIC,
        path: '/api/v5/rubik/stat/contracts/long-short-account-ratio-contract',
        query: { instId: symbol, period: '5m', limit: 1 },
        schema: wire.ratioSchema,
        signal,
      });
      return result.ok ? ok(result.value.data[0]?.[1] ?? null) : result;
    },

    async fetchTickers(signal) {
      const listing = { ...FIGURE, query: LISTED, schema: wire.listingSchema, signal };
      const [listed, prices, openInterest, marks, funding] = await Promise.all([
        units.ready(),
        api.get({ ...listing, path: '/api/v5/market/tickers' }),
        api.get({ ...listing, path: '/api/v5/public/open-interest' }),
        api.get({ ...listing, path: '/api/v5/public/mark-price' }),
        api.get({ ...listing, path: '/api/v5/public/funding-rate', query: { instId: 'ANY' } }),
      ]);
      if (!listed.ok) return listed;
      if (!prices.ok) return prices;
      const rowsOf = (answer: Result<{ data: unknown[] }, VenueError>): readonly unknown[] =>
        answer.ok ? answer.value.data : [];
      const lists = {
        prices: prices.value.data,
        openInterest: rowsOf(openInterest),
        marks: rowsOf(marks),
        funding: rowsOf(funding),
      };
      return ok(tickersFrom(lists, units.of));
    },

    async fetchTiers(symbol) {
      const { signal } = new AbortController();
      const [unit, mark, tiers] = await Promise.all([
        units.read(symbol),
        fetchMark(symbol, signal),
        api.get({
          ...STATISTIC,
          path: '/api/v5/public/position-tiers',
          query: { ...LISTED, tdMode: 'isolated', instFamily: familyOf(symbol) },
          schema: wire.tiersSchema,
          signal,
        }),
      ]);
      if (!tiers.ok) return tiers;
      if (!unit.ok) return unit;
      if (!mark.ok) return mark;
      const { markPx } = mark.value.data[0];
      // Of an inverse contract brackets are in coin, and one contract is a sum of USD.
      const notional = isInverse(symbol) ? unit.value / markPx : unit.value * markPx;
      const list = wire.tiersFromRows(tiers.value.data, notional);
      return areSound(list)
        ? ok({ tiers: list, source: 'venue', asOfMs: clock.now() })
        : err(unsoundTiers('OKX', symbol));
    },

    async fetchLiquidations(symbol, { startMs, endMs }, signal) {
      const [unit, result] = await Promise.all([
        units.read(symbol),
        api.get({
          ...FIGURE,
          path: '/api/v5/public/liquidation-orders',
          query: { ...LISTED, state: 'filled', uly: familyOf(symbol), after: endMs, before: startMs - 1 },
          schema: wire.liquidationsSchema,
          signal,
        }),
      ]);
      if (!unit.ok) return unit;
      if (!result.ok) return result;
      return ok(
        result.value.data
          .flatMap(({ instId, details }) => (instId === symbol ? details : []))
          .map((order) => wire.liquidationFrom(order, unit.value))
          .filter(({ timeMs }) => timeMs >= startMs && timeMs < endMs)
          .sort((a, b) => a.timeMs - b.timeMs),
      );
    },
  };
}
