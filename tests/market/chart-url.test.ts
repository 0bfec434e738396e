import { expect, it } from 'vitest';

import { chartUrl } from '@/lib/market/chart-url';
import type { Contract, VenueId } from '@/lib/market/contract';
import { siteAt } from '@/lib/sites';

import { CONTRACT } from '../components/samples';

const of = (venueId: VenueId, symbol: string, changed: Partial<Contract> = {}): Contract => ({
  ...CONTRACT,
  venueId,
  id: `${venueId}:${symbol}`,
  symbol,
  ...changed,
});
const INVERSE = { settlement: 'inverse', quoteAsset: 'USD' } as const;

/** Each with the pair that its chart is read as. */
const CASES = [
  [of('binance', 'BTCUSDT'), 'binance', 'BTCUSDT'],
  [of('binance-coin', 'BTCUSD_PERP', INVERSE), 'binance', 'BTCUSD'],
  [of('bybit', 'BTCUSDT'), 'bybit', 'BTCUSDT'],
  [of('bybit', 'BTCUSD', INVERSE), 'bybit', 'BTCUSD'],
  [of('gate', 'BTC_USDT'), 'gate', 'BTCUSDT'],
  [of('okx', 'BTC-USDT-SWAP'), 'okx', 'BTCUSDT'],
  [of('bitget', 'BTCUSDT'), 'bitget', 'BTCUSDT'],
  [of('hyperliquid', 'BTC', { quoteAsset: 'USDC' }), 'hyperliquid', 'BTCUSDC'],
  [of('hyperliquid', 'xyz:GOLD', { quoteAsset: 'USDC' }), 'hyperliquid', 'GOLDUSDC'],
] as const;

it.each(CASES)(
  'of $symbol is read back as that perpetual, at its venue and on TradingView',
  (contract, exchange, pair) => {
    for (const place of ['venue', 'tradingview'] as const) {
      const url = new URL(chartUrl(contract, place));
      const site = siteAt(url);
      expect(site?.symbolFromUrl(url)).toMatchObject({ exchange, pair, kind: 'perpetual' });
    }
  },
);
