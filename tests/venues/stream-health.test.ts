import { expect, it } from 'vitest';

import type { StreamName } from '@/lib/market/health';
import { createHealthBook } from '@/lib/venues/health-book';
import { createStreamHealth } from '@/lib/venues/stream-health';

const ALL: readonly StreamName[] = ['trades', 'mark', 'bars', 'liquidations'];

const setUp = (carried: readonly StreamName[] = ALL) => {
  const book = createHealthBook(
    () => 0,
    () => {},
  );
  const streamHealth = createStreamHealth('Gate', book, () => carried);
  streamHealth.onStatus({ kind: 'connecting' });
  return { book, streamHealth, of: (name: StreamName) => book.list().find(({ stream }) => stream === name)! };
};

it('does not call liquidations live which the venue refused, whatever else it delivers', () => {
  const { streamHealth, of } = setUp();
  streamHealth.refused('liquidations', 'unknown contract', null);
  streamHealth.received('trades');
  streamHealth.alive();
  expect(of('trades').state).toBe('live');
  expect(of('liquidations')).toMatchObject({
    state: 'down',
    detail: 'refused|venue=Gate|reason=unknown contract',
    brokenCount: 1,
  });
});

it('tries anew with the next connection', () => {
  const { streamHealth, of } = setUp();
  streamHealth.refused('liquidations', 'too many', null);
  streamHealth.onStatus({ kind: 'lost', retryAtMs: 1 });
  streamHealth.onStatus({ kind: 'connecting' });
  streamHealth.received('trades');
  expect(of('liquidations').state).toBe('live');
});

it('calls a lost connection down, however often it is tried, until it delivers', () => {
  const { streamHealth, of } = setUp();
  streamHealth.received('trades');
  streamHealth.onStatus({ kind: 'lost', retryAtMs: 1 });
  const lost = of('trades');
  expect(lost).toMatchObject({ state: 'down', detail: 'lost|venue=Gate' });
  streamHealth.onStatus({ kind: 'connecting' });
  expect(of('trades')).toEqual(lost);
  streamHealth.onStatus({ kind: 'lost', retryAtMs: 2 });
  streamHealth.onStatus({ kind: 'connecting' });
  expect(of('trades')).toEqual({ ...lost, retryAtMs: 2 });
  streamHealth.received('trades');
  expect(of('trades').state).toBe('live');
  expect(of('mark').state).toBe('down');
});

it('says when it is asked for again, and is well once the venue takes all of it', () => {
  const { streamHealth, of } = setUp();
  streamHealth.received('trades');
  streamHealth.refused('liquidations', 'too many', 60);
  streamHealth.refusedOne('trades', 'trades of X');
  expect(of('liquidations').retryAtMs).toBe(60);
  streamHealth.onStatus({ kind: 'accepted', params: ['one'], isAll: false });
  expect(of('liquidations').state).toBe('down');
  streamHealth.onStatus({ kind: 'accepted', params: ['other'], isAll: true });
  expect(of('liquidations')).toMatchObject({ state: 'connecting', detail: '', retryAtMs: null });
  expect(of('trades')).toMatchObject({ state: 'live', detail: '' });
  streamHealth.received('trades');
  expect(of('liquidations').state).toBe('live');
});

it('takes a refusal of nobody knows what for one of liquidations, whose silence would tell nothing', () => {
  const { streamHealth, of } = setUp();
  streamHealth.refused(null, 'no', null);
  expect(of('liquidations').state).toBe('down');
  expect(of('trades').state).toBe('connecting');
});

it('leaves a stream alone that the connection does not carry', () => {
  const { streamHealth, of } = setUp(['bars']);
  streamHealth.refused(null, 'no', null);
  expect(of('liquidations').state).toBe('idle');
});

it('goes on where one contract of many was refused, and says which', () => {
  const { streamHealth, of } = setUp();
  streamHealth.received('trades');
  streamHealth.refusedOne('liquidations', 'allLiquidation.X');
  streamHealth.received('liquidations');
  expect(of('liquidations')).toMatchObject({ state: 'live', detail: 'refusedOne|venue=Gate|topic=allLiquidation.X' });
});
