import { describe, expect, it } from 'vitest';

import { ok, type Result } from '@/lib/core/result';
import { SECOND_MS } from '@/lib/core/time';
import { createMarketCache } from '@/lib/venues/hyperliquid/market-cache';
import type { Market } from '@/lib/venues/hyperliquid/rest-wire';
import type { VenueError } from '@/lib/venues/venue';

type Answer = Result<ReadonlyMap<string, Market>, VenueError>;

function stage() {
  const asked: { resolve: (answer: Answer) => void; reject: (cause: Error) => void }[] = [];
  const time = { nowMs: 0 };
  const cache = createMarketCache(
    () => new Promise<Answer>((resolve, reject) => asked.push({ resolve, reject })),
    () => time.nowMs,
  );
  return { asked, cache, time };
}

const markets = new Map<string, Market>();

describe('the cache of markets', () => {
  it('asks once for all who ask at about the same time', async () => {
    const { asked, cache, time } = stage();
    const both = Promise.all([cache.readNow(''), cache.read('')]);
    asked[0].resolve(ok(markets));
    expect(await both).toEqual([ok(markets), ok(markets)]);
    await cache.readNow('');
    expect(asked).toHaveLength(1);
    time.nowMs += 6 * SECOND_MS;
    void cache.readNow('');
    expect(asked).toHaveLength(2);
  });

  it('asks anew after a question that failed within us', async () => {
    const { asked, cache } = stage();
    const first = cache.read('');
    asked[0].reject(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    const second = cache.read('');
    asked[1].resolve(ok(markets));
    expect(await second).toEqual(ok(markets));
  });
});
