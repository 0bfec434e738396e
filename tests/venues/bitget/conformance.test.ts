import { createBitget } from '@/lib/venues/bitget';

import { describeVenue } from '../conformance';

describeVenue({
  id: 'bitget',
  make: createBitget,
  symbol: 'BTCUSDT',
  neighbour: 'ETHUSDT',
  contracts: [
    { symbol: 'BTCUSDT', baseAsset: 'BTC', multiplier: 1, assetClass: 'major', settlement: 'linear' },
    { symbol: 'ETHUSDT', baseAsset: 'ETH', quoteAsset: 'USDT', assetClass: 'major' },
    { symbol: 'PEPEUSDT', baseAsset: 'PEPE', multiplier: 1, assetClass: 'altcoin' },
    { symbol: 'XAUUSDT', baseAsset: 'XAU', assetClass: 'gold' },
  ],
  absent: ['BTCUSDT_261225'],
  hasMarkBars: true,
  closesBars: true,
  tierRequests: /position-tier/,
});
