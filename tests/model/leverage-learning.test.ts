import { expect, it } from 'vitest';

import { DAY_MS } from '@/lib/core/time';
import { createBookConfig, type BookConfig } from '@/lib/model/book-config';
import {
  createLearning,
  ENOUGH_EVENTS,
  learnLeverageMix,
  observeBar,
  poolLearning,
  type BarLiquidations,
  type LearningState,
} from '@/lib/model/leverage-learning';
import { packLearning, unpackLearning } from '@/lib/model/pack-learning';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';

import { CONFIG, TIERS, walkBars } from './book-fixtures';

const BARS = walkBars(4_000);
const prior = createBookConfig(TIERS, 'linear').classes;
const withShares = (shareOf: (leverage: number) => number): BookConfig => ({
  ...CONFIG,
  classes: prior.map((each) => ({ ...each, share: shareOf(each.leverage) })),
});
const TRUE_SHARES = new Map([
  [20, 0.2],
  [50, 0.15],
  [100, 0.05],
]);
const TRUE_CONFIG = withShares((leverage) => TRUE_SHARES.get(leverage) ?? 0.0001);

/** Positions of one size, liquidated as a book of the true mix says; the rest carries over. */
function trueLiquidations(size: number, bars = BARS): readonly BarLiquidations[] {
  const book = createPositionBook(TRUE_CONFIG);
  seedPositionBook(book, [], 1000);
  const left = { long: 0, short: 0 };
  const take = (side: 'long' | 'short', qty: number): readonly number[] => {
    left[side] += qty;
    const count = Math.floor(left[side] / size);
    left[side] -= count * size;
    return Array.from({ length: count }, () => size);
  };
  return bars.map((bar) => {
    const { liquidatedLong, liquidatedShort } = foldBar(book, bar);
    return { long: take('long', liquidatedLong), short: take('short', liquidatedShort) };
  });
}

function observe(
  liquidations: readonly BarLiquidations[],
  config = TRUE_CONFIG,
  barCount = BARS.length,
  bars = BARS,
): LearningState {
  const book = createPositionBook(config);
  seedPositionBook(book, [], 1000);
  const state = createLearning(config);
  for (let i = 0; i < barCount; i++) {
    foldBar(book, bars[i]);
    observeBar(state, book, liquidations[i]);
  }
  return state;
}

const shareOf = (state: LearningState, leverage: number): number =>
  learnLeverageMix(state, prior).classes.find((each) => each.leverage === leverage)?.share ?? NaN;

const liquidations = trueLiquidations(0.05);

it('finds the absolute shares that the liquidations were made with', () => {
  const state = observe(liquidations);
  expect(state.eventCount).toBeGreaterThan(1_000);
  const nearTwenty = shareOf(state, 20) + shareOf(state, 25);
  const nearFifty = shareOf(state, 50) + shareOf(state, 60);
  expect(nearTwenty).toBeGreaterThan(0.16);
  expect(nearTwenty).toBeLessThan(0.24);
  expect(nearFifty).toBeGreaterThan(0.13);
  expect(nearFifty).toBeLessThan(0.17);
  expect(shareOf(state, 100)).toBeGreaterThan(0.035);
  expect(shareOf(state, 100)).toBeLessThan(0.065);
});

it('states the prior below enough events, and after a reset', () => {
  const first = liquidations.findIndex(
    (_, i) => liquidations.slice(0, i + 1).reduce((sum, { long, short }) => sum + long.length + short.length, 0) > 50,
  );
  const early = learnLeverageMix(observe(liquidations, TRUE_CONFIG, first), prior);
  expect(early.eventCount).toBeLessThan(ENOUGH_EVENTS);
  expect(early.isEnough).toBe(false);
  expect(early.classes).toEqual(prior);
  expect(learnLeverageMix(createLearning(TRUE_CONFIG), prior).classes).toEqual(prior);
});

