import { expect, it, vi } from 'vitest';

import type { DiagnosticsRequest, FeedWatch, WatchUpdate } from '@/lib/messaging/feed-server';
import { createDiagnosticsWatches } from '@/lib/services/diagnostics/diagnostics-watches';
import { sampleHealth } from '@/tests/components/samples';
import { createVirtualTime } from '@/tests/venues/virtual-time';

const LIMIT = { name: 'weight', used: 3, capacity: 10, windowMs: 60_000, waiting: 0, roomAtMs: null, told: null };

it('tells the limits as they are, until when a venue has us wait, and the log, only while a page looks', async () => {
  const time = createVirtualTime();
  const limited = { state: 'limited', retryAtMs: 90_000 } as const;
  const blocked = { state: 'blocked', retryAtMs: 900_000 } as const;
  const limits = vi.fn(() => [LIMIT]);
  const watches = createDiagnosticsWatches(
    [{ id: 'binance', limits, health: () => sampleHealth({ trades: limited, bars: blocked }) }],
    { lines: async () => [{ timeMs: 1, text: 'started' }] },
    { now: time.now, setTimer: time.setTimer, log: () => {} },
  );
  const told: WatchUpdate[] = [];
  const watch: FeedWatch<DiagnosticsRequest> = {
    request: { type: 'watch-diagnostics', key: 'k' },
    tabId: null,
    push: (update) => void told.push(update),
  };
  watches.add(watch);
  await vi.waitFor(() => expect(told).toHaveLength(1));
  expect(told[0]).toEqual({
    type: 'diagnostics',
    limits: [{ venueId: 'binance', limits: [LIMIT], waitUntilMs: 90_000 }],
    log: [{ timeMs: 1, text: 'started' }],
  });
  time.advance(2_000);
  await vi.waitFor(() => expect(told).toHaveLength(2));
  watches.remove(watch);
  time.advance(10_000);
  expect(limits).toHaveBeenCalledTimes(2);
  expect(time.timerCount()).toBe(0);
});
