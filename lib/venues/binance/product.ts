import type { Settlement } from '@/lib/market/contract';
import type { StreamName } from '@/lib/market/health';
import type { RiskTiers } from '@/lib/market/risk-tier';

type Endpoint =
  | 'exchangeInfo'
  | 'klines'
  | 'markPriceKlines'
  | 'openInterest'
  | 'premiumIndex'
  | 'fundingInfo'
  | 'ticker'
  | 'time'
  | 'brackets';

/** What sets one of Binance's two futures markets apart from the other: they speak almost alike. */
export interface BinanceProduct {
  readonly id: 'binance' | 'binance-coin';
  readonly name: string;
  readonly settlement: Settlement;
  /** Of all but the brackets, which the web site has. */
  readonly origin: string;
  readonly paths: Readonly<Record<Endpoint, string>> & {
    /** Only where what is off the chain is listed. */
    readonly schedule?: string;
  };
  /** How `/futures/data` is asked for a contract, beside `period` and the like. */
  readonly openInterestQuery: (symbol: string) => Readonly<Record<string, string>>;
  readonly ratioQuery: (symbol: string) => Readonly<Record<string, string>>;
  /** Weight of `premiumIndex` for one contract; for all of them it is 10. */
  readonly premiumWeight: number;
  /** Worth of one contract in its unit, unless `exchangeInfo` lists another. */
  readonly usualContractSize: (symbol: string) => number;
  readonly bundledTiers: (symbol: string) => RiskTiers;
  readonly stream: {
    readonly url: string;
    readonly fallbackUrl?: string;
    /** `st` of the other market's events, which come over the same socket. */
    readonly foreignSubtype: number;
    readonly controls: readonly StreamName[];
    /** A contract whose mark shows that the socket delivers, where none is followed. */
    readonly heartbeat: string;
  };
}
