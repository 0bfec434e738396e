import { expect, it } from 'vitest';

import { parseClientMessage } from '@/lib/messaging/feed-parse';
import type { ClientMessage } from '@/lib/messaging/protocol';

const symbol = { raw: 'BINANCE:BTCUSDT.P', exchange: null, pair: 'BTCUSDT', kind: 'perpetual' } as const;
const messages: ClientMessage[] = [
  { type: 'watch', key: 'a', symbol, detail: 'band' },
  { type: 'watch', key: 'a', symbol, detail: 'groups' },
  { type: 'watch-tab', key: 'a', tabId: 12, detail: 'summary' },
  { type: 'watch-contract', key: 'a', contractId: 'binance:币安人生USDT', detail: 'band' },
  { type: 'watch-liquidations', key: 'a', minUsd: 10_000 },
  { type: 'watch-report', key: 'a', marketIds: ['BTC', 'equity:META'] },
  { type: 'watch-report', key: 'b', marketIds: null },
  { type: 'unwatch', key: 'a' },
  { type: 'retry' },
  { type: 'list-contracts' },
];

it.each(messages)('takes $type', (message) => {
  expect(parseClientMessage(message)).toEqual(message);
});

it('drops fields that are not the message’s own', () => {
  expect(parseClientMessage({ type: 'retry', venue: 'binance' })).toEqual({ type: 'retry' });
});

it.each([
  ['nothing', undefined],
  ['an unknown type', { type: 'steal' }],
  ['no key', { type: 'unwatch' }],
  ['an empty key', { type: 'unwatch', key: '' }],
  ['a huge key', { type: 'unwatch', key: 'x'.repeat(101) }],
  ['a huge symbol', { type: 'watch', key: 'a', detail: 'band', symbol: { ...symbol, raw: 'x'.repeat(201) } }],
  ['an exchange without a name', { type: 'watch', key: 'a', detail: 'band', symbol: { ...symbol, exchange: '' } }],
  ['an unknown kind of symbol', { type: 'watch', key: 'a', detail: 'band', symbol: { ...symbol, kind: 'option' } }],
  ['an unknown detail', { type: 'watch', key: 'a', detail: 'all', symbol }],
  ['a tab that is no number', { type: 'watch-tab', key: 'a', tabId: '1', detail: 'band' }],
  ['a contract without a venue', { type: 'watch-contract', key: 'a', contractId: 'BTCUSDT', detail: 'band' }],
  ['a contract with blanks', { type: 'watch-contract', key: 'a', contractId: 'binance:BTC USDT', detail: 'band' }],
  ['a size that is no number', { type: 'watch-liquidations', key: 'a', minUsd: NaN }],
  ['a report of everything', { type: 'watch-report', key: 'a', marketIds: Array.from({ length: 201 }, String) }],
])('refuses %s', (_name, message) => {
  expect(parseClientMessage(message)).toBeNull();
});
