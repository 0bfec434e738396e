import { createBinance } from '@/lib/venues/binance';

import { describeVenue } from '../conformance';

describeVenue({
  id: 'binance',
  make: createBinance,
  symbol: 'BTCUSDT',
  neighbour: 'ETHUSDT',
  contracts: [
    { symbol: 'BTCUSDT', baseAsset: 'BTC', multiplier: 1, assetClass: 'major', settlement: 'linear' },
    { symbol: 'ETHUSDT', baseAsset: 'ETH', assetClass: 'major' },
    { symbol: '1000PEPEUSDT', baseAsset: 'PEPE', multiplier: 1000, assetClass: 'altcoin' },
    { symbol: 'XAUUSDT', baseAsset: 'XAU', assetClass: 'gold' },
  ],
  absent: [],
  hasMarkBars: true,
  closesBars: true,
  tierRequests: /brackets/,
});
