import { expect, it } from 'vitest';

import { parseFrame } from '@/lib/venues/binance/frames';

import { fixturesOf, fixtureText as usdMarginedText, withValue } from '../fixtures';

const { fixture, fixtureText } = fixturesOf('binance-coin');
const READING = { foreignSubtype: 1, sizeOf: (symbol: string) => (symbol === 'BTCUSD_PERP' ? 100 : 10) };

const parse = (name: string) => parseFrame(fixtureText(name), READING);

it('reads trades, bars and liquidations in USD', () => {
  expect(parse('agg-trade')).toMatchObject({ kind: 'trade', trade: { price: 87_741.3, qty: 1200, isTakerBuy: false } });
  expect(parse('kline')).toMatchObject({ kind: 'bar', bar: { volume: 1_500_100, takerBuyVolume: 905_000 } });
  expect(parse('force-order')).toEqual({
    kind: 'liquidation',
    symbol: 'BTCUSD_PERP',
    liquidation: {
      timeMs: 1767226200990,
      positionSide: 'long',
      bankruptcyPrice: 86_900.1,
      averagePrice: 87_010,
      qty: 4800,
    },
  });
});

it('reads marks and brackets as they are', () => {
  expect(parse('mark-price')).toMatchObject({ kind: 'mark', symbol: 'BTCUSD_PERP', mark: { markPrice: 87_740.5 } });
  expect(parse('contract-info')).toMatchObject({ kind: 'tiers', tiers: { source: 'venue', tiers: [{}, {}] } });
});

it("leaves out USD-M's events of the same socket, and takes those of an address that names no market", () => {
  expect(parseFrame(usdMarginedText('agg-trade'), READING)).toEqual({ kind: 'other' });
  const unnamed = withValue(fixture('agg-trade'), ['data', 'st'], undefined);
  expect(parseFrame(JSON.stringify(unnamed), READING)).toMatchObject({ kind: 'trade', trade: { qty: 1200 } });
});
