import { describe, expect, it } from 'vitest';

import { parseMessage } from '@/lib/venues/gate/frames';

import { fixturesOf, withValue } from '../fixtures';

const { fixture, fixtureText } = fixturesOf('gate');
const SIZES = new Map([['BTC_USDT', 0.0001]]);
const parse = (message: unknown) => parseMessage(JSON.stringify(message), SIZES);

describe('messages of the futures socket', () => {
  it('reads trades in base units, their side by the sign of the size, without internal ones', () => {
    expect(parseMessage(fixtureText('trades'), SIZES)).toEqual([
      {
        kind: 'trade',
        symbol: 'BTC_USDT',
        trade: { timeMs: 1767226200996, price: 87741.3, qty: 108 * 0.0001, isTakerBuy: false },
      },
      {
        kind: 'trade',
        symbol: 'BTC_USDT',
        trade: { timeMs: 1767226200999, price: 87741.4, qty: 0.25, isTakerBuy: true },
      },
    ]);
  });

  it('reads the mark price with its funding', () => {
    expect(parseMessage(fixtureText('tickers-update'), SIZES)).toEqual([
      {
        kind: 'mark',
        symbol: 'BTC_USDT',
        mark: {
          timeMs: 1767226201000,
          markPrice: 87740.55,
          fundingRate: 0.000052,
          nextFundingTimeMs: 1767254400000,
        },
      },
    ]);
  });

  it('takes the time of the message and an unknown funding time where the ticker tells neither', () => {
    const bare = withValue(
      withValue(fixture('tickers-update'), ['result', 0, 't'], undefined),
      ['result', 0, 'funding_next_apply'],
      undefined,
    );
    expect(parse(bare)).toMatchObject([{ mark: { timeMs: 1767226201050, nextFundingTimeMs: NaN } }]);
  });

  it('reads the bar that closed and the one that is open, in base units', () => {
    const frames = parseMessage(fixtureText('candlesticks-update'), SIZES);
    expect(frames).toMatchObject([
      {
        kind: 'bar',
        symbol: 'BTC_USDT',
        isClosed: true,
        timeMs: 1767226201100,
        bar: { openTimeMs: 1767225900000, open: 87688.8, high: 87755, low: 87660, close: 87741.3 },
      },
      { isClosed: false, bar: { openTimeMs: 1767226200000, takerBuyVolume: NaN, markClose: NaN } },
    ]);
    expect(frames[0]).toMatchObject({ bar: { volume: expect.closeTo(150.01, 9) as number } });
  });

  it('reads liquidations by the side of the position, of contracts whose size is known', () => {
    const frames = parseMessage(fixtureText('public-liquidates'), SIZES);
    expect(frames).toMatchObject([
      {
        kind: 'liquidation',
        symbol: 'BTC_USDT',
        liquidation: { timeMs: 1767226200123, positionSide: 'long', bankruptcyPrice: 87010.2, averagePrice: NaN },
      },
      { liquidation: { timeMs: 1767226200456, positionSide: 'short', qty: 2 } },
    ]);
  });

  it('reads times in seconds too, as they were sent before August 2026', () => {
    const [frame] = parse(withValue(fixture('public-liquidates'), ['result', 0, 'time'], 1767226200));
    expect(frame).toMatchObject({ liquidation: { timeMs: 1767226200000 } });
  });

  it('reads pushed tiers, the last one open, and tells a change from the first state', () => {
    expect(parseMessage(fixtureText('contract-info'), SIZES)).toEqual([
      {
        kind: 'tiers',
        symbol: 'BTC_USDT',
        timeMs: 1767226201300,
        isChange: true,
        tiers: [
          {
            notionalFloor: 0,
            notionalCap: 1e6,
            maintenanceMarginRate: 0.005,
            maintenanceAmount: 0,
            maxLeverage: 100,
          },
          {
            notionalFloor: 1e6,
            notionalCap: Infinity,
            maintenanceMarginRate: 0.01,
            maintenanceAmount: 5000,
            maxLeverage: 50,
          },
        ],
      },
    ]);
    expect(parse(withValue(fixture('contract-info'), ['event'], 'all'))).toMatchObject([{ isChange: false }]);
  });

  it.each(['subscribe-ack', 'contract-info-steps'])('ignores %s', (name) => {
    expect(parseMessage(fixtureText(name), SIZES)).toEqual([]);
  });

  it('ignores channels and fields that it does not know', () => {
    expect(parse({ time: 1, channel: 'futures.novelty', event: 'update', result: [] })).toEqual([]);
    expect(parse({ time: 1, channel: 'constructor', event: 'update', result: [] })).toEqual([]);
    expect(parse(withValue(fixture('trades'), ['result', 0, 'novel'], {}))).toHaveLength(2);
  });

  it('hears the answer to a ping', () => {
    expect(parseMessage(fixtureText('pong'), SIZES)).toEqual([{ kind: 'alive' }]);
  });

  it.each([
    ['trades', ['result', 0, 'price'], '-1', 'trades'],
    ['trades', ['result', 0, 'price'], 'Infinity', 'trades'],
    ['trades', ['result', 0, 'price'], '', 'trades'],
    ['trades', ['result', 0, 'size'], 0, 'trades'],
    ['trades', ['result', 0, 'size'], 'many', 'trades'],
    ['trades', ['result', 0, 'create_time_ms'], undefined, 'trades'],
    ['trades', ['result', 0, 'contract'], 7, 'trades'],
    ['trades', ['result', 0], null, 'trades'],
    ['trades', ['time_ms'], 'now', 'trades'],
    ['tickers-update', ['result', 0, 'mark_price'], '0', 'mark'],
    ['tickers-update', ['result', 0, 'funding_rate'], 'none', 'mark'],
    ['candlesticks-update', ['result', 0, 'v'], -5, 'bars'],
    ['candlesticks-update', ['result', 0, 'w'], 'true', 'bars'],
    ['public-liquidates', ['result', 0, 'size'], 0, 'liquidations'],
    ['public-liquidates', ['result', 0, 'price'], 'NaN', 'liquidations'],
    ['contract-info', ['result', 'risk_limit_tiers', 0, 'maintenance_rate'], '2', 'bars'],
  ])('counts %s with %j = %j as broken', (name, keys, value, stream) => {
    expect(parse(withValue(fixture(name), keys, value))[0]).toMatchObject({ kind: 'broken', stream });
  });

  it('keeps the good rows of a message beside a broken one', () => {
    expect(parse(withValue(fixture('trades'), ['result', 0, 'price'], '0')).map(({ kind }) => kind)).toEqual([
      'broken',
      'trade',
    ]);
  });

  it.each([
    [fixtureText('public-liquidates').replaceAll(/\s/g, '').slice(0, 120), 'liquidations'],
    [fixtureText('candlesticks-update').replaceAll(/\s/g, '').slice(0, 120), 'bars'],
    [fixtureText('subscribe-error'), 'trades'],
    ['{"time', 'trades'],
    ['[]', 'trades'],
    ['{}', 'trades'],
  ])('counts %s as broken', (text, stream) => {
    expect(parseMessage(text, SIZES)).toMatchObject([{ kind: 'broken', stream }]);
  });
});
