import { expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';

import { deriveListing } from './derived-listing';
import { INSTRUMENTS } from './instruments';
import { createSourceBook } from './source-book';

const START_MS = 1_780_000_200_000;
const markets = createSourceBook({ startMs: START_MS, seed: 7, traderCount: 90 });
const market = markets.get('YOUNGUSDT')!;
const instrument = { ...INSTRUMENTS.find(({ symbol }) => symbol === 'YOUNGUSDT')!, symbol: 'YOUNG', tickSize: 0.001 };
const derived = deriveListing(market, instrument, { priceFactor: 1.002, qtyFactor: 10 });

it('moves with its market, at its own prices and sizes', () => {
  const openMs = START_MS - 10 * BAR_MS;
  const [ours, theirs] = [derived, market].map((each) => each.source().candle(openMs, openMs + BAR_MS, START_MS));
  for (const key of ['open', 'high', 'low', 'close'] as const) {
    expect(Math.abs(ours[key] - theirs[key] * 1.002)).toBeLessThan(0.0006);
  }
  expect(ours.volume).toBeCloseTo(theirs.volume * 10, 6);
  expect(derived.source().mark(openMs + 1)).toBeCloseTo(market.source().mark(openMs + 1) * 1.002, 9);
  expect(derived.source().openInterest(openMs)).toBeCloseTo(market.source().openInterest(openMs) * 10, 0);
});

it('liquidates when its market does, ten times as much', () => {
  const fromMs = market.listedTimeMs;
  const [ours, theirs] = [derived, market].map((each) => each.source().liquidations(fromMs, START_MS, 'full'));
  expect(ours.length).toBeGreaterThan(0);
  expect(ours.map(({ timeMs, positionSide, qty }) => [timeMs, positionSide, qty.toFixed(3)])).toEqual(
    theirs.map(({ timeMs, positionSide, qty }) => [timeMs, positionSide, (qty * 10).toFixed(3)]),
  );
});
