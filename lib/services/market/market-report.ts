import { orNull } from '@/lib/core/num';
import { usdOf, type VenueId } from '@/lib/market/contract';
import { marketIdOf, marketsFromContracts, type Market } from '@/lib/market/market';
import type { MarketReport, ReportMap, ReportRow } from '@/lib/market/report';
import type { Summary } from '@/lib/market/summary';
import type { Ticker } from '@/lib/market/ticker';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { LiquidationRecord } from '@/lib/services/liquidations/liquidation-record';
import type { VenueSession } from '@/lib/services/venue/venue-session';

import { createInterestPoll } from './interest-poll';
import type { OpenInterestBook } from './open-interest-book';
import { createOpenInterestChange } from './open-interest-change';
import { createTickerPoll, type ListedTicker } from './ticker-poll';

const MOST_ROWS = 50;

/** The whole market at a glance from one cheap question per venue. */
export interface MarketReporter {
  start(): void;
  stop(): void;
  /** These markets, or (null) those with the most open interest. */
  report(marketIds: readonly string[] | null): MarketReport;
}

export interface MarketReporterOptions {
  readonly venues: readonly VenueSession[];
  readonly isOff: (venueId: VenueId) => boolean;
  readonly record: LiquidationRecord;
  readonly environment: ServiceEnvironment;
  /** The figures of a market's map, where somebody watches it. */
  readonly summaryOf: (marketId: string) => Summary | null;
  /** USD of one side as last seen of a contract, for venues that list none with their tickers. */
  readonly openInterest: Pick<OpenInterestBook, 'usdOf' | 'observe'>;
  readonly onChange: () => void;
}

export function createMarketReporter(options: MarketReporterOptions): MarketReporter {
  const { record, environment, summaryOf, openInterest, onChange } = options;
  const change = createOpenInterestChange();
  const sizeOf = ({ contract, ticker }: ListedTicker): number => {
    const listedUsd = usdOf(contract, ticker.openInterest, priceOf(ticker));
    return listedUsd > 0 ? listedUsd : (openInterest.usdOf(contract.id) ?? NaN);
  };
  const tickers = createTickerPoll({
    ...options,
    onTickers(listed) {
      for (const { contract, ticker } of listed) change.add(contract.id, environment.now(), ticker.openInterest);
      onChange();
    },
  });

  const interest = createInterestPoll({
    venues: options.venues,
    isOff: options.isOff,
    environment,
    listed: () => [...tickers.tickers.values()],
    observe({ contract, ticker }, amount) {
      change.add(contract.id, environment.now(), amount);
      openInterest.observe(contract.id, usdOf(contract, amount, priceOf(ticker)));
    },
  });

  const rowOf = (market: Market): ReportRow | null => {
    const listed = market.contracts.flatMap(({ id }) => tickers.tickers.get(id) ?? []);
    const counted = listed.filter((each) => sizeOf(each) > 0);
    if (counted.length === 0) return null;
    const shown = counted.reduce((most, each) => (sizeOf(each) > sizeOf(most) ? each : most));
    const summary = summaryOf(market.id);
    const held = counted.map((each) => ({ id: each.contract.id, usd: sizeOf(each) }));
    return {
      marketId: market.id,
      baseAsset: market.baseAsset,
      assetClass: market.assetClass,
      contractId: shown.contract.id,
      price: priceOf(shown.ticker) / shown.contract.multiplier,
      change24h: orNull(shown.ticker.change24h),
      changes24h: Object.fromEntries(listed.map(({ contract, ticker }) => [contract.id, orNull(ticker.change24h)])),
      fundingRate: orNull(shown.ticker.fundingRate),
      fundingIntervalMs: orNull(shown.ticker.fundingIntervalMs),
      openInterestUsd: held.reduce((sum, { usd }) => sum + usd, 0),
      openInterestChange24h: summary?.openInterestChange24h ?? change.of(held, environment.now()),
      missingVenueIds: [
        ...new Set(listed.filter((each) => !counted.includes(each)).map(({ contract }) => contract.venueId)),
      ],
      liquidated: record.sums(market.contracts.map(({ id }) => id)),
      map: summary && mapFrom(summary),
    };
  };

  return {
    start() {
      tickers.start();
      interest.start();
    },
    stop() {
      tickers.stop();
      interest.stop();
    },
    report(marketIds) {
      const contracts = [...tickers.tickers.values()].map(({ contract }) => contract);
      const wanted = marketIds === null ? contracts : contracts.filter((each) => marketIds.includes(marketIdOf(each)));
      const rows = marketsFromContracts(wanted)
        .map(rowOf)
        .filter((row) => row !== null)
        .sort((a, b) => b.openInterestUsd - a.openInterestUsd);
      return {
        asOfMs: environment.now(),
        rows: marketIds === null ? rows.slice(0, MOST_ROWS) : rows,
        venues: tickers.venues(),
      };
    },
  };
}

const priceOf = ({ markPrice, lastPrice }: Ticker): number => (markPrice > 0 ? markPrice : lastPrice);

/** Without what a report has no column for. */
const mapFrom = ({ atRisk, nearestLong, nearestShort }: Summary): ReportMap => ({ atRisk, nearestLong, nearestShort });
