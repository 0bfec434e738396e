import { SECOND_MS } from '@/lib/core/time';
import { createGate } from '@/lib/venues/gate';

import { describeVenue } from '../conformance';

describeVenue({
  id: 'gate',
  make: createGate,
  symbol: 'BTC_USDT',
  neighbour: 'ETH_USDT',
  contracts: [
    { symbol: 'BTC_USDT', baseAsset: 'BTC', multiplier: 1, assetClass: 'major', settlement: 'linear' },
    { symbol: 'ETH_USDT', baseAsset: 'ETH', quoteAsset: 'USDT', assetClass: 'major' },
    { symbol: 'PEPE_USDT', baseAsset: 'PEPE', multiplier: 1, assetClass: 'altcoin' },
    { symbol: 'XAU_USDT', baseAsset: 'XAU', assetClass: 'gold' },
  ],
  absent: [],
  hasMarkBars: true,
  closesBars: true,
  liquidationTimeStepMs: SECOND_MS,
  tierRequests: /risk_limit_tiers/,
});
