import { expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { withFeedStarts } from '@/lib/services/liquidations/feed-start';
import { sampleContract } from '@/tests/market/sample-contract';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const OLD = sampleContract('BTCUSDT', 'BTC');
const NEW = sampleContract('NEWUSDT', 'NEW');

it('a venue of which no list was kept was not recorded before', () => {
  expect(withFeedStarts([OLD, NEW], null, NOW_MS)).toEqual([OLD, NEW]);
});

it('a contract that was not listed before is told of from now on, and that stays so', () => {
  const [old, found] = withFeedStarts([OLD, NEW], { contracts: [OLD], fetchedAtMs: NOW_MS - DAY_MS }, NOW_MS);
  expect(old).toBe(OLD);
  expect(found.feedFromMs).toBe(NOW_MS + 2 * MINUTE_MS);
  const later = withFeedStarts([OLD, NEW], { contracts: [old, found], fetchedAtMs: NOW_MS }, NOW_MS + DAY_MS);
  expect(later).toEqual([OLD, found]);
});

it('one that was listed before it was traded is told of once it is, one that was halted always was', () => {
  const before = { contracts: [NEW, OLD].map((each) => ({ ...each, isTrading: false })), fetchedAtMs: NOW_MS - DAY_MS };
  const [launched, resumed] = withFeedStarts([{ ...NEW, listedTimeMs: NOW_MS - HOUR_MS }, OLD], before, NOW_MS);
  expect(launched.feedFromMs).toBe(NOW_MS + 2 * MINUTE_MS);
  expect(resumed).toEqual(OLD);
});
