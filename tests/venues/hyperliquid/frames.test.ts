import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseMessage } from '@/lib/venues/hyperliquid/frames';

import { fixturesOf, withValue } from '../fixtures';

const RECORDED = path.resolve(import.meta.dirname, '../../../../shared/wire/hyperliquid/websocket.json');
const { fixture, fixtureText } = fixturesOf('hyperliquid');
const BUYER = '0x010461c14e146ac35fe42271bdc1134ee31c703a';
const SELLER = '0xecb63caa47c7c4e77f60f1ce858cf28dc2b82b00';
const parse = (message: unknown) => parseMessage(JSON.stringify(message));

describe('messages of the socket', () => {
  it('reads the trades of the moment, oldest first, without those that a subscription begins with', () => {
    expect(parseMessage(fixtureText('trades'))).toEqual({
      kind: 'trades',
      symbol: 'BTC',
      trades: [
        { timeMs: 1767226200192, price: 87741, qty: 0.02, isTakerBuy: false, traders: [BUYER] },
        { timeMs: 1767226200992, price: 87742, qty: 0.38111, isTakerBuy: true, traders: [BUYER, SELLER] },
      ],
    });
  });

  it.each([[undefined], [null], ['0x1'], [[1, {}]], [[`${BUYER}0`, SELLER.toUpperCase()]]])(
    'counts a trade whose users are %j, without them',
    (users) => {
      const frame = parse(withValue(fixture('trades'), ['data', 0, 'users'], users));
      expect(frame).toMatchObject({ kind: 'trades', trades: [{ qty: 0.02 }, { qty: 0.38111, traders: [] }] });
    },
  );

  it('reads the mark price with the funding of an hour', () => {
    expect(parseMessage(fixtureText('active-asset-ctx'))).toEqual({
      kind: 'mark',
      symbol: 'BTC',
      markPrice: 87740.5,
      fundingRate: 0.0000125,
    });
  });

  it('reads the open bar, whose takers and marks nobody tells', () => {
    expect(parseMessage(fixtureText('candle'))).toEqual({
      kind: 'bar',
      symbol: 'BTC',
      bar: {
        openTimeMs: 1767226200000,
        open: 87741,
        high: 87742,
        low: 87740,
        close: 87742,
        volume: 0.51,
        takerBuyVolume: NaN,
        markHigh: NaN,
        markLow: NaN,
        markClose: NaN,
      },
    });
  });

  it.each(['subscription-response', 'pong'])('ignores %s', (name) => {
    expect(parseMessage(fixtureText(name))).toEqual({ kind: 'other' });
  });

  it('ignores channels, intervals and fields that it does not know', () => {
    expect(parse({ channel: 'l2Book', data: { coin: 'BTC', levels: [] } })).toEqual({ kind: 'other' });
    expect(parse({ channel: 'constructor', data: [] })).toEqual({ kind: 'other' });
    expect(parse({ channel: 'trades', data: [] })).toEqual({ kind: 'other' });
    expect(parse(withValue(fixture('candle'), ['data', 'i'], '1m'))).toEqual({ kind: 'other' });
    expect(parse(withValue(fixture('trades'), ['data', 0, 'novel'], {}))).toMatchObject({ kind: 'trades' });
  });

  it.each([
    ['trades', ['data', 0, 'px'], '-1', 'trades'],
    ['trades', ['data', 0, 'px'], 'Infinity', 'trades'],
    ['trades', ['data', 0, 'sz'], '', 'trades'],
    ['trades', ['data', 0, 'side'], 'C', 'trades'],
    ['trades', ['data', 0, 'time'], '1767226200992', 'trades'],
    ['trades', ['data', 0, 'coin'], undefined, 'trades'],
    ['trades', ['data', 2], null, 'trades'],
    ['trades', ['data'], {}, 'trades'],
    ['active-asset-ctx', ['data', 'ctx', 'markPx'], '0', 'mark'],
    ['active-asset-ctx', ['data', 'ctx'], null, 'mark'],
    ['candle', ['data', 'v'], '-5', 'bars'],
    ['candle', ['data', 'h'], '1', 'bars'],
  ])('counts %s with %j = %j as broken', (name, keys, value, stream) => {
    expect(parse(withValue(fixture(name), keys, value))).toMatchObject({ kind: 'broken', stream });
  });

  it.each([
    [fixtureText('active-asset-ctx').replaceAll(/\s/g, '').slice(0, 90), 'mark'],
    [fixtureText('candle').replaceAll(/\s/g, '').slice(0, 60), 'bars'],
    [fixtureText('error'), 'trades'],
    ['{"chan', 'trades'],
    ['[]', 'trades'],
    ['{}', 'trades'],
  ])('counts %s as broken', (text, stream) => {
    expect(parseMessage(text)).toMatchObject({ kind: 'broken', stream });
  });

  it('names the subscription that was refused', () => {
    const data = `Invalid subscription {"method":"subscribe","subscription":{"type":"candle","coin":"X","interval":"5m"}}`;
    expect(parseMessage(JSON.stringify({ channel: 'error', data }))).toMatchObject({
      kind: 'refused',
      subscription: 'candle X',
      stream: 'bars',
    });
  });

  it.skipIf(!existsSync(RECORDED))('reads what was recorded (skipped where there is none)', () => {
    const messages = JSON.parse(readFileSync(RECORDED, 'utf8')) as readonly { channel: string }[];
    const kinds = messages.map((message) => [message.channel, parse(message).kind]);
    const expected: Readonly<Record<string, string>> = { trades: 'trades', activeAssetCtx: 'mark' };
    expect(kinds).toEqual(messages.map(({ channel }) => [channel, expected[channel] ?? 'other']));
  });
});
