import type { RiskTier } from '@/lib/market/risk-tier';
import { tiersFromRows } from '@/tests/market/synthetic-margin';

/** What the venue says about a contract, and where its synthetic market begins. */
export interface Instrument {
  readonly symbol: string;
  readonly baseAsset: string;
  readonly contractType: 'PERPETUAL' | 'TRADIFI_PERPETUAL';
  readonly underlyingType: 'COIN' | 'COMMODITY' | 'EQUITY';
  readonly tickSize: number;
  readonly qtyStep: number;
  /** USD a contract, where the margin is coin: quantities are USD here and contracts on the wire. */
  readonly contractSize?: number;
  readonly fundingIntervalMs: number;
  readonly tiers: readonly RiskTier[];
  readonly typicalPrice: number;
  /** Standard deviation of a calm 5-minute log return. */
  readonly volatility: number;
  /** Median position of the synthetic market's traders, in quote. */
  readonly typicalNotional: number;
  /** Days of history; a recording has its own. */
  readonly listedDays: number;
  /** Listed by every venue, under its own name; the others are where a venue's list has them. */
  readonly isEverywhere?: true;
}

const HOUR_MS = 3_600_000;

/** BTCUSDT as published in 2026; the other tables are round figures of the same shape, not the venue's. */
const MAJOR_TIERS = tiersFromRows([
  [300_000, 0.004, 150],
  [800_000, 0.005, 100],
  [3_000_000, 0.0065, 75],
  [12_000_000, 0.01, 50],
  [70_000_000, 0.02, 25],
  [100_000_000, 0.025, 20],
  [230_000_000, 0.05, 10],
  [480_000_000, 0.1, 5],
  [600_000_000, 0.125, 4],
  [800_000_000, 0.15, 3],
  [1_200_000_000, 0.25, 2],
  [1_800_000_000, 0.5, 1],
]);
const MINOR_TIERS = tiersFromRows([
  [50_000, 0.0065, 75],
  [200_000, 0.01, 50],
  [1_000_000, 0.02, 25],
  [3_000_000, 0.025, 20],
  [10_000_000, 0.05, 10],
  [30_000_000, 0.1, 5],
  [60_000_000, 0.25, 2],
  [100_000_000, 0.5, 1],
]);

const COIN = {
  contractType: 'PERPETUAL',
  underlyingType: 'COIN',
  fundingIntervalMs: 8 * HOUR_MS,
  volatility: 0.0012,
  typicalNotional: 250_000,
  listedDays: 45,
} as const;

export const INSTRUMENTS: readonly Instrument[] = [
  {
    ...COIN,
    symbol: 'BTCUSDT',
    baseAsset: 'BTC',
    tickSize: 0.1,
    qtyStep: 0.001,
    tiers: MAJOR_TIERS,
    typicalPrice: 64_000,
    volatility: 0.0009,
    typicalNotional: 1_500_000,
  },
  {
    ...COIN,
    symbol: 'ETHUSDT',
    baseAsset: 'ETH',
    tickSize: 0.01,
    qtyStep: 0.001,
    tiers: MAJOR_TIERS,
    typicalPrice: 2_600,
    typicalNotional: 1_500_000,
  },
  {
    ...COIN,
    symbol: 'DOGEUSDT',
    baseAsset: 'DOGE',
    tickSize: 0.00001,
    qtyStep: 1,
    tiers: MINOR_TIERS,
    typicalPrice: 0.107,
    volatility: 0.0018,
  },
  {
    ...COIN,
    symbol: '1000PEPEUSDT',
    baseAsset: '1000PEPE',
    tickSize: 0.0000001,
    qtyStep: 1,
    fundingIntervalMs: 4 * HOUR_MS,
    tiers: MINOR_TIERS,
    typicalPrice: 0.0085,
    volatility: 0.0025,
  },
  {
    ...COIN,
    symbol: 'XAUUSDT',
    baseAsset: 'XAU',
    contractType: 'TRADIFI_PERPETUAL',
    underlyingType: 'COMMODITY',
    tickSize: 0.01,
    qtyStep: 0.001,
    fundingIntervalMs: 4 * HOUR_MS,
    tiers: MINOR_TIERS,
    typicalPrice: 4_100,
    volatility: 0.0004,
  },
  {
    ...COIN,
    symbol: 'YOUNGUSDT',
    baseAsset: 'YOUNG',
    tickSize: 0.0001,
    qtyStep: 0.1,
    tiers: MINOR_TIERS,
    typicalPrice: 1.25,
    volatility: 0.004,
    typicalNotional: 50_000,
    listedDays: 3,
  },
];

/** A recorded contract that is not listed above: its steps are the finest that the recording shows. */
export const inferInstrument = (symbol: string, prices: readonly string[], qtys: readonly string[]): Instrument => ({
  ...COIN,
  symbol,
  baseAsset: symbol.replace(/USDT$/, ''),
  tickSize: 10 ** -mostDigits(prices),
  qtyStep: 10 ** -Math.min(3, mostDigits(qtys)),
  tiers: MINOR_TIERS,
  typicalPrice: Number(prices[0] ?? 1),
});

const mostDigits = (numbers: readonly string[]): number =>
  numbers.reduce((most, text) => Math.max(most, text.split('.')[1]?.length ?? 0), 0);

/** Decimal digits of a step: 0.001 has three. */
export const stepDigits = (step: number): number => Math.max(0, Math.round(-Math.log10(step)));
