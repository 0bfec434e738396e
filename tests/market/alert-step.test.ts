import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { MINUTE_MS } from '@/lib/core/time';
import { type AlertMemory, type AlertRule, NO_ALERTS, noticeIdOf } from '@/lib/market/alert';
import {
  type AlertObservation,
  forgetRules,
  isQuiet,
  observeGrowth,
  observeLiquidated,
  observeNearClusters,
  observeOwn,
  stepAlert,
  subjectsOf,
} from '@/lib/market/alert-step';
import type { Cluster } from '@/lib/market/summary';

const ABOUT = {
  subject: 'binance:BTCUSDT',
  group: 'binance:BTCUSDT',
  contractId: 'binance:BTCUSDT',
  priceDigits: 1,
} as const;
const RULE: AlertRule = {
  id: 'rule',
  isOn: true,
  contractId: ABOUT.contractId,
  condition: { kind: 'own-liquidation', within: 0.02 },
  cooldownMs: 10 * MINUTE_MS,
};
const own = (distance: number): AlertObservation =>
  observeOwn({ within: 0.02 }, { positionSide: 'long', price: 58_000, distance }, ABOUT);
const cluster = (distance: number, usd: number) =>
  ({ positionSide: distance < 0 ? 'long' : 'short', price: 60_000 * (1 + distance), usd, distance }) as const;

/** One look a minute. */
const watch = (looks: readonly AlertObservation[], quietLooks: ReadonlySet<number> = new Set()) => {
  let memory = NO_ALERTS;
  const fired: number[] = [];
  looks.forEach((look, i) => {
    const next = stepAlert(memory, RULE, [look], i * MINUTE_MS, quietLooks.has(i));
    if (next.log.length > memory.log.length) fired.push(i);
    memory = next;
  });
  return { fired, memory };
};

describe('what is seen', () => {
  it('is near every cluster that is large enough, the nearest first', () => {
    const condition = { within: 0.01, leastUsd: 10e6 };
    const look = (
      clusters: readonly ReturnType<typeof cluster>[],
      known: readonly string[] = [],
      markPrice = 60_000,
      isWhole = true,
    ) => observeNearClusters(condition, { clusters, markPrice, isWhole }, known, ABOUT);
    const sides = (seen: readonly AlertObservation[]) =>
      seen.map(({ facts, isOver }) => [facts?.kind === 'near-cluster' ? facts.positionSide : null, isOver]);
    const seen = look([cluster(-0.009, 12e6), cluster(0.006, 11e6), cluster(0.005, 9e6), cluster(0.02, 90e6)]);
    expect(seen).toMatchObject([
      { facts: { positionSide: 'short', usd: 11e6 }, isOver: false },
      { facts: { positionSide: 'long', usd: 12e6 }, isOver: false },
    ]);
    const known = seen.map(({ subject }) => subject);
    expect(new Set(known).size).toBe(2);
    // The same two a bin further are still those two; a third is one of its own.
    const next = look([cluster(-0.0095, 13e6), cluster(0.007, 12e6), cluster(0.0012, 14e6)], known);
    expect(next.map(({ subject }) => subject).slice(0, 2)).toEqual(known);
    expect(sides(next)).toEqual([
      ['short', false],
      ['long', false],
      ['short', false],
    ]);
    // Neither near enough to fire, nor far enough to be over; neither large enough, nor small enough; gone.
    const [short] = known;
    expect(sides(look([cluster(0.009, 12e6)], [short]))).toEqual([['short', false]]);
    expect(sides(look([cluster(0.006, 9e6)], [short]))).toEqual([[null, false]]);
    expect(sides(look([cluster(0.006, 7e6)], [short]))).toEqual([[null, true]]);
    expect(sides(look([], [short]))).toEqual([[null, true]]);
    // While venues are missing it may be theirs.
    expect(sides(look([], [short], 60_000, false))).toEqual([[null, false]]);
    // Right before the price reaches it, it cannot be seen any more.
    expect(sides(look([], [short], 60_000 * 1.004))).toEqual([[null, false]]);
    // Of another contract nothing is said.
    expect(look([], ['binance:ETHUSDT short 3000'])).toEqual([]);
  });

  it('is the sum of both sides liquidated', () => {
    const at = (longUsd: number, shortUsd: number, isWhole = true) =>
      observeLiquidated({ windowMs: MINUTE_MS, leastUsd: 10e6 }, { longUsd, shortUsd }, isWhole, ABOUT);
    expect(at(4e6, 6e6)).toMatchObject({ facts: { kind: 'liquidated', longUsd: 4e6 }, isOver: false });
    expect(at(4e6, 5e6)).toMatchObject({ facts: null, isOver: false });
    expect(at(4e6, 3e6)).toMatchObject({ facts: null, isOver: true });
    expect(at(4e6, 3e6, false)).toMatchObject({ facts: null, isOver: false });
    expect(at(4e6, 6e6, false)).toMatchObject({ facts: { kind: 'liquidated' } });
  });

  it('is the cluster that has grown most, in USD or against what lay there before', () => {
    const grown = (beforeUsd: number, usd: number) =>
      ({ positionSide: 'long', price: 58_000, usd, beforeUsd }) as const;
    const look = (unit: 'usd' | 'share', by: number, ...clusters: ReturnType<typeof grown>[]) =>
      observeGrowth({ windowMs: MINUTE_MS, unit, by, leastUsd: 10e6 }, clusters, ABOUT);
    expect(look('usd', 5e6, grown(8e6, 14e6), grown(20e6, 22e6)).facts).toMatchObject({ beforeUsd: 8e6, usd: 14e6 });
    expect(look('share', 0.5, grown(8e6, 14e6)).facts).not.toBeNull();
    expect(look('share', 0.9, grown(8e6, 14e6))).toMatchObject({ facts: null, isOver: false });
    expect(look('share', 1, grown(0, 14e6)).facts).not.toBeNull();
    // From little to little.
    expect(look('share', 1, grown(1e6, 7e6))).toMatchObject({ facts: null, isOver: true });
    expect(look('usd', 5e6, grown(14e6, 8e6))).toMatchObject({ facts: null, isOver: true });
  });
});

