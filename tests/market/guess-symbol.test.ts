import { expect, it } from 'vitest';

import { guessSymbol } from '@/lib/market/guess-symbol';

const guessed = (raw: string, exchange: string | null = null) =>
  guessSymbol({ raw, exchange, pair: raw.toUpperCase(), kind: 'spot', site: 'charts.example' });
const guess = (raw: string, exchange: string | null = null) => {
  const { pair, kind } = guessed(raw, exchange);
  return `${pair} ${kind}`;
};

it.each([
  ['charts.example/trade/BTCUSDT', 'BTCUSDT spot'],
  ['charts.example/trade/usdt/BTCUSDT', 'BTCUSDT spot'],
  ['charts.example/en/btc-usdt-swap', 'BTCUSDT perpetual'],
  ['charts.example/?symbol=BINANCE:ETHUSDT.P', 'ETHUSDT perpetual'],
  ['charts.example/#/trade/ETH_USDT', 'ETHUSDT spot'],
  ['ETH_USDT', 'ETHUSDT spot'],
  ['ETH/USDT', 'ETHUSDT spot'],
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
  expect(guessed(raw).exchange).toBe(exchange);
});

it.each([
  'BINANCE:BTCUSDT/2',
  'BINANCE:BTCUSDT/BINANCE:ETHUSDT',
  '1/BINANCE:BTCUSDT',
  'BINANCE:ETHUSDT.P-BYBIT:ETHUSDT.P',
])('finds no symbol in the calculation %s, whose result is another price', (raw) => {
  expect(guess(raw)).toBe(`${raw} spot`);
});

it('leaves what a rule has read alone', () => {
  expect(guess('BTC-USDT', 'okx')).toBe('BTC-USDT spot');
});
