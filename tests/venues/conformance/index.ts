import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';

import { startExchange } from '@/tests/exchange';

import { createVirtualTime, type VirtualTime } from '../virtual-time';
import { describeRefusals } from './refusals';
import { describeRequests } from './requests';
import { createRig, type Rig, type Stand, START_MS, type VenueCase } from './rig';
import { describeStreams } from './streams';

/**
 * What every venue must do, on the replay exchange and in its wire format: contracts, tiers, bars, open interest, streams
 * and their health, limits and blocks, broken frames, wrong clocks.
 */
export const describeVenue = (venueCase: VenueCase): void => {
  describe(`${venueCase.id} ${venueCase.symbol} on the replay exchange`, () => {
    let time: VirtualTime;
    const rigs: Rig[] = [];
    const create = (machineOffsetMs: number): Rig => {
      const rig = createRig(stand.exchange, time, venueCase, machineOffsetMs);
      rigs.push(rig);
      return rig;
    };
    const stand = { venueCase, rigAhead: create } as Stand;

    beforeAll(async () => {
      time = createVirtualTime(START_MS);
      stand.exchange = await startExchange({
        startMs: START_MS,
        isPaused: true,
        traderCount: 300,
        machineNow: () => time.now(),
        warm: [],
      });
      stand.exchange.venue(venueCase.id).source(venueCase.symbol).bar(START_MS);
    }, 60_000);
    beforeEach(() => {
      stand.exchange.clock.set(START_MS);
      time = createVirtualTime(START_MS);
      stand.exchange.resetLimits();
      stand.rig = create(0);
    });
    afterEach(() => {
      stand.exchange.clearFaults();
      for (const rig of rigs.splice(0)) rig.close();
    });
    afterAll(() => stand.exchange.close());

    describeRequests(stand);
    describeStreams(stand);
    describeRefusals(stand);
  });
};