it('never promises more than everything', () => {
  const doubled = liquidations.map(({ long, short }) => ({
    long: long.flatMap((qty) => [qty, qty, qty, qty, qty, qty]),
    short: short.flatMap((qty) => [qty, qty, qty, qty, qty, qty]),
  }));
  const { classes } = learnLeverageMix(observe(doubled), prior);
  expect(classes.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(0.97 + 1e-9);
  expect(Math.min(...classes.map(({ share }) => share))).toBeGreaterThan(0);
});

it('gives the same mix again after its state was stored as plain data', () => {
  const half = observe(liquidations, TRUE_CONFIG, 2_000);
  expect(learnLeverageMix(structuredClone(half), prior)).toEqual(learnLeverageMix(half, prior));
});

it('finds the same shares after a season as after two weeks', () => {
  const bars = walkBars(30_000);
  const state = observe(trueLiquidations(0.05, bars), TRUE_CONFIG, bars.length, bars);
  const nearTwenty = shareOf(state, 20) + shareOf(state, 25);
  expect(nearTwenty).toBeGreaterThan(0.16);
  expect(nearTwenty).toBeLessThan(0.24);
});

it('does not depend on the unit of quantity', () => {
  const state = observe(liquidations);
  const larger: LearningState = {
    ...state,
    evidence: state.evidence.map(({ timeMs, qty, exposures }) => ({
      timeMs,
      qty: 1000 * qty,
      exposures: exposures.map((each) => 1000 * each),
    })),
    exposures: state.exposures.map((each) => 1000 * each),
    qty: 1000 * state.qty,
    squaredQty: 1e6 * state.squaredQty,
    cutQty: 1000 * state.cutQty,
    squaredCutQty: 1e6 * state.squaredCutQty,
  };
  const shares = learnLeverageMix(state, prior).classes.map(({ share }) => share);
  learnLeverageMix(larger, prior).classes.forEach(({ share }, k) => expect(share).toBeCloseTo(shares[k], 9));
});

it('is surer of a class the more was liquidated of it', () => {
  const mix = learnLeverageMix(observe(liquidations), prior);
  const deviationAt = (leverage: number): number =>
    mix.relativeDeviations[mix.classes.findIndex((each) => each.leverage === leverage)];
  expect(deviationAt(50)).toBeLessThan(0.1);
  expect(deviationAt(3)).toBeGreaterThan(1);
});

it('pools contracts of other units into what one of twice the events would say', () => {
  const state = observe(liquidations);
  const pooled = poolLearning([state, state], TRUE_CONFIG);
  expect(pooled.eventCount).toBe(2 * state.eventCount);
  const single = learnLeverageMix(state, prior);
  learnLeverageMix(pooled, prior).classes.forEach(({ share, leverage }, k) => {
    if (leverage >= 50 && single.classes[k].share > 0.02) expect(share / single.classes[k].share).toBeCloseTo(1, 1);
  });
});

it('pools a contract that was watched last a month ago as what it says by now', () => {
  const state = observe(liquidations);
  const shiftMs = 30 * DAY_MS;
  const later: LearningState = {
    ...state,
    throughMs: state.throughMs + shiftMs,
    evidence: state.evidence.map((row) => ({ ...row, timeMs: row.timeMs + shiftMs })),
  };
  const pooled = learnLeverageMix(poolLearning([state, later], TRUE_CONFIG), prior);
  const single = learnLeverageMix(state, prior);
  pooled.classes.forEach(({ share, leverage }, k) => {
    if (leverage >= 50 && single.classes[k].share > 0.02) expect(share / single.classes[k].share).toBeCloseTo(1, 1);
  });
});

it('learns nearly the same mix of evidence added up five by five', () => {
  const state = observe(liquidations);
  const thinned = unpackLearning(packLearning(state), prior.length, Math.ceil(state.evidence.length / 5));
  if (thinned === null) throw new Error('of no use');
  expect(5 * thinned.evidence.length).toBeLessThan(state.evidence.length + 5);
  const [all, few] = [state, thinned].map((each) => learnLeverageMix(each, prior).classes);
  const distance = all.reduce((sum, { share }, k) => sum + Math.abs(share - few[k].share) / 2, 0);
  console.log(
    'DIST',
    distance,
    all.map(({ leverage, share }) => [leverage, share.toFixed(4)].join(':')).join(' '),
    few.map(({ share }) => share.toFixed(4)).join(' '),
  );
  expect(distance).toBeLessThan(0.02);
});
