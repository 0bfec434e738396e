import { createBybit } from '@/lib/venues/bybit';

import { describeVenue } from '../conformance';

const SHARED = {
  id: 'bybit',
  make: createBybit,
  contracts: [
    { symbol: 'BTCUSDT', baseAsset: 'BTC', quoteAsset: 'USDT', assetClass: 'major', settlement: 'linear' },
    { symbol: 'BTCPERP', baseAsset: 'BTC', quoteAsset: 'USDC', assetClass: 'major', settlement: 'linear' },
    { symbol: 'BTCUSD', baseAsset: 'BTC', quoteAsset: 'USD', assetClass: 'major', settlement: 'inverse' },
    { symbol: 'ETHUSDT', baseAsset: 'ETH', assetClass: 'major' },
    { symbol: '1000PEPEUSDT', baseAsset: 'PEPE', multiplier: 1000, assetClass: 'altcoin' },
    { symbol: 'XAUUSDT', baseAsset: 'XAU', assetClass: 'gold' },
  ],
  absent: ['BTCUSDT-25DEC26', 'BTCUSDZ26'],
  hasMarkBars: true,
  closesBars: true,
  tierRequests: /risk-limit/,
} as const;

describeVenue({ ...SHARED, symbol: 'BTCUSDT', neighbour: 'ETHUSDT' });
describeVenue({ ...SHARED, symbol: 'BTCUSD' });
