import { describe, expect, it } from 'vitest';

import { floorToStep, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { VenueError } from '@/lib/venues/venue';

import { valueOf } from '../rest-only';
import { type Stand, START_MS } from './rig';

const { signal } = new AbortController();
const OPEN_MS = floorToStep(START_MS, BAR_MS);
const SPAN = { startMs: OPEN_MS - 3 * BAR_MS, endMs: OPEN_MS };

export const describeRefusals = (stand: Stand): void => {
  const errorOfBars = async (): Promise<VenueError> => {
    const result = await stand.rig.venue.fetchBars(stand.venueCase.symbol, SPAN, signal);
    if (result.ok) throw new Error('bars in spite of the fault');
    return result.error;
  };

  describe('refusals', () => {
    it('waits as long as it is told to when it asked too much', async () => {
      const { rig } = stand;
      rig.exchangeVenue.setFault({ target: 'rest', kind: 'status', status: 429, retryAfterSeconds: 7 });
      const error = await errorOfBars();
      expect(error.kind).toBe('limited');
      expect(rig.healthOf('history')).toBe('limited');
      const asked = rig.exchangeVenue.requests.length;
      expect((await errorOfBars()).kind).toBe('limited');
      expect(rig.exchangeVenue.requests).toHaveLength(asked);
      stand.exchange.clearFaults();
      expect(error.retryAtMs!).toBeGreaterThan(rig.time.now());
      rig.time.advance(error.retryAtMs! - rig.time.now() + 1);
      let bars = await rig.passFor(rig.venue.fetchBars(stand.venueCase.symbol, SPAN, signal));
      // Of several requests that were refused the last one counts, and its answer came a little later.
      if (!bars.ok && bars.error.kind === 'limited') {
        rig.time.advance(bars.error.retryAtMs! - rig.time.now() + 1);
        bars = await rig.passFor(rig.venue.fetchBars(stand.venueCase.symbol, SPAN, signal));
      }
      valueOf(bars);
    });

    it.each([451, 403])('is blocked by a refusal for the location, and probes on request: %i', async (status) => {
      const { rig } = stand;
      rig.exchangeVenue.setFault({ target: 'rest', kind: 'status', status });
      const error = await errorOfBars();
      expect([error.kind, rig.healthOf('history')]).toEqual(['blocked', 'blocked']);
      const asked = rig.exchangeVenue.requests.length;
      await errorOfBars();
      expect(rig.exchangeVenue.requests).toHaveLength(asked);
      stand.exchange.clearFaults();
      rig.venue.retry();
      valueOf(await rig.passFor(rig.venue.fetchBars(stand.venueCase.symbol, SPAN, signal)));
      expect(rig.healthOf('history')).not.toBe('blocked');
    });

    it.each([
      ['refuse', 'network'],
      ['drop', 'network'],
      ['malformed', 'schema'],
      ['truncated', 'schema'],
    ] as const)('tells what failed: %s is an error of kind %s', async (kind, expected) => {
      stand.rig.exchangeVenue.setFault({ target: 'rest', kind });
      expect((await errorOfBars()).kind).toBe(expected);
      expect(stand.rig.healthOf('history')).toBe('down');
    });

    it('gives up on a request that is never answered', async () => {
      stand.rig.exchangeVenue.setFault({ target: 'rest', kind: 'hang' });
      const error = errorOfBars();
      await stand.rig.passUntil(() => stand.rig.exchangeVenue.requests.length > 0);
      await stand.rig.pass(MINUTE_MS / 4);
      expect((await error).kind).toBe('network');
    });
  });
};
