import { HOUR_MS } from '@/lib/core/time';
import {
  type ByWindow,
  LIQUIDATION_WINDOWS_MS,
  type LiquidatedSums,
  type LiquidationBoard,
  type RealisedLiquidation,
} from '@/lib/market/realised';
import type { MarketReport, ReportRow } from '@/lib/market/report';

import { CONTRACT, NOW_MS } from '../samples';

export const sumsOf = (longUsd: number, shortUsd: number): ByWindow<LiquidatedSums> =>
  LIQUIDATION_WINDOWS_MS.map(() => ({
    longUsd,
    shortUsd,
    longCorrectedUsd: longUsd,
    shortCorrectedUsd: shortUsd,
    longCount: 3,
    shortCount: 4,
  }));

export const EMPTY_BOARD: LiquidationBoard = {
  asOfMs: NOW_MS,
  isWhole: true,
  total: sumsOf(0, 0),
  hours: [],
  venues: [],
  assets: [],
  classes: [],
  largest: LIQUIDATION_WINDOWS_MS.map(() => null),
  newest: [],
  lostCount: 0,
};

const EVENT: RealisedLiquidation = {
  contractId: 'binance:BTCUSDT',
  venueId: 'binance-coin',
  baseAsset: 'BTC',
  timeMs: NOW_MS - 4_000,
  positionSide: 'long',
  bankruptcyPrice: 60_100.5,
  qty: 20,
  usd: 1_202_010,
  feed: 'sampled',
};

export const BOARD: LiquidationBoard = {
  ...EMPTY_BOARD,
  total: sumsOf(41.8e6, 58.4e6),
  hours: [
    { startMs: NOW_MS - 2 * HOUR_MS, longUsd: 3e6, shortUsd: 1e6 },
    { startMs: NOW_MS, longUsd: 0, shortUsd: 2e6 },
  ],
  venues: [
    {
      venueId: 'binance',
      feed: 'sampled',
      sums: sumsOf(41.8e6, 58.4e6),
      recordedShares: LIQUIDATION_WINDOWS_MS.map(() => 0.5),
    },
  ],
  assets: [
    { marketId: 'BTC', baseAsset: 'BTC', assetClass: 'major', sums: sumsOf(30e6, 50e6) },
    { marketId: 'ETH', baseAsset: 'ETH', assetClass: 'major', sums: sumsOf(11.8e6, 8.4e6) },
  ],
  classes: [{ assetClass: 'major', sums: sumsOf(41.8e6, 58.4e6) }],
  largest: LIQUIDATION_WINDOWS_MS.map(() => EVENT),
  newest: [EVENT],
};

const ROW: ReportRow = {
  marketId: 'BTC',
  baseAsset: 'BTC',
  assetClass: 'major',
  contractId: CONTRACT.id,
  price: 60_249.8,
  change24h: 0.0124,
  changes24h: {},
  fundingRate: 0.000051,
  fundingIntervalMs: 8 * HOUR_MS,
  openInterestUsd: 5.02e9,
  openInterestChange24h: null,
  missingVenueIds: [],
  liquidated: sumsOf(41.8e6, 58.4e6),
  map: null,
};

export const REPORT: MarketReport = {
  asOfMs: NOW_MS,
  rows: [ROW],
  venues: [{ venueId: 'binance', ageMs: 400, problem: null }],
};
