import { deriveListing } from './derived-listing';
import type { Instrument } from './instruments';
import { moreOf } from './more-markets';
import type { Listing } from './source-book';

/** A contract of Gate's: sizes are counted in contracts of so many base units. */
export interface GateListing extends Listing {
  readonly contractSize: number;
  /** The venue's word for what is traded; crypto has none. */
  readonly contractType: string;
}

interface Row {
  readonly market: string;
  readonly symbol: string;
  readonly baseAsset: string;
  readonly contractSize: number;
  readonly contractType: string;
  readonly tickSize: number;
  readonly priceFactor: number;
  readonly qtyFactor: number;
}

/** Two basis points above the markets, a quarter of their trading. PEPE is quoted by the single coin. */
const ROWS: readonly Row[] = [
  {
    market: 'BTCUSDT',
    symbol: 'BTC_USDT',
    baseAsset: 'BTC',
    contractSize: 0.0001,
    contractType: '',
    tickSize: 0.1,
    priceFactor: 1.0002,
    qtyFactor: 0.25,
  },
  {
    market: 'ETHUSDT',
    symbol: 'ETH_USDT',
    baseAsset: 'ETH',
    contractSize: 0.01,
    contractType: '',
    tickSize: 0.01,
    priceFactor: 1.0002,
    qtyFactor: 0.25,
  },
  {
    market: '1000PEPEUSDT',
    symbol: 'PEPE_USDT',
    baseAsset: 'PEPE',
    contractSize: 1,
    contractType: '',
    tickSize: 1e-10,
    priceFactor: 0.0010002,
    qtyFactor: 250,
  },
  {
    market: 'XAUUSDT',
    symbol: 'XAU_USDT',
    baseAsset: 'XAU',
    contractSize: 0.001,
    contractType: 'metals',
    tickSize: 0.01,
    priceFactor: 1.0002,
    qtyFactor: 0.25,
  },
];

const WORDS = { COIN: '', COMMODITY: 'commodities', EQUITY: 'stocks' } as const;

const rowOf = ({ symbol, baseAsset, underlyingType, tickSize, qtyStep }: Instrument): Row => ({
  market: symbol,
  symbol: `${baseAsset}_USDT`,
  baseAsset,
  contractSize: qtyStep,
  contractType: WORDS[underlyingType],
  tickSize,
  priceFactor: 1.0002,
  qtyFactor: 0.25,
});

export const createGateListings = (markets: ReadonlyMap<string, Listing>): ReadonlyMap<string, GateListing> =>
  new Map(
    [...ROWS, ...moreOf(markets).map(rowOf)].flatMap((row) => {
      const market = markets.get(row.market);
      if (market === undefined) return [];
      const { symbol, baseAsset, tickSize, contractSize, contractType } = row;
      const instrument: Instrument = { ...market.instrument, symbol, baseAsset, tickSize, qtyStep: contractSize };
      return [[symbol, { ...deriveListing(market, instrument, row), contractSize, contractType }]];
    }),
  );
