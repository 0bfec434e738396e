import { createBinanceCoin } from '@/lib/venues/binance-coin';

import { describeVenue } from '../conformance';

describeVenue({
  id: 'binance-coin',
  make: createBinanceCoin,
  symbol: 'BTCUSD_PERP',
  neighbour: 'ETHUSD_PERP',
  contracts: [
    {
      symbol: 'BTCUSD_PERP',
      baseAsset: 'BTC',
      quoteAsset: 'USD',
      assetClass: 'major',
      settlement: 'inverse',
      qtyStep: 100,
    },
    { symbol: 'ETHUSD_PERP', baseAsset: 'ETH', assetClass: 'major', settlement: 'inverse', qtyStep: 10 },
    { symbol: 'DOGEUSD_PERP', baseAsset: 'DOGE', multiplier: 1, assetClass: 'altcoin', settlement: 'inverse' },
  ],
  absent: ['BTCUSD_261225'],
  hasMarkBars: true,
  closesBars: true,
  tierRequests: /brackets/,
});
