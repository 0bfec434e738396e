import { err, ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { contractId, type Contract } from '@/lib/market/contract';
import type { StreamHandlers, Venue, VenueError } from '@/lib/venues/venue';

export const BTCUSDT: Contract = {
  id: contractId('binance', 'BTCUSDT'),
  venueId: 'binance',
  symbol: 'BTCUSDT',
  baseAsset: 'BTC',
  multiplier: 1,
  quoteAsset: 'USDT',
  assetClass: 'major',
  settlement: 'linear',
  tickSize: 0.1,
  qtyStep: 0.001,
  isTrading: true,
  listedTimeMs: 0,
};

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

/** A venue whose clock stands at `state.nowMs`; `state.fail` answers every request with that error. */
export function createFakeVenue(startMs: number) {
  const state = {
    seedGate: Promise.resolve(),
    isRecording: false,
    nowMs: startMs,
    fail: null as VenueError | null,
    requests: 0,
    followed: [] as readonly string[],
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
    id: 'binance',
    name: 'Binance',
    barsPerPage: 1500,
    openInterestPerPage: 500,
    openInterestReachMs: 30 * DAY_MS,
    fetchContracts: () => answer(() => [BTCUSDT]),
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
    fetchBars: (_, span) => answer(() => times(span.startMs, span.endMs, BAR_MS, 1500).map((time) => barAt(time))),
    fetchHourlyBars: async (_, span) => {
      await state.seedGate;
      return answer(() => times(span.startMs, span.endMs, HOUR_MS, 1500).map((time) => barAt(time, HOUR_MS)));
    },
    fetchOpenInterest: (_, span) =>
      answer(() =>
        times(span.startMs, span.endMs, BAR_MS, 500, floorToStep(state.nowMs, BAR_MS) + BAR_MS).map((timeMs) => ({
          timeMs,
          openInterest: openInterestAt(timeMs),
        })),
      ),
    fetchSnapshot: () =>
      answer(() => ({
        openInterest: { timeMs: state.nowMs, openInterest: openInterestAt(state.nowMs) },
        markPrice: priceAt(state.nowMs),
        fundingRate: 1e-4,
        nextFundingTimeMs: state.nowMs + HOUR_MS,
        fundingIntervalMs: 8 * HOUR_MS,
        venueTimeMs: state.nowMs,
      })),
    fetchLongShortRatio: () => answer(() => 1.5),
    fetchTime: () => answer(() => state.nowMs),
    openStream(streamHandlers) {
      handlers = streamHandlers;
      return {
        follow: (symbols) => {
          state.followed = symbols;
        },
        retry: () => {},
        close: () => {
          state.followed = [];
        },
      };
    },
    health: () => ({
      venueId: 'binance',
      streams: state.isRecording
        ? [
            {
              stream: 'liquidations',
              state: 'live',
              sinceMs: 0,
              lastDataMs: null,
              brokenCount: 0,
              detail: '',
              retryAtMs: null,
            },
          ]
        : [],
    }),
    retry: () => {},
  };

  return {
    venue,
    state,
    /** Moves the venue's clock and streams what it would: a mark, a trade and the bar still open. */
    tick(nowMs: number) {
      state.nowMs = nowMs;
      handlers?.onMark('BTCUSDT', {
        timeMs: nowMs,
        markPrice: priceAt(nowMs),
        fundingRate: 1e-4,
        nextFundingTimeMs: nowMs + HOUR_MS,
      });
      handlers?.onTrade('BTCUSDT', { timeMs: nowMs, price: priceAt(nowMs), qty: 0.1, isTakerBuy: true });
      handlers?.onBar('BTCUSDT', barAt(floorToStep(nowMs, BAR_MS)), false, nowMs);
    },
  };
}
