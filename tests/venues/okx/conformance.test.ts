import { createOkx } from '@/lib/venues/okx';
import { ODD_SWAPS } from '@/tests/exchange/okx-rest';

import { describeVenue } from '../conformance';

const CASE = {
  id: 'okx',
  make: createOkx,
  contracts: [
    { symbol: 'BTC-USDT-SWAP', baseAsset: 'BTC', multiplier: 1, assetClass: 'major', settlement: 'linear' },
    { symbol: 'ETH-USDT-SWAP', baseAsset: 'ETH', quoteAsset: 'USDT', assetClass: 'major' },
    { symbol: 'PEPE-USDT-SWAP', baseAsset: 'PEPE', multiplier: 1, assetClass: 'altcoin' },
    { symbol: 'XAU-USDT-SWAP', baseAsset: 'XAU', assetClass: 'gold' },
    { symbol: 'BTC-USD-SWAP', baseAsset: 'BTC', quoteAsset: 'USD', settlement: 'inverse' },
  ],
  absent: ODD_SWAPS,
  hasMarkBars: true,
  closesBars: true,
  tierRequests: /position-tiers/,
} as const;

describeVenue({ ...CASE, symbol: 'BTC-USDT-SWAP', neighbour: 'ETH-USDT-SWAP' });
describeVenue({ ...CASE, symbol: 'BTC-USD-SWAP' });
