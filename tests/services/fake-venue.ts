import type { TimeSpan } from '@/lib/core/ranges';
import { err, ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { HealthState } from '@/lib/market/health';
import type { Liquidation } from '@/lib/market/liquidation';
import type { Ticker } from '@/lib/market/ticker';
import { minutesOfBars } from '@/lib/venues/bar-minutes';
import { STATE_OF_ERROR } from '@/lib/venues/request-health';
import type { StreamHandlers, Venue, VenueError } from '@/lib/venues/venue';

import { BTCUSDT } from '../market/sample-contract';
import { sampleStream } from '../market/sample-health';

/** A number in [0, 1) that depends on `n` alone. */
const noise = (n: number): number => {
  let x = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};

const priceAt = (timeMs: number): number => {
  const days = timeMs / DAY_MS;
  return 60_000 * (1 + 0.05 * Math.sin(days) + 0.02 * Math.sin(days * 9) + 0.004 * Math.sin(days * 101));
};

/** The bar of any moment, of any length: every time has one answer. */
export function barAt(openTimeMs: number, stepMs = BAR_MS): Bar {
  const open = priceAt(openTimeMs);
  const close = priceAt(openTimeMs + stepMs);
  const wick = 1 + 0.002 * noise(openTimeMs / stepMs);
  const high = Math.max(open, close) * wick;
  const low = Math.min(open, close) / wick;
  const volume = 100 + 400 * noise(openTimeMs / stepMs + 1);
  return {
    openTimeMs,
    open,
    high,
    low,
    close,
    volume,
    takerBuyVolume: volume * (0.4 + 0.2 * noise(openTimeMs / stepMs + 2)),
    markHigh: high,
    markLow: low,
    markClose: close,
  };
}

export const openInterestAt = (timeMs: number): number => 80_000 + 5_000 * Math.sin(timeMs / (3 * HOUR_MS));

export interface FakeVenueOptions {
  /** The one contract that it lists. */
  readonly contract?: Contract;
  /** Its prices and its open interest beside those of `barAt` and `openInterestAt`. */
  readonly priceFactor?: number;
  readonly openInterestFactor?: number;
  /** 0 for a venue that tells its open interest only as of now. */
  readonly openInterestReachMs?: number;
  readonly hasTakerVolume?: boolean;
  /** Lists the minutes of its bars, a day's worth a page. */
  readonly hasMinutes?: boolean;
  readonly minutesReachMs?: number;
}

const HEALTH_OF_ERROR: Readonly<Record<VenueError['kind'], HealthState>> = { ...STATE_OF_ERROR, aborted: 'idle' };

/** A venue whose clock stands at `state.nowMs`; `state.fail` answers every request with that error. */
export function createFakeVenue(
  startMs: number,
  {
    contract = BTCUSDT,
    priceFactor = 1,
    openInterestFactor = 1,
    openInterestReachMs = 30 * DAY_MS,
    hasTakerVolume = true,
    hasMinutes = false,
    minutesReachMs = Infinity,
  }: FakeVenueOptions = {},
) {
  const bar = (openTimeMs: number, stepMs = BAR_MS): Bar => {
    const at = barAt(openTimeMs, stepMs);
    return {
      openTimeMs,
      open: at.open * priceFactor,
      high: at.high * priceFactor,
      low: at.low * priceFactor,
      close: at.close * priceFactor,
      volume: at.volume,
      takerBuyVolume: hasTakerVolume ? at.takerBuyVolume : NaN,
      markHigh: at.markHigh * priceFactor,
      markLow: at.markLow * priceFactor,
      markClose: at.markClose * priceFactor,
    };
  };
  const interestAt = (timeMs: number) => openInterestAt(timeMs) * openInterestFactor;
  const { symbol } = contract;
  const state = {
    seedGate: Promise.resolve(),
    isRecording: false,
    /** Streams nothing, whatever the state of its requests. */
    isMute: false,
    nowMs: startMs,
    fail: null as VenueError | null,
    requests: 0,
    followed: [] as readonly string[],
    followedLiquidations: [] as readonly string[],
    tickers: [] as readonly Ticker[],
  };
  let handlers: StreamHandlers | null = null;

  const answer = async <T>(make: () => T) => {
    state.requests += 1;
    await Promise.resolve();
    return state.fail === null ? ok(make()) : err(state.fail);
  };
  const times = (
    startTimeMs: number,
    endMs: number,
    stepMs: number,
    page: number,
    publishedEndMs = floorToStep(state.nowMs, stepMs),
  ) => {
    const first = Math.ceil(startTimeMs / stepMs) * stepMs;
    const last = Math.min(endMs, publishedEndMs);
    return Array.from({ length: Math.min(page, Math.max(0, (last - first) / stepMs)) }, (_, i) => first + i * stepMs);
  };

  const venue: Venue = {
    id: contract.venueId,
    name: contract.venueId,
    barsPerPage: 1500,
    openInterestPerPage: 500,
    openInterestReachMs,
    fetchContracts: () => answer(() => [contract]),
    fetchRiskTiers: () =>
      Promise.resolve({
        tiers: [
          {
            notionalFloor: 0,
            notionalCap: Infinity,
            maintenanceMarginRate: 0.005,
            maintenanceAmount: 0,
            maxLeverage: 125,
          },
        ],
        source: 'venue',
        asOfMs: 0,
      }),
    fetchBars: (_, span) => answer(() => times(span.startMs, span.endMs, BAR_MS, 1500).map((time) => bar(time))),
    ...(hasMinutes && {
      minutes: {
        barsPerPage: 288,
        reachMs: minutesReachMs,
        fetch: (_: string, span: TimeSpan) =>
          answer(() => {
            if (span.endMs - span.startMs > 288 * BAR_MS) throw new RangeError('longer than a page');
            if (span.startMs < state.nowMs - minutesReachMs) throw new RangeError('too long ago');
            return minutesOfBars(times(span.startMs, span.endMs, MINUTE_MS, 1440).map((time) => bar(time, MINUTE_MS)));
          }),
      },
    }),
    fetchHourlyBars: async (_, span) => {
      await state.seedGate;
      return answer(() => times(span.startMs, span.endMs, HOUR_MS, 1500).map((time) => bar(time, HOUR_MS)));
    },
    fetchOpenInterest: (_, span) =>
      answer(() =>
        openInterestReachMs === 0
          ? []
          : times(span.startMs, span.endMs, BAR_MS, 500, floorToStep(state.nowMs, BAR_MS) + BAR_MS).map((timeMs) => ({
              timeMs,
              openInterest: interestAt(timeMs),
            })),
      ),
    fetchSnapshot: () =>
      answer(() => ({
        openInterest: { timeMs: state.nowMs, openInterest: interestAt(state.nowMs) },
        markPrice: priceAt(state.nowMs) * priceFactor,
        fundingRate: 1e-4,
        nextFundingTimeMs: state.nowMs + HOUR_MS,
        fundingIntervalMs: 8 * HOUR_MS,
        venueTimeMs: state.nowMs,
      })),
    fetchLongShortRatio: () => answer(() => 1.5),
    fetchTickers: () => answer(() => state.tickers),
    fetchLiquidations: null,
    fetchTime: () => answer(() => state.nowMs),
    openStream(streamHandlers) {
      handlers = streamHandlers;
      return {
        follow: (symbols) => {
          state.followed = symbols;
        },
        followLiquidations: (symbols) => {
          state.followedLiquidations = symbols;
        },
        retry: () => {},
        close: () => {
          state.followed = [];
          state.followedLiquidations = [];
        },
      };
    },
    limits: () => [],
    health: () => ({
      venueId: contract.venueId,
      streams: [
        ...(state.isRecording ? [sampleStream('liquidations', 'live', { lastDataMs: state.nowMs })] : []),
        ...(state.fail === null ? [] : [sampleStream('history', HEALTH_OF_ERROR[state.fail.kind])]),
      ],
    }),
    retry: () => {},
  };

  return {
    venue,
    state,
    priceAt: (timeMs: number) => priceAt(timeMs) * priceFactor,
    /** Streams a liquidation of its contract. */
    liquidate: (liquidation: Liquidation) => handlers?.onLiquidation(contract.symbol, liquidation),
    /** Says that the venue does not push a contract's liquidations. */
    refuseLiquidations: (refused: string) => handlers?.onLiquidationsRefused(refused),
    reconnect: () => handlers?.onReconnect(),
    /** Moves the venue's clock and streams what it would: a mark, a trade and the bar still open. */
    tick(nowMs: number) {
      state.nowMs = nowMs;
      if (state.isMute || !state.followed.includes(symbol)) return;
      const markPrice = priceAt(nowMs) * priceFactor;
      const nextFundingTimeMs = nowMs + HOUR_MS;
      handlers?.onMark(symbol, { timeMs: nowMs, markPrice, fundingRate: 1e-4, nextFundingTimeMs });
      handlers?.onTrade(symbol, { timeMs: nowMs, price: markPrice, qty: 0.1, isTakerBuy: true });
      handlers?.onBar(symbol, bar(floorToStep(nowMs, BAR_MS)), false, nowMs);
    },
  };
}
