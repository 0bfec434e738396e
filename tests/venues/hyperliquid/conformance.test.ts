import { createHyperliquid } from '@/lib/venues/hyperliquid';

import { describeVenue } from '../conformance';

describeVenue({
  id: 'hyperliquid',
  make: createHyperliquid,
  symbol: 'BTC',
  neighbour: 'ETH',
  contracts: [
    { symbol: 'BTC', baseAsset: 'BTC', multiplier: 1, assetClass: 'major', settlement: 'linear' },
    { symbol: 'ETH', baseAsset: 'ETH', quoteAsset: 'USDC', assetClass: 'major' },
    { symbol: 'kPEPE', baseAsset: 'PEPE', multiplier: 1000, assetClass: 'altcoin' },
    { symbol: 'xyz:GOLD', baseAsset: 'GOLD', assetClass: 'gold' },
  ],
  absent: [],
  hasMarkBars: false,
  closesBars: false,
  tierRequests: /metaAndAssetCtxs/,
});
