import { expect, it } from 'vitest';

import { DAY_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { PATH_STEPS } from '@/tests/market/synthetic-bar';

import { FULL_DAYS, fullMarket } from './full-market';
import { INSTRUMENTS } from './instruments';
import { withPast } from './made-up-set';
import type { MarketSource } from './market-source';
import type { RecordedSet } from './recorded-set';
import type { Listing } from './source-book';

const NOW_MS = Date.UTC(2026, 8, 17);
const FIRST_MS = NOW_MS - FULL_DAYS * DAY_MS;
const [bitcoin] = INSTRUMENTS;

/** Rises by a tenth in the last day, and stands still before and after. */
const leader: Listing = {
  instrument: bitcoin,
  listedTimeMs: FIRST_MS,
  recording: null,
  source: () =>
    ({
      bar: (openTimeMs: number) => ({
        path: {
          prices: Float64Array.from({ length: PATH_STEPS + 1 }, (_, step) => {
            const days = (openTimeMs + (step * BAR_MS) / PATH_STEPS - NOW_MS) / DAY_MS + 1;
            return 60_000 * (1 + 0.1 * Math.min(1, Math.max(0, days)));
          }),
        },
      }),
    }) as unknown as MarketSource,
  truth: () => null,
};
const markets = fullMarket(leader, NOW_MS, 1);
const sourceOf = (symbol: string, among = markets): MarketSource => {
  const listing = among.find(({ instrument }) => instrument.symbol === symbol);
  if (listing === undefined) throw new Error(`no ${symbol}`);
  return listing.source();
};

it('stands at its own price now, after a month in which it followed as far as it does', () => {
  const [ether, gold] = [sourceOf('ETHUSDT'), sourceOf('XAUUSDT')];
  expect(ether.price(NOW_MS) / 2_340).toBeCloseTo(1, 4);
  expect(ether.price(NOW_MS - DAY_MS)).toBeLessThan(0.95 * 2_340);
  expect(Math.abs(gold.price(NOW_MS - DAY_MS) / gold.price(NOW_MS) - 1)).toBeLessThan(0.05);
  expect(ether.bar(FIRST_MS).open).toBeGreaterThan(0);
});

it('liquidates its share of open interest a day, and the same under the same seed', () => {
  const source = sourceOf('ETHUSDT');
  const events = source.liquidations(NOW_MS - 30 * DAY_MS, NOW_MS, 'full');
  const share = events.reduce((sum, { qty }) => sum + qty, 0) / source.openInterest(NOW_MS) / 30;
  expect(share).toBeGreaterThan(0.003);
  expect(share).toBeLessThan(0.012);
  const again = sourceOf('ETHUSDT', fullMarket(leader, NOW_MS, 1));
  expect(again.liquidations(NOW_MS - DAY_MS, NOW_MS, 'full')).toEqual(
    source.liquidations(NOW_MS - DAY_MS, NOW_MS, 'full'),
  );
});

it('gives a recording a past that ends where it begins', () => {
  const bar = {
    open: 60_000,
    high: 60_100,
    low: 59_900,
    close: 60_050,
    volume: 100,
    takerBuyVolume: 50,
    openInterest: 80_000,
  };
  const set: RecordedSet = {
    name: 'two bars',
    instrument: bitcoin,
    firstOpenTimeMs: NOW_MS,
    initialOpenInterest: 80_000,
    bars: [bar, bar],
    markOpens: [NaN, NaN],
    liquidations: null,
  };
  const longer = withPast(set, 300, 0.01, 1);
  expect([longer.bars.length, longer.markOpens.length, longer.liquidations?.length]).toEqual([302, 302, 302]);
  expect(longer.firstOpenTimeMs).toBe(NOW_MS - 300 * BAR_MS);
  expect(longer.bars[299].close / 60_000).toBeCloseTo(1, 4);
  expect(longer.bars.slice(300)).toEqual(set.bars);
});
