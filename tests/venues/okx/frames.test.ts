import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseFrames } from '@/lib/venues/okx/frames';

import { fixturesOf, withValue } from '../fixtures';

const { fixture, fixtureText } = fixturesOf('okx');
const T = 1_767_225_600_000;
const UNITS: Readonly<Record<string, number>> = { 'BTC-USDT-SWAP': 0.01, 'BTC-USD-SWAP': 100, 'PEPE-USDT-SWAP': 1e7 };
const parse = (text: string) => parseFrames(text, (symbol) => UNITS[symbol]);
const parseChanged = (name: string, keys: readonly (string | number)[], value: unknown) =>
  parse(JSON.stringify(withValue(fixture(name), keys, value)));

const WIRE = path.resolve(import.meta.dirname, '../../../../shared/wire/okx-swap/websocket.json');

describe('frames of OKX', () => {
  it("counts a trade's contracts in base units", () => {
    expect(parse(fixtureText('trades'))).toEqual([
      {
        kind: 'trade',
        symbol: 'BTC-USDT-SWAP',
        trade: { timeMs: T + 1, price: 64_021.5, qty: 5.5 * 0.01, isTakerBuy: true },
      },
    ]);
    expect(parseChanged('trades', ['data', 0, 'side'], 'sell')).toMatchObject([{ trade: { isTakerBuy: false } }]);
  });

  it('counts an inverse contract in USD', () => {
    const text = fixtureText('trades').replaceAll('BTC-USDT-SWAP', 'BTC-USD-SWAP');
    expect(parse(text)).toMatchObject([{ symbol: 'BTC-USD-SWAP', trade: { qty: 550 } }]);
  });

  it('reads marks and the funding of the settlement that comes next', () => {
    expect(parse(fixtureText('mark-price-push'))).toEqual([
      { kind: 'mark', symbol: 'BTC-USDT-SWAP', timeMs: T + 2, markPrice: 64_020.9 },
    ]);
    expect(parse(fixtureText('funding-rate-push'))).toEqual([
      { kind: 'funding', symbol: 'BTC-USDT-SWAP', rate: -0.00011, nextTimeMs: T + 8 * 3_600_000 },
    ]);
  });

  it.each([
    ['candle5m-open', false, 2_001.25],
    ['candle5m-closed', true, 2_101.25],
  ])('reads %s without a taker split', (name, isClosed, contracts) => {
    const [frame] = parse(fixtureText(name));
    expect(frame).toMatchObject({
      kind: 'bar',
      symbol: 'BTC-USDT-SWAP',
      isClosed,
      bar: { openTimeMs: T, open: 64_000, high: 64_012.5, low: 63_987.1, close: 64_010.4, takerBuyVolume: NaN },
    });
    expect(frame.kind === 'bar' && frame.bar.volume).toBeCloseTo(contracts * 0.01, 9);
  });

  it.each([
    ['liquidation-orders-long', 'BTC-USDT-SWAP', 'long', 63_512.4, 12.5 * 0.01],
    ['liquidation-orders-short', 'PEPE-USDT-SWAP', 'short', 0.00000912, 40e7],
    // One-way mode: a buy closes a short.
    ['liquidation-orders-net', 'BTC-USDT-SWAP', 'short', 63_990.1, 0.03],
  ])('tells whose position %s closed', (name, symbol, positionSide, bankruptcyPrice, qty) => {
    expect(parse(fixtureText(name))).toMatchObject([
      { kind: 'liquidation', symbol, liquidation: { positionSide, bankruptcyPrice, averagePrice: NaN, qty } },
    ]);
  });

  it('leaves out what is counted in contracts of an unknown size', () => {
    for (const name of ['trades', 'candle5m-open', 'liquidation-orders-long'])
      expect(parseFrames(fixtureText(name), () => undefined)).toEqual([]);
  });

  it.each([
    ['trades', ['data', 0, 'px'], '0', 'trades'],
    ['trades', ['data', 0, 'sz'], 'Infinity', 'trades'],
    ['trades', ['data', 0, 'side'], 'both', 'trades'],
    ['mark-price-push', ['data', 0, 'markPx'], '-1', 'mark'],
    ['candle5m-open', ['data', 0, 2], '1', 'bars'],
    ['liquidation-orders-long', ['data', 0, 'details', 0, 'sz'], '', 'liquidations'],
    ['liquidation-orders-long', ['data'], 'none', 'liquidations'],
  ])('counts %s as broken with another %j', (name, keys, value, stream) => {
    expect(parseChanged(name, keys, value)).toMatchObject([{ kind: 'broken', stream }]);
  });

  it('takes answers for signs of life and refusals for what they are', () => {
    expect(parse('pong')).toEqual([{ kind: 'alive' }]);
    expect(parse(fixtureText('subscribe-ack'))).toEqual([{ kind: 'alive' }]);
    expect(parse(fixtureText('subscribe-error'))).toMatchObject([
      { kind: 'refused', subscription: 'trades NO-SUCH-SWAP', stream: 'trades' },
    ]);
    expect(parse('{"event":"notice","code":"64008"}')).toEqual([]);
    expect(parse('{"arg":{"channel":"books"},"data":[{}]}')).toEqual([]);
    expect(parse('{"arg":{"channel":"candle5m","in')).toMatchObject([{ kind: 'broken', stream: 'bars' }]);
  });

  it('reads the frames that were recorded', ({ skip }) => {
    if (!existsSync(WIRE)) {
      skip('no recorded frames beside the project');
      return;
    }
    const recorded = JSON.parse(readFileSync(WIRE, 'utf8')) as readonly { arg?: { channel: string } }[];
    const ofChannel = (channel: string) =>
      recorded.filter((frame) => frame.arg?.channel === channel).flatMap((frame) => parse(JSON.stringify(frame)));
    expect(ofChannel('trades')).toMatchObject([{ kind: 'trade', trade: { price: 48_938.5, qty: 0.05 } }]);
    expect(ofChannel('mark-price')).toMatchObject([{ kind: 'mark', markPrice: 2.1729, timeMs: 1_640_131_259_180 }]);
    const funding = ofChannel('funding-rate');
    expect(funding[0]).toMatchObject({ kind: 'funding', symbol: 'WNCG-USDT-SWAP', rate: 0.00048105 });
    // A contract that had no rate yet.
    expect(funding[1]).toMatchObject({ kind: 'broken', stream: 'mark' });
  });
});
