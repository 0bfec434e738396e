import { describe, expect, it } from 'vitest';

import { parseFrame as parseFrameOf } from '@/lib/venues/binance/frames';

import { fixture, fixtureText, hasRecordedWire, recorded, withValue } from '../fixtures';

const parseFrame = (text: string) => parseFrameOf(text, { foreignSubtype: 2, sizeOf: () => 1 });
const parse = (message: unknown) => parseFrame(JSON.stringify(message));

describe('frames of the combined socket', () => {
  it('reads an aggregate trade', () => {
    expect(parseFrame(fixtureText('agg-trade'))).toEqual({
      kind: 'trade',
      symbol: 'BTCUSDT',
      trade: { timeMs: 1767226200996, price: 87741.3, qty: 0.12, isTakerBuy: false },
    });
  });

  it('reads the mark price with its funding', () => {
    expect(parseFrame(fixtureText('mark-price'))).toEqual({
      kind: 'mark',
      symbol: 'BTCUSDT',
      mark: {
        timeMs: 1767226201000,
        markPrice: 87740.5,
        fundingRate: 0.0000521,
        nextFundingTimeMs: 1767254400000,
      },
    });
  });

  it.each([
    ['kline-open', false],
    ['kline-closed', true],
  ])('reads %s with quantities in base units and no mark', (name, isClosed) => {
    expect(parseFrame(fixtureText(name))).toEqual({
      kind: 'bar',
      symbol: 'BTCUSDT',
      isClosed,
      timeMs: 1767226201000,
      bar: {
        openTimeMs: 1767225900000,
        open: 87688.8,
        high: 87755,
        low: 87660,
        close: 87741.3,
        volume: 150.01,
        takerBuyVolume: 90.5,
        markHigh: NaN,
        markLow: NaN,
        markClose: NaN,
      },
    });
  });

  it('reads a SELL order as a liquidated long, with the filled quantity', () => {
    expect(parseFrame(fixtureText('force-order-sell'))).toEqual({
      kind: 'liquidation',
      symbol: 'BTCUSDT',
      liquidation: {
        timeMs: 1767226200990,
        positionSide: 'long',
        bankruptcyPrice: 86900.1,
        averagePrice: 87010,
        qty: 0.48,
      },
    });
  });

  it('reads a BUY order as a liquidated short', () => {
    expect(parseFrame(fixtureText('force-order-buy'))).toMatchObject({ liquidation: { positionSide: 'short' } });
  });

  it.each([undefined, '0'])('takes the order quantity while the filled one is %s', (filled) => {
    const frame = parse(withValue(fixture('force-order-sell'), ['data', 'o', 'z'], filled));
    expect(frame).toMatchObject({ liquidation: { qty: 0.5 } });
  });

  it('does not know an average price that is not published', () => {
    const frame = parse(withValue(fixture('force-order-sell'), ['data', 'o', 'ap'], '0'));
    expect(frame).toMatchObject({ liquidation: { averagePrice: NaN } });
  });

  it.each(['force-order-coin-m', 'subscribe-ack', 'list-subscriptions', 'contract-info-listing'])(
    'ignores %s',
    (name) => {
      expect(parseFrame(fixtureText(name))).toEqual({ kind: 'other' });
    },
  );

  it('reads brackets that were pushed, the last one open', () => {
    expect(parseFrame(fixtureText('contract-info'))).toEqual({
      kind: 'tiers',
      symbol: 'BTCUSDT',
      tiers: {
        source: 'venue',
        asOfMs: 1767226201000,
        tiers: [
          {
            notionalFloor: 0,
            notionalCap: 300_000,
            maintenanceMarginRate: 0.004,
            maintenanceAmount: 0,
            maxLeverage: 150,
          },
          {
            notionalFloor: 300_000,
            notionalCap: Infinity,
            maintenanceMarginRate: 0.005,
            maintenanceAmount: 300,
            maxLeverage: 100,
          },
        ],
      },
    });
  });

  it('ignores event types and fields that it does not know', () => {
    expect(parse({ stream: 'btcusdt@novelty', data: { e: 'novelty', x: 1 } })).toEqual({ kind: 'other' });
    expect(parse({ stream: 'x', data: { e: 'constructor' } })).toEqual({ kind: 'other' });
    expect(parse(withValue(fixture('agg-trade'), ['data', 'novel'], {}))).toMatchObject({ kind: 'trade' });
  });

  it('ignores klines of other lengths', () => {
    expect(parse(withValue(fixture('kline-open'), ['data', 'k', 'i'], '1m'))).toEqual({ kind: 'other' });
  });

  it.each([
    ['agg-trade', ['data', 'p'], '-1', 'trades'],
    ['agg-trade', ['data', 'p'], 'Infinity', 'trades'],
    ['agg-trade', ['data', 'p'], '', 'trades'],
    ['agg-trade', ['data', 'p'], undefined, 'trades'],
    ['agg-trade', ['data', 'T'], '1767226200996', 'trades'],
    ['agg-trade', ['data', 's'], 7, 'trades'],
    ['agg-trade', ['data', 'e'], undefined, 'trades'],
    ['mark-price', ['data', 'p'], '0', 'mark'],
    ['mark-price', ['data', 'r'], 'none', 'mark'],
    ['mark-price', ['data'], [], 'mark'],
    ['kline-open', ['data', 'k', 'v'], '-5', 'bars'],
    ['kline-open', ['data', 'k', 'x'], 'true', 'bars'],
    ['force-order-sell', ['data', 'o', 'S'], 'HOLD', 'liquidations'],
    ['force-order-sell', ['data', 'o', 'q'], 'NaN', 'liquidations'],
    ['contract-info', ['data', 'bks', 0, 'mmr'], 0, 'bars'],
  ])('counts %s with %j = %j as broken', (name, keys, value, stream) => {
    expect(parse(withValue(fixture(name), keys, value))).toMatchObject({ kind: 'broken', stream });
  });

  it.each([
    [fixtureText('force-order-sell').replaceAll(/\s/g, '').slice(0, 90), 'liquidations'],
    [fixtureText('kline-open').replaceAll(/\s/g, '').slice(0, 60), 'bars'],
    ['{"stre', 'trades'],
    ['', 'trades'],
    ['null', 'trades'],
    ['{"stream":{"broken":true},"data":{"e":{"broken":true}}}', 'trades'],
    ['[]', 'trades'],
  ])('counts the unreadable message %j against a stream', (text, stream) => {
    expect(parseFrame(text)).toMatchObject({ kind: 'broken', stream });
  });

  it('names the message whose subscriptions were refused', () => {
    expect(parseFrame(fixtureText('request-error'))).toEqual({
      kind: 'refused',
      requestId: 3,
      detail: 'Invalid request: unknown variant',
    });
  });

  it.skipIf(!hasRecordedWire)('reads every recorded frame (skipped where none are beside the project)', () => {
    const frames = recorded('websocket') as readonly unknown[];
    expect(frames.map((frame) => parse(frame).kind).filter((kind) => kind !== 'other')).toEqual([
      'trade',
      'mark',
      'mark',
      'liquidation',
      'mark',
    ]);
    const single = (name: string) => parse({ stream: 'recorded', data: recorded(name) });
    expect(single('agg_trade_stream')).toMatchObject({ kind: 'trade', trade: { price: 0.001 } });
    expect(single('mark_price_stream')).toMatchObject({ kind: 'mark', mark: { markPrice: 11794.15 } });
    expect(single('liquidation_stream')).toMatchObject({
      liquidation: { positionSide: 'long', bankruptcyPrice: 9910, averagePrice: 9910.12345678, qty: 0.014 },
    });
    expect(single('kline_stream_closed')).toEqual({ kind: 'other' });
  });
});
