/** What a chart shows, read off the page by its site's rules; not yet a contract. */
export interface ChartSymbol {
  /** As the page spells it, e.g. `BINANCE:BTCUSDT.P`. */
  readonly raw: string;
  /** Exchange name in lower case where the page names one, e.g. `binance`, `bybit`, `oanda`; else null. */
  readonly exchange: string | null;
  /** Base and quote joined in upper case without separators, e.g. `BTCUSDT`. */
  readonly pair: string;
  readonly kind: 'perpetual' | 'spot' | 'index' | 'dated';
  /** Whose page shows it: what the user chose for it is remembered for that site alone. */
  readonly site?: string | undefined;
}

/** Contracts chosen by hand for symbols that no rule maps, by `choiceKey`. */
export type ContractChoices = Readonly<Record<string, string>>;

/** Under what a choice by hand is remembered: a site and the symbol as it spells it. */
export const choiceKey = ({ site = '', raw }: ChartSymbol): string => `${site} ${raw}`;

/** Why a band shows nothing. Text for each lives with the band and the popup. */
export const HIDDEN_REASONS = [
  'switched-off',
  'no-chart',
  'connecting',
  'unmapped-symbol',
  'no-scale',
  'scale-disagrees',
  'no-base-price',
  'price-out-of-range',
  'stale',
  'blocked',
  'withheld',
  'venue-down',
  'no-data',
] as const;
export type HiddenReason = (typeof HIDDEN_REASONS)[number];
