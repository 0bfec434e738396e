import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseFrame } from '@/lib/venues/bybit/frames';

import { fixturesOf, withValue } from '../fixtures';

const { fixture, fixtureText } = fixturesOf('bybit');
const WIRE = path.resolve(import.meta.dirname, '../../../../shared/wire/bybit');
const T0 = 1767225600000;
const changed = (name: string, path: readonly (string | number)[], value: unknown) =>
  parseFrame(JSON.stringify(withValue(fixture(name), path, value)));

describe('bybit frames', () => {
  it('reads every trade of a frame, by the side of its taker', () => {
    expect(parseFrame(fixtureText('public-trade'))).toEqual({
      kind: 'trades',
      symbol: 'BTCUSDT',
      trades: [
        { timeMs: T0 + 865, price: 87610.5, qty: 0.001, isTakerBuy: true },
        { timeMs: T0 + 866, price: 87610.4, qty: 0.25, isTakerBuy: false },
      ],
      timeMs: T0 + 868,
    });
  });

  it("takes the side of a liquidation as the position's: a Buy was a long", () => {
    expect(parseFrame(fixtureText('all-liquidation'))).toEqual({
      kind: 'liquidations',
      symbol: 'BTCUSDT',
      liquidations: [
        { timeMs: T0 + 1650, positionSide: 'long', bankruptcyPrice: 86010, averagePrice: NaN, qty: 0.12 },
        { timeMs: T0 + 1700, positionSide: 'short', bankruptcyPrice: 88990.1, averagePrice: NaN, qty: 1.5 },
      ],
    });
  });

  it('tells of a ticker what it says, and nothing where a delta is silent', () => {
    expect(parseFrame(fixtureText('ticker-snapshot'))).toMatchObject({
      isSnapshot: true,
      change: { markPrice: 87611.07, fundingRate: -0.00012, nextFundingTimeMs: T0 + 28_800_000 },
    });
    expect(parseFrame(fixtureText('ticker-delta'))).toMatchObject({
      isSnapshot: false,
      change: { markPrice: 87612, fundingRate: null, nextFundingTimeMs: null },
    });
    expect(changed('ticker-delta', ['data', 'fundingRate'], '')).toMatchObject({ change: { fundingRate: null } });
  });

  it('reads the bar that closed, without a split of takers', () => {
    expect(parseFrame(fixtureText('kline-frame'))).toMatchObject({
      kind: 'bars',
      bars: [{ bar: { openTimeMs: T0, high: 87702, volume: 120.25, takerBuyVolume: NaN }, isClosed: true }],
      timeMs: T0 + 300_010,
    });
    expect(changed('kline-frame', ['data', 0, 'interval'], '1')).toMatchObject({ bars: [] });
  });

  it('knows answers to requests, and refusals', () => {
    expect(parseFrame(fixtureText('subscribe-ack'))).toEqual({ kind: 'answer' });
    expect(parseFrame(fixtureText('pong'))).toEqual({ kind: 'answer' });
    expect(parseFrame(fixtureText('subscribe-error'))).toEqual({
      kind: 'refused',
      requestId: 1,
      detail: 'error:handler not found,topic:publicTrade.NOPE',
    });
    expect(parseFrame('{"topic":"orderbook.1.BTCUSDT","data":{}}')).toEqual({ kind: 'other' });
  });

  it.each([
    ['public-trade', ['data', 1, 'p'], '-1', 'trades'],
    ['public-trade', ['data', 0, 'v'], 'Infinity', 'trades'],
    ['public-trade', ['data', 0, 'S'], 'Hold', 'trades'],
    ['public-trade', ['data'], null, 'trades'],
    ['ticker-delta', ['data', 'markPrice'], '0', 'mark'],
    ['kline-frame', ['data', 0, 'open'], 'NaN', 'bars'],
    ['all-liquidation', ['data', 0, 'S'], 'SELL', 'liquidations'],
    ['all-liquidation', ['data', 1, 'v'], '0', 'liquidations'],
  ])('counts %s with %j = %j as broken', (name, path, value, stream) => {
    expect(changed(name, path, value)).toMatchObject({ kind: 'broken', stream });
  });

  it.each([
    ['{"topic":"allLiquidation.BTCUSDT","type":"snap', 'liquidations'],
    ['{"topic":"kline.5.BTCUSDT","data":[{"sta', 'bars'],
    ['[]', 'trades'],
  ])('counts %s, which cannot be read to its end', (text, stream) => {
    expect(parseFrame(text)).toMatchObject({ kind: 'broken', stream });
  });

  it.skipIf(!existsSync(WIRE)).each([
    ['ws_ticker_linear', 'ticker'],
    ['ws_kline', 'bars'],
    ['ws_subscription_ack', 'answer'],
    ['ws_subscription_failure', 'refused'],
  ])('reads the documented %s (skipped where there is none)', (name, kind) => {
    expect(parseFrame(readFileSync(path.join(WIRE, `${name}.json`), 'utf8')).kind).toBe(kind);
  });
});
