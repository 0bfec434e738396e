import { describe, expect, it } from 'vitest';

import { ok } from '@/lib/core/result';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { ObservedPosition } from '@/lib/market/account-position';
import { createBookConfig } from '@/lib/model/book-config';
import { createEstimator, type Estimator } from '@/lib/services/contract/estimator';
import { learnObserved } from '@/lib/services/contract/learn-observed';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import type { Venue } from '@/lib/venues/venue';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue, openInterestAt } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';
import { END_MS, recordedLog, START_MS, TIERS } from '@/tests/services/recorded-history';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const STATED = createBookConfig(TIERS, 'linear');
const OPEN_INTEREST = openInterestAt(END_MS);
const MARK = 60_000;

/** Twenty times as much leverage as the prior thinks: all at 20x, a third of open interest. */
const holdingsOf = (count: number, observedMs: number): ReadonlyMap<string, ObservedPosition> =>
  new Map(
    Array.from({ length: count }, (_, nth) => [
      `0x${nth}`,
      {
        observedMs,
        positionSide: nth % 2 === 0 ? 'long' : 'short',
        qty: OPEN_INTEREST / 300,
        entryPrice: MARK,
        leverage: 20,
        isCross: false,
        liquidationPrice: nth % 2 === 0 ? MARK * 0.955 : MARK * 1.045,
      },
    ]),
  );

const open = async (log: MarketLog): Promise<Estimator> => {
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log);
  await estimator.advance(END_MS);
  return estimator;
};
const levels = (estimator: Estimator) => {
  const { long, short } = estimator.profile({ bars: [], markPrice: MARK, lastPrice: MARK, asOfMs: 0 });
  return [...long, ...short];
};
const learn = (log: MarketLog, throughMs = END_MS) =>
  learnObserved(BTCUSDT, STATED, log, {
    openInterest: OPEN_INTEREST,
    openedPerHeld: STATED.classes.map(() => 1),
    throughMs,
  });

describe('the mix that accounts show', () => {
  it('is stored, in force from then on, and the same to the bit in the next life', async () => {
    const log = await recordedLog();
    const before = await open(log);
    await log.writeHoldings(BTCUSDT.id, holdingsOf(200, END_MS - HOUR_MS));
    expect(await learn(log)).toBe(true);
    const after = await open(log);
    expect(after.mixInForce).toMatchObject({ source: 'observed', throughMs: END_MS, eventCount: 200 });
    const shareOf = (estimator: Estimator) => estimator.leverageMix.find(({ leverage }) => leverage === 20)!.share;
    expect(shareOf(after)).toBeGreaterThan(3 * shareOf(before));
    expect(levels(after)).not.toEqual(levels(before));
    // What the panel says afterwards changes nothing before it is learned anew.
    await log.writeHoldings(BTCUSDT.id, holdingsOf(3, END_MS));
    expect(levels(await open(log))).toEqual(levels(after));
  });

  it.each([
    ['nobody is known', 0, END_MS],
    ['too few are', 99, END_MS],
    ['too little of open interest is', 110, END_MS],
    ['what is known is older than a day', 200, END_MS - 25 * HOUR_MS],
  ])('is not learned where %s', async (_why, count, observedMs) => {
    const log = await recordedLog();
    await log.writeHoldings(BTCUSDT.id, holdingsOf(count, observedMs));
    expect(await learn(log)).toBe(false);
    expect(await log.readMix(BTCUSDT.id)).toBeNull();
  });
});

describe('a running background at a venue with public accounts', () => {
  const stageOf = (log: MarketLog) => {
    const asked: string[] = [];
    const fake = createFakeVenue(NOW_MS);
    const venue: Venue = {
      ...fake.venue,
      fetchPosition(_symbol, account) {
        asked.push(account);
        const { observedMs: _seen, ...position } = holdingsOf(1, 0).get('0x0')!;
        return Promise.resolve(ok(position));
      },
    };
    return { asked, stage: createHubStage([{ ...fake, venue }], log) };
  };

  it('takes up the mix of the stored panel, states what is known, and asks only while it is watched', async () => {
    const log = createMemoryLog(() => {});
    await log.writeHoldings(BTCUSDT.id, holdingsOf(200, NOW_MS - HOUR_MS));
    const { asked, stage } = stageOf(log);
    await stage.pass(5 * SECOND_MS);
    expect(asked).toEqual([]);
    const { watch, of } = stage.watch('binance');
    await stage.settle();
    await stage.pass(6 * SECOND_MS);
    const summary = of('summary').at(-1)!.summary;
    expect(summary.learning.source).toBe('observed');
    expect(summary.observed).toMatchObject([{ contractId: BTCUSDT.id, accounts: 200 }]);
    expect(summary.observed[0].longShare).toBeGreaterThan(0.3);
    expect(asked.length).toBeGreaterThan(3);
    stage.hub.handlers.onUnwatch(watch);
    await stage.pass(10 * SECOND_MS);
    const { length } = asked;
    await stage.pass(MINUTE_MS);
    expect(asked).toHaveLength(length);
  });
});