describe('a rule', () => {
  it('fires once while it holds, and again when it comes true anew', () => {
    const looks = [0.05, 0.019, 0.01, 0.018, 0.03, ...Array<number>(8).fill(0.04), 0.015].map(own);
    expect(watch(looks).fired).toEqual([1, 13]);
  });

  describe('about clusters', () => {
    const condition = { kind: 'near-cluster', within: 0.01, leastUsd: 10e6 } as const;
    const NEAR: AlertRule = { ...RULE, contractId: null, condition };
    const ETH = { subject: 'binance:ETHUSDT', group: 'binance:ETHUSDT', contractId: 'binance:ETHUSDT' } as const;
    const [below, above, third] = [cluster(-0.006, 12e6), cluster(0.008, 20e6), cluster(0.0012, 14e6)];
    let memory: AlertMemory;
    beforeEach(() => (memory = NO_ALERTS));
    /** So many were told at this minute. */
    const lookAt = (minutes: number, abouts: readonly (typeof ABOUT | typeof ETH)[], clusters: readonly Cluster[]) => {
      const before = memory.log.length;
      const seen = abouts.flatMap((about) =>
        observeNearClusters(condition, { clusters, markPrice: 60_000, isWhole: true }, subjectsOf(memory, NEAR), {
          ...about,
          priceDigits: 1,
        }),
      );
      memory = stepAlert(memory, NEAR, seen, minutes * MINUTE_MS, false);
      return memory.log.length - before;
    };
    const look = (minutes: number, ...clusters: readonly Cluster[]) => lookAt(minutes, [ABOUT], clusters);

    it('tells of each once, however many stay near, and anew once one has been gone', () => {
      expect(look(0, below)).toBe(1);
      expect(look(1, below)).toBe(0);
      expect(look(10, below, above)).toBe(1);
      // A worker that was killed goes on with the same memory, whichever order clusters come in.
      expect(look(21, above, below)).toBe(0);
      // Gone for a moment only, and within the cooldown.
      expect(look(40, third)).toBe(1);
      expect(look(41, third, below)).toBe(0);
      expect(look(42, third)).toBe(0);
      expect(look(60, third)).toBe(0);
      expect(subjectsOf(memory, NEAR)).toHaveLength(1);
      expect(look(61, third, below, above)).toBe(2);
    });

    it('tells those that come near at once together, and the next ones not sooner than its cooldown', () => {
      expect(look(0, below, above)).toBe(2);
      expect(new Set(memory.log.map(noticeIdOf)).size).toBe(1);
      expect(new Set(memory.log.map(({ id }) => id)).size).toBe(2);
      for (let minute = 1; minute < 10; minute += 1) expect(look(minute, below, above, third)).toBe(0);
      expect(look(10, below, above, third)).toBe(1);
      expect(new Set(memory.log.map(noticeIdOf)).size).toBe(2);
    });

    it('never tells of a contract’s clusters twice within its cooldown, whatever comes and goes', () => {
      const looks = fc.array(fc.subarray([below, above, third, cluster(-0.009, 30e6)]), { maxLength: 60 });
      fc.assert(
        fc.property(looks, (given) => {
          memory = NO_ALERTS;
          given.forEach((clusters, i) => look(i, ...clusters));
          const told = [...new Set(memory.log.map(({ atMs }) => atMs))].toReversed();
          for (let i = 1; i < told.length; i += 1)
            expect(told[i] - told[i - 1]).toBeGreaterThanOrEqual(NEAR.cooldownMs);
          const near = given.findIndex((clusters) => clusters.length > 0);
          expect(told[0]).toBe(near < 0 ? undefined : near * MINUTE_MS);
        }),
      );
    });

    it('counts the cooldown of each contract by itself', () => {
      expect(lookAt(0, [ABOUT], [below])).toBe(1);
      expect(lookAt(1, [ABOUT, ETH], [below, above])).toBe(2);
      expect(new Set(memory.log.map(noticeIdOf)).size).toBe(2);
    });
  });

  it('tells of a second position although the first was told of just now', () => {
    const first = stepAlert(NO_ALERTS, RULE, [{ ...own(0.01), subject: 'a', group: 'a' }], 0, false);
    const both = ['a', 'b'].map((id) => ({ ...own(0.01), subject: id, group: id }));
    expect(stepAlert(first, RULE, both, MINUTE_MS, false).log).toHaveLength(2);
  });

  it('is told of one cluster once, however its densest bin and its size waver', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            shift: fc.double({ min: -0.0019, max: 0.0019, noNaN: true }),
            usd: fc.integer({ min: 8_100_000, max: 2e7 }),
          }),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        (looks) => {
          let memory = NO_ALERTS;
          const condition = { within: 0.01, leastUsd: 10e6 };
          looks.forEach(({ shift, usd }, i) => {
            const map = { clusters: [cluster(0.006 + shift, usd)], markPrice: 60_000, isWhole: true };
            const seen = observeNearClusters(condition, map, subjectsOf(memory, RULE), ABOUT);
            memory = stepAlert(memory, RULE, seen, i * 60 * MINUTE_MS, false);
          });
          expect(memory.log.length).toBe(looks.some(({ usd }) => usd >= 10e6) ? 1 : 0);
        },
      ),
    );
  });

  it('fires once of a figure that dances at the border', () => {
    const looks = Array.from({ length: 60 }, (_, i) => own(i % 2 === 0 ? 0.0199 : 0.0201));
    expect(watch(looks).fired).toEqual([0]);
  });

  it('tells after the quiet hours what came true in them and still holds, and nothing of what is over', () => {
    const looks = [0.05, 0.01, 0.01, 0.01, 0.05].map(own);
    expect(watch(looks, new Set([1, 2])).fired).toEqual([3]);
    expect(watch(looks, new Set([1, 2, 3])).fired).toEqual([]);
  });

  it('is silent again for no longer than its cooldown where the clock is set back', () => {
    const fired = stepAlert(NO_ALERTS, RULE, [own(0.01)], 1e9, false);
    const rearmed = stepAlert(fired, RULE, [own(0.05)], 1e9 - 60 * MINUTE_MS, false);
    expect(stepAlert(rearmed, RULE, [own(0.01)], 1e9 - 59 * MINUTE_MS, false).log).toHaveLength(2);
  });

  it('keeps a bounded log, newest first, and forgets the state of rules that are gone', () => {
    let memory: AlertMemory = NO_ALERTS;
    for (let i = 0; i < 300; i += 1) {
      memory = stepAlert(memory, RULE, [{ ...own(0.01), subject: `s${i}`, group: `s${i}` }], i, false);
    }
    expect(memory.log).toHaveLength(200);
    expect(memory.log[0].atMs).toBe(299);
    expect(forgetRules(memory, [RULE])).toBe(memory);
    expect(forgetRules(memory, [])).toEqual({ states: {}, log: memory.log });
  });
});

