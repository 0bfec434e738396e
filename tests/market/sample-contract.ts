import { splitMultiplier } from '@/lib/market/asset';
import { contractId, type Contract } from '@/lib/market/contract';

/** A contract as Binance might list it, for tests to which its figures do not matter. */
export const sampleContract = (symbol: string, asset: string, more: Partial<Contract> = {}): Contract => ({
  id: contractId('binance', symbol),
  venueId: 'binance',
  symbol,
  ...splitMultiplier(asset),
  quoteAsset: 'USDT',
  assetClass: 'major',
  settlement: 'linear',
  tickSize: 0.1,
  qtyStep: 0.001,
  isTrading: true,
  listedTimeMs: 0,
  ...more,
});

export const BTCUSDT = sampleContract('BTCUSDT', 'BTC');
