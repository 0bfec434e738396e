import { deriveListing } from './derived-listing';
import type { Instrument } from './instruments';
import { moreOf } from './more-markets';
import type { Listing } from './source-book';

/** A swap of OKX's: everything is counted in contracts. */
export interface OkxListing extends Listing {
  readonly family: string;
  readonly type: 'linear' | 'inverse';
  /** Base units, or USD for an inverse one. */
  readonly contractValue: number;
  readonly contractValueAsset: string;
  /** Smallest order, in contracts. */
  readonly lot: number;
  /** 1 for crypto, 3 for shares, 4 for commodities. */
  readonly category: string;
}

type Row = Omit<OkxListing, keyof Listing> & {
  readonly market: string;
  readonly tickSize: number;
  readonly priceFactor: number;
  readonly qtyFactor: number;
};

const LINEAR = { type: 'linear', category: '1', lot: 0.01, priceFactor: 0.9997, qtyFactor: 0.3 } as const;

/** Three basis points below the markets, three tenths of their trading. PEPE is quoted by the single coin. */
const ROWS: readonly Row[] = [
  {
    ...LINEAR,
    market: 'BTCUSDT',
    family: 'BTC-USDT',
    contractValue: 0.01,
    contractValueAsset: 'BTC',
    tickSize: 0.1,
  },
  {
    ...LINEAR,
    market: 'ETHUSDT',
    family: 'ETH-USDT',
    contractValue: 0.1,
    contractValueAsset: 'ETH',
    tickSize: 0.01,
  },
  {
    ...LINEAR,
    market: '1000PEPEUSDT',
    family: 'PEPE-USDT',
    contractValue: 10_000_000,
    contractValueAsset: 'PEPE',
    lot: 0.1,
    tickSize: 1e-10,
    priceFactor: 0.0009997,
    qtyFactor: 300,
  },
  {
    ...LINEAR,
    market: 'XAUUSDT',
    family: 'XAU-USDT',
    category: '4',
    contractValue: 0.001,
    contractValueAsset: 'XAU',
    lot: 1,
    tickSize: 0.01,
  },
  {
    ...LINEAR,
    type: 'inverse',
    market: 'BTCUSDT',
    family: 'BTC-USD',
    contractValue: 100,
    contractValueAsset: 'USD',
    lot: 0.1,
    tickSize: 0.1,
    // USD for base units at about the market's price.
    qtyFactor: 0.05 * 64_000,
  },
];

/** OKX maintains the whole position at its tier's rate. */
const withoutDeductions = ({ tiers }: Instrument): Instrument['tiers'] =>
  tiers.map((tier) => ({ ...tier, maintenanceAmount: 0 }));

const CATEGORIES = { COIN: '1', EQUITY: '3', COMMODITY: '4' } as const;

const rowOf = ({ symbol, baseAsset, underlyingType, tickSize, qtyStep }: Instrument): Row => ({
  ...LINEAR,
  category: CATEGORIES[underlyingType],
  market: symbol,
  family: `${baseAsset}-USDT`,
  contractValue: qtyStep,
  contractValueAsset: baseAsset,
  lot: 1,
  tickSize,
});

export const createOkxListings = (markets: ReadonlyMap<string, Listing>): ReadonlyMap<string, OkxListing> =>
  new Map(
    [...ROWS, ...moreOf(markets).map(rowOf)].flatMap(
      ({ market: marketSymbol, tickSize, priceFactor, qtyFactor, ...own }) => {
        const market = markets.get(marketSymbol);
        if (market === undefined) return [];
        const symbol = `${own.family}-SWAP`;
        const instrument: Instrument = {
          ...market.instrument,
          symbol,
          baseAsset: own.family.split('-')[0],
          tickSize,
          qtyStep: own.contractValue * own.lot,
          tiers: withoutDeductions(market.instrument),
        };
        return [[symbol, { ...deriveListing(market, instrument, { priceFactor, qtyFactor }), ...own }]];
      },
    ),
  );
