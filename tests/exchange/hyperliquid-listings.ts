import { tiersFromRows } from '@/tests/market/synthetic-margin';

import { deriveListing } from './derived-listing';
import { type CoinAccounts, createCoinAccounts } from './hyperliquid-accounts';
import type { Instrument } from './instruments';
import { moreOf } from './more-markets';
import type { Listing } from './source-book';

/** An asset of Hyperliquid's own dex (empty) or of a builder's. */
export interface HyperliquidListing extends Listing {
  readonly dex: string;
  readonly sizeDecimals: number;
  readonly marginTableId: number;
  readonly accounts: CoinAccounts;
}

const HOUR_MS = 3_600_000;

/** Margin tables by number: each tier's lower bound and largest leverage. */
export const MARGIN_TABLES: ReadonlyMap<number, readonly (readonly [lowerBound: number, maxLeverage: number])[]> =
  new Map([
    [
      56,
      [
        [0, 40],
        [150e6, 20],
      ],
    ],
    [
      55,
      [
        [0, 25],
        [100e6, 15],
      ],
    ],
    [
      51,
      [
        [0, 10],
        [3e6, 5],
      ],
    ],
  ]);

/** Maintenance is half of the initial margin. */
const tiersOf = (marginTableId: number): Instrument['tiers'] => {
  const table = MARGIN_TABLES.get(marginTableId) ?? [];
  return tiersFromRows(
    table.map(([, leverage], nth) => [table[nth + 1]?.[0] ?? Infinity, 0.5 / leverage, leverage] as const),
  );
};

interface Row {
  readonly market: string;
  readonly symbol: string;
  readonly dex: string;
  readonly sizeDecimals: number;
  readonly tickSize: number;
  readonly marginTableId: number;
}

/** Three basis points below the markets, three tenths of their trading. */
const DERIVATION = { priceFactor: 0.9997, qtyFactor: 0.3 };

/** `kPEPE` counts thousands; gold is listed by a builder's dex. Prices have five significant figures. */
const ROWS: readonly Row[] = [
  { market: 'BTCUSDT', symbol: 'BTC', dex: '', sizeDecimals: 5, tickSize: 1, marginTableId: 56 },
  { market: 'ETHUSDT', symbol: 'ETH', dex: '', sizeDecimals: 4, tickSize: 0.1, marginTableId: 55 },
  { market: '1000PEPEUSDT', symbol: 'kPEPE', dex: '', sizeDecimals: 0, tickSize: 0.000001, marginTableId: 51 },
  { market: 'XAUUSDT', symbol: 'xyz:GOLD', dex: 'xyz', sizeDecimals: 3, tickSize: 0.1, marginTableId: 51 },
];

const rowOf = ({ symbol, baseAsset, tickSize }: Instrument): Row => ({
  market: symbol,
  symbol: baseAsset,
  dex: '',
  sizeDecimals: 1,
  tickSize,
  marginTableId: 51,
});

export const createHyperliquidListings = (
  markets: ReadonlyMap<string, Listing>,
): ReadonlyMap<string, HyperliquidListing> => {
  // What is no coin would be a builder's.
  const coins = moreOf(markets).filter(({ underlyingType }) => underlyingType === 'COIN');
  return new Map(
    [...ROWS, ...coins.map(rowOf)].flatMap(({ market: name, symbol, dex, sizeDecimals, tickSize, marginTableId }) => {
      const market = markets.get(name);
      if (market === undefined) return [];
      const instrument: Instrument = {
        ...market.instrument,
        symbol,
        baseAsset: symbol,
        tickSize,
        qtyStep: 1 / 10 ** sizeDecimals,
        fundingIntervalMs: HOUR_MS,
        tiers: tiersOf(marginTableId),
      };
      const maxLeverage = instrument.tiers[0]?.maxLeverage ?? 1;
      const accounts = createCoinAccounts(market, { qtyStep: instrument.qtyStep, maxLeverage }, DERIVATION);
      const derived = deriveListing(market, instrument, DERIVATION);
      return [[symbol, { ...derived, dex, sizeDecimals, marginTableId, accounts }]];
    }),
  );
};
