import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseFrames } from '@/lib/venues/bitget/frames';

import { fixturesOf, withValue } from '../fixtures';

const { fixture, fixtureText } = fixturesOf('bitget');
const T = 1_767_225_600_000;
const parseChanged = (name: string, keys: readonly (string | number)[], value: unknown) =>
  parseFrames(JSON.stringify(withValue(fixture(name), keys, value)));

const WIRE = path.resolve(import.meta.dirname, '../../../../shared/wire/bitget-futures/websocket.json');

describe('frames of Bitget', () => {
  it("reads each trade of a message with its taker's side", () => {
    expect(parseFrames(fixtureText('public-trade'))).toEqual([
      { kind: 'trade', symbol: 'BTCUSDT', trade: { timeMs: T + 1, price: 64_021.5, qty: 0.055, isTakerBuy: true } },
      { kind: 'trade', symbol: 'BTCUSDT', trade: { timeMs: T + 1, price: 64_021.4, qty: 0.055, isTakerBuy: false } },
    ]);
  });

  it('does not take trades from before the subscription for new ones', () => {
    expect(parseFrames(fixtureText('public-trade-snapshot'))).toEqual([
      { kind: 'past', stream: 'trades', symbol: 'BTCUSDT' },
    ]);
  });

  it('reads mark and funding off the ticker', () => {
    const mark = { timeMs: T + 3, markPrice: 64_001.2, fundingRate: -0.00003, nextFundingTimeMs: T + 8 * 3_600_000 };
    expect(parseFrames(fixtureText('ticker-push'))).toEqual([{ kind: 'mark', symbol: 'BTCUSDT', mark }]);
  });

  it('reads a bar without a taker split', () => {
    expect(parseFrames(fixtureText('kline'))).toMatchObject([
      {
        kind: 'bar',
        symbol: 'BTCUSDT',
        timeMs: T + 1_000,
        bar: { openTimeMs: T, open: 64_000, high: 64_012.5, low: 63_987.1, close: 64_010.4, volume: 20.0125 },
      },
    ]);
  });

  it.each([
    ['liquidation-long', 'long', 63_512.4, 0.1],
    ['liquidation-short', 'short', 64_300.5, 0.005],
  ])('%s: the side is that of the position, the amount is in USDT', (name, positionSide, bankruptcyPrice, qty) => {
    const [frame] = parseFrames(fixtureText(name));
    expect(frame).toMatchObject({ kind: 'liquidation', liquidation: { positionSide, bankruptcyPrice } });
    expect(frame.kind === 'liquidation' && frame.liquidation.qty).toBeCloseTo(qty, 12);
  });

  it.each([
    ['public-trade', ['data', 0, 'p'], '-1', 'trades'],
    ['public-trade', ['data', 0, 'S'], 'none', 'trades'],
    ['ticker-push', ['data', 0, 'markPrice'], '', 'mark'],
    ['kline', ['data', 0, 'volume'], '-1', 'bars'],
    ['liquidation-long', ['data', 0, 'amount'], '0', 'liquidations'],
    ['liquidation-long', ['ts'], undefined, 'liquidations'],
  ])('counts %s as broken with another %j', (name, keys, value, stream) => {
    expect(parseChanged(name, keys, value)[0]).toMatchObject({ kind: 'broken', stream });
  });

  it('takes answers for signs of life and refusals for what they are', () => {
    expect(parseFrames('pong')).toEqual([{ kind: 'alive' }]);
    expect(parseFrames(fixtureText('subscribe-ack'))).toEqual([{ kind: 'alive' }]);
    expect(parseFrames(fixtureText('subscribe-error'))).toMatchObject([
      { kind: 'refused', subscription: 'publicTrade NOSUCH', stream: 'trades' },
    ]);
    expect(parseFrames('{"arg":{"topic":"books"},"data":[{}],"ts":1}')).toEqual([]);
    expect(parseFrames('[]')).toMatchObject([{ kind: 'broken' }]);
  });

  it('reads the frames that were recorded', ({ skip }) => {
    if (!existsSync(WIRE)) {
      skip('no recorded frames beside the project');
      return;
    }
    const recorded = JSON.parse(readFileSync(WIRE, 'utf8')) as readonly object[];
    const frames = recorded.flatMap((frame) => parseFrames(JSON.stringify(frame)));
    expect(frames.filter(({ kind }) => kind === 'broken')).toEqual([]);
    expect(frames.find(({ kind }) => kind === 'trade')).toMatchObject({ trade: { price: 76_631.3, qty: 0.01 } });
    expect(frames.find(({ kind }) => kind === 'mark')).toMatchObject({ mark: { markPrice: 76_631.3 } });
    const quantities = frames.flatMap((frame) => (frame.kind === 'liquidation' ? frame.liquidation.qty : []));
    // Whole steps of size only if the amount is in USDT.
    expect(quantities[0]).toBeCloseTo(83.1, 9);
    expect(quantities[1]).toBeCloseTo(286.5, 9);
  });
});
