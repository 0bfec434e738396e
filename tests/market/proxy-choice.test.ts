import { expect, it } from 'vitest';

import { contractId, type Contract, type VenueId } from '@/lib/market/contract';
import { bestContract, isOfExchange } from '@/lib/market/proxy-choice';

import { sampleContract } from './sample-contract';

const at = (venueId: VenueId, symbol: string, asset: string, more: Partial<Contract> = {}): Contract =>
  sampleContract(symbol, asset, { id: contractId(venueId, symbol), venueId, ...more });

const BINANCE = at('binance', 'BTCUSDT', 'BTC');
const BYBIT = at('bybit', 'BTCUSDT', 'BTC');
const OKX_COIN = at('okx', 'BTC-USD-SWAP', 'BTC', { settlement: 'inverse', quoteAsset: 'USD' });
const BYBIT_USDC = at('bybit', 'BTCPERP', 'BTC', { quoteAsset: 'USDC' });
const GOLD = at('bybit', 'XAUUSDT', 'XAU');
const GOLD_TOKEN = at('binance', 'PAXGUSDT', 'PAXG');

const best = (
  candidates: readonly Contract[],
  usd: Readonly<Record<string, number>> = {},
  wish: Partial<Parameters<typeof bestContract>[1]> = {},
) =>
  bestContract(candidates, { baseAsset: 'BTC', exchange: null, current: null, ...wish }, (id) => usd[id] ?? null)?.id;

it('is of the very asset rather than of a claim on it, however large', () => {
  expect(best([GOLD_TOKEN, GOLD], { [GOLD_TOKEN.id]: 1e9, [GOLD.id]: 1 }, { baseAsset: 'XAU' })).toBe(GOLD.id);
});

it('is at the chart’s own exchange, however small, else the one with the most open interest', () => {
  const usd = { [BINANCE.id]: 100, [BYBIT.id]: 200 };
  expect(best([BINANCE, BYBIT], usd)).toBe(BYBIT.id);
  expect(best([BYBIT, BINANCE], usd, { exchange: 'binance' })).toBe(BINANCE.id);
  expect(best([BINANCE, BYBIT], usd, { exchange: 'kraken' })).toBe(BYBIT.id);
});

it('stays the present one until another holds clearly more', () => {
  const current = BINANCE.id;
  expect(best([BINANCE, BYBIT], { [BINANCE.id]: 100, [BYBIT.id]: 149 }, { current })).toBe(BINANCE.id);
  expect(best([BINANCE, BYBIT], { [BINANCE.id]: 100, [BYBIT.id]: 151 }, { current })).toBe(BYBIT.id);
});

it('is by the usual order of settlements, quotes and venues where open interest is not known', () => {
  expect(best([OKX_COIN, BYBIT_USDC])).toBe(BYBIT_USDC.id);
  expect(best([BYBIT_USDC, BYBIT])).toBe(BYBIT.id);
  expect(best([BYBIT, BINANCE])).toBe(BINANCE.id);
  expect(best([])).toBeUndefined();
});

it('knows a venue by the names that charts have for it', () => {
  expect(isOfExchange({ venueId: 'binance-coin' }, 'binance')).toBe(true);
  expect(isOfExchange({ venueId: 'gate' }, 'gateio')).toBe(true);
  expect(isOfExchange({ venueId: 'okx' }, 'okex')).toBe(true);
  expect(isOfExchange({ venueId: 'okx' }, 'binance')).toBe(false);
});
