import { expect, it } from 'vitest';

import { guessSymbol } from '@/lib/market/guess-symbol';

const guess = (raw: string, exchange: string | null = null) => {
  const { pair, kind } = guessSymbol({ raw, exchange, pair: raw.toUpperCase(), kind: 'spot' });
  return `${pair} ${kind}`;
};

it.each([
  ['charts.example/trade/BTCUSDT', 'BTCUSDT spot'],
  ['charts.example/trade/usdt/BTCUSDT', 'BTCUSDT spot'],
  ['charts.example/en/btc-usdt-swap', 'BTCUSDT perpetual'],
  ['charts.example/?symbol=BINANCE:ETHUSDT.P', 'ETHUSDT perpetual'],
  ['ETH_USDT', 'ETHUSDT spot'],
  ['BINANCE:BTCUSDT.P_OI', 'BINANCE:BTCUSDT.P_OI spot'],
  ['charts.example/', 'CHARTS.EXAMPLE/ spot'],
])('takes %s for %s', (raw, expected) => {
  expect(guess(raw)).toBe(expected);
});

it.each([
  ['BINANCE:BTCUSDT.P', 'binance'],
  ['charts.example/?symbol=okx:ETHUSDT.P', 'okx'],
  ['BTC-USDT-SWAP', null],
])('takes the exchange from %s where it is named', (raw, exchange) => {
  expect(guessSymbol({ raw, exchange: null, pair: raw.toUpperCase(), kind: 'spot' }).exchange).toBe(exchange);
});

it('leaves what a rule has read alone', () => {
  expect(guess('BTC-USDT', 'okx')).toBe('BTC-USDT spot');
});
