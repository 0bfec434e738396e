import { expect, it } from 'vitest';

import { createMemoryLog } from '@/lib/store/log/open-market-log';

import { BTCUSDT } from '../market/sample-contract';
import { createFakeVenue } from './fake-venue';
import { createHubStage } from './hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const stage = () =>
  createHubStage(
    [createFakeVenue(NOW_MS)],
    createMemoryLog(() => {}),
  );

it('says of a symbol that no rule maps under what a choice for it is remembered', async () => {
  const s = stage();
  const chart = s.watch('nasdaq', 'AAPL');
  await s.settle();
  expect(chart.of('resolved').at(-1)).toMatchObject({
    resolution: { ok: false, reason: 'unmapped-symbol', choice: ' nasdaq:AAPL' },
  });
});

it('shows the contract chosen for it, as a proxy chosen by hand, until it is forgotten', async () => {
  const s = stage();
  const chart = s.watch('nasdaq', 'AAPL');
  const other = s.watch('nasdaq', 'MSFT');
  await s.settle();
  await s.choose({ ' nasdaq:AAPL': BTCUSDT.id });
  await s.settle();
  expect(chart.of('resolved').at(-1)).toMatchObject({
    resolution: {
      ok: true,
      contract: { id: BTCUSDT.id },
      proxyFor: 'nasdaq:AAPL',
      proxyKind: 'chosen',
      choice: ' nasdaq:AAPL',
    },
  });
  expect(other.of('resolved').at(-1)).toMatchObject({ resolution: { ok: false } });
  await s.choose({});
  await s.settle();
  expect(chart.of('resolved').at(-1)).toMatchObject({ resolution: { ok: false, reason: 'unmapped-symbol' } });
});

it('leaves a mapped symbol to its rule, and a choice that is not listed alone', async () => {
  const s = stage();
  const mapped = s.watch('binance', 'BTCUSDT');
  const unmapped = s.watch('nasdaq', 'AAPL');
  await s.settle();
  await s.choose({ ' binance:BTCUSDT': 'binance:ETHUSDT', ' nasdaq:AAPL': 'binance:NONE' });
  await s.settle();
  expect(mapped.of('resolved').at(-1)).toMatchObject({ resolution: { contract: { id: BTCUSDT.id }, proxyFor: null } });
  expect(unmapped.of('resolved').at(-1)).toMatchObject({ resolution: { ok: false, reason: 'unmapped-symbol' } });
});
