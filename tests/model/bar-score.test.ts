import { describe, expect, it } from 'vitest';

import type { Liquidation } from '@/lib/market/liquidation';
import type { BarScore } from '@/lib/market/score';
import { barLiquidations } from '@/lib/model/bar-liquidations';
import { knownShareFromScores, markPath, scoreBar, shareOf } from '@/lib/model/bar-score';
import { NO_OBSERVATION } from '@/lib/model/liquidated-share';
import { NO_ACTIVITY, sameBarUsd } from '@/lib/model/prediction';
import { samplingFactor } from '@/lib/model/sampled-feed';
import { BTCUSDT } from '@/tests/market/sample-contract';

import { CONFIG, makeBar } from './book-fixtures';

const BAR = makeBar(0, 99, 1000, { open: 100, high: 101, low: 98, markHigh: 100.8, markLow: 98.2, markClose: 99.1 });
const liquidation = (timeMs: number, positionSide: 'long' | 'short', qty: number): Liquidation => ({
  timeMs,
  positionSide,
  bankruptcyPrice: 98,
  averagePrice: NaN,
  qty,
});
const FROZEN = {
  bar: BAR,
  path: markPath(100, BAR),
  crossed: { long: 5_000, short: 1_000 },
  openInterestUsd: 1e5,
  liquidations: [liquidation(0, 'long', 2), liquidation(1_000, 'short', 1)],
};
const FACTS = { contract: BTCUSDT, config: CONFIG };

it('follows the mark from where it stood, trades where marks are missing', () => {
  expect(markPath(100, BAR)).toEqual({ open: 100, high: 100.8, low: 98.2, close: 99.1 });
  expect(markPath(97, BAR)).toMatchObject({ open: 97, low: 97 });
  const bare = { ...BAR, markHigh: NaN, markLow: NaN, markClose: NaN };
  expect(markPath(100, bare)).toEqual({ open: 100, high: 101, low: 98, close: 99 });
});

describe('a bar’s score', () => {
  it('holds the expectation of the map and the same-bar term beside what was reported', () => {
    const activity = { volume: 100, range: 0.01, weight: 0.5 };
    const score = scoreBar(FROZEN, { ...FACTS, sampling: 'complete' }, activity, NO_OBSERVATION);
    const sameBar = sameBarUsd(FROZEN.path, activity, CONFIG);
    expect(sameBar.long).toBeGreaterThan(0);
    expect(score.atRisk).toEqual({ long: 5_000 + sameBar.long, short: 1_000 + sameBar.short });
    expect(score.expected.long).toBeCloseTo(0.2 * score.atRisk.long, 9);
    expect(score.observed).toEqual({ long: 2 * 98, short: 98 });
    expect(score.move.long).toBeCloseTo(Math.log(100 / 98.2), 12);
    expect(score.move.short).toBeCloseTo(Math.log(100.8 / 100), 12);
  });

  it('does not read the bar’s own volume or open interest', () => {
    const other = { ...BAR, volume: 9_999, takerBuyVolume: 1, openInterest: 1 };
    const facts = { ...FACTS, sampling: 'complete' } as const;
    expect(scoreBar({ ...FROZEN, bar: other }, facts, NO_ACTIVITY, NO_OBSERVATION)).toEqual(
      scoreBar(FROZEN, facts, NO_ACTIVITY, NO_OBSERVATION),
    );
  });

  it('makes up for what a sampled feed leaves out, dollars and quantities alike', () => {
    const busy = Array.from({ length: 200 }, (_, i) => liquidation(i * 1_000, 'long', 1));
    const factor = samplingFactor('largest', 200 / 300);
    expect(factor).toBeGreaterThan(1.05);
    const frozen = { ...FROZEN, liquidations: busy };
    const score = scoreBar(frozen, { ...FACTS, sampling: 'largest' }, NO_ACTIVITY, NO_OBSERVATION);
    expect(score.observed.long).toBeCloseTo(200 * 98 * factor, 6);
    const { long, short } = barLiquidations(busy, 'largest', CONFIG.barMs);
    expect(long).toHaveLength(200);
    expect(long[0]).toBeCloseTo(factor, 12);
    expect(short).toEqual([]);
  });
});

it('learns the share that is liquidated from earlier bars', () => {
  const scores = Array.from({ length: 1_000 }, (_, i): BarScore => ({
    openTimeMs: i * CONFIG.barMs,
    atRisk: { long: 1_000, short: 1_000 },
    expected: { long: 0, short: 0 },
    observed: { long: 100, short: 50 },
    move: { long: 0, short: 0 },
  }));
  const share = shareOf(knownShareFromScores(scores), 'largest', 1e5);
  expect(share.long).toBeCloseTo(0.1, 2);
  expect(share.short).toBeCloseTo(0.05, 2);
  expect(shareOf(knownShareFromScores([]), 'largest', 1e5)).toEqual({ long: 0.04, short: 0.04 });
});