it.each([
  [{ fromMinute: 22 * 60, toMinute: 7 * 60 }, [22 * 60, 0, 6 * 60 + 59], [21 * 60 + 59, 7 * 60, 12 * 60]],
  [{ fromMinute: 9 * 60, toMinute: 10 * 60 }, [9 * 60, 9 * 60 + 59], [8 * 60 + 59, 10 * 60, 0]],
  [{ fromMinute: 60, toMinute: 60 }, [], [59, 60, 61]],
  [null, [], [0, 720]],
])('hours of %j are quiet', (quiet, inside, outside) => {
  expect(inside.map((minute) => isQuiet(quiet, minute))).toEqual(inside.map(() => true));
  expect(outside.map((minute) => isQuiet(quiet, minute))).toEqual(outside.map(() => false));
});

describe('laws', () => {
  const looks = fc.array(
    fc.record({ distance: fc.double({ min: 0, max: 0.05, noNaN: true }), isQuiet: fc.boolean() }),
    { maxLength: 120 },
  );
  const run = (given: readonly { distance: number; isQuiet: boolean }[]) =>
    watch(
      given.map(({ distance }) => own(distance)),
      new Set(given.flatMap(({ isQuiet }, i) => (isQuiet ? [i] : []))),
    ).fired;

  it('never fires twice within its cooldown, in quiet hours, or while the condition does not hold', () => {
    fc.assert(
      fc.property(looks, (given) => {
        const fired = run(given);
        fired.forEach((at, i) => {
          expect(given[at].isQuiet).toBe(false);
          expect(given[at].distance).toBeLessThanOrEqual(0.02);
          if (i > 0) expect((at - fired[i - 1]) * MINUTE_MS).toBeGreaterThanOrEqual(RULE.cooldownMs);
        });
      }),
    );
  });

  it('between two firings the condition was clearly over', () => {
    fc.assert(
      fc.property(looks, (given) => {
        const fired = run(given);
        for (let i = 1; i < fired.length; i += 1) {
          const between = given.slice(fired[i - 1] + 1, fired[i]);
          expect(between.some(({ distance }) => distance > 0.025)).toBe(true);
        }
      }),
    );
  });

  it('fires at the first look that it may', () => {
    fc.assert(
      fc.property(looks, (given) => {
        const first = given.findIndex(({ distance, isQuiet }) => distance <= 0.02 && !isQuiet);
        expect(run(given)[0] ?? -1).toBe(first);
      }),
    );
  });

  it('a look at what was stored and read back goes on as if nothing had happened', () => {
    fc.assert(
      fc.property(looks, fc.nat(120), (given, cut) => {
        let memory = NO_ALERTS;
        given.forEach(({ distance, isQuiet }, i) => {
          if (i === cut) memory = JSON.parse(JSON.stringify(memory)) as AlertMemory;
          memory = stepAlert(memory, RULE, [own(distance)], i * MINUTE_MS, isQuiet);
        });
        expect(memory.log.map(({ atMs }) => atMs / MINUTE_MS).toReversed()).toEqual(run(given));
      }),
    );
  });
});
