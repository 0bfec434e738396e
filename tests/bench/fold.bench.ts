import { BAR_MS, type FoldBar } from '@/lib/market/bar';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { createBookConfig } from '@/lib/model/book-config';
import {
  copyPositionBook,
  createPositionBook,
  foldBar,
  seedPositionBook,
  type PositionBook,
} from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';
import { barLadder, hourlyVolume, markLadder, openInterestCohorts, type PeerModel } from '@/tests/fidelity/peers';
import { readRecordedSet, readRecordedTiers, recordedSetNames } from '@/tests/fidelity/recorded-set';
import { TIERS } from '@/tests/model/book-fixtures';

import { quantile, rowOfTimes, type Bench, type BenchRow } from './bench';

const SET = 'binance-BTCUSDT-5m-2025-12-01';
const BAR_COUNT = 8_640;
const WARM_UP = 5;

interface BenchMarket {
  readonly name: string;
  readonly bars: readonly FoldBar[];
  readonly initialOpenInterest: number;
  readonly tiers: RiskTiers;
}

/** Time of one fold of 30 days against the peer models of the same bars, of a map, and of what a live update costs. */
export const run: Bench = async () => {
  const { name, bars, initialOpenInterest, tiers } = recordedSetNames().includes(SET) ? recordedMarket() : randomWalk();
  const config = createBookConfig(tiers, 'linear');
  const last = bars[bars.length - 1];
  const prices = { markPrice: last.close, lastPrice: last.close, asOfMs: last.openTimeMs };

  let book = createPositionBook(config);
  const foldAll = (): void => {
    book = createPositionBook(config);
    seedPositionBook(book, [], initialOpenInterest);
    for (const bar of bars) foldBar(book, bar);
  };
  const fold = measure(foldAll, 40);
  const peer = (model: PeerModel, runs: number): readonly number[] =>
    measure(() => model(bars, initialOpenInterest, BAR_MS), runs, 1);
  const peers = [
    { against: 'P2 bar ladder', model: barLadder },
    { against: 'P3 cohorts', model: openInterestCohorts },
    { against: 'P4 mark ladder', model: markLadder },
    { against: 'P5 hourly volume', model: hourlyVolume },
  ].map(({ against, model }) => ({ against, value: quantile(peer(model, 3), 0.5) }));
  const foldMedian = quantile(fold, 0.5);

  let profile = profileFromBook(book, prices);
  const maps = measure(() => {
    profile = profileFromBook(book, prices, profile);
  }, 400);
  const scratch = createPositionBook(config);
  const openBar = { ...last, openTimeMs: last.openTimeMs + BAR_MS };
  const refolds = measure(() => {
    copyPositionBook(book, scratch);
    foldBar(scratch, openBar);
    profile = profileFromBook(scratch, prices, profile);
  }, 400);

  const note = `${bars.length} bars, ${name}`;
  return [
    row(`fold of ${bars.length} bars`, fold, { budget: 15, note }),
    ...peers.map(({ against, value }) =>
      row(`fold, against ${against}`, fold, { against, value: value / foldMedian, note }),
    ),
    row('map from the book', maps, { note: `${profile.long.length} bins` }),
    row('open bar: copy, fold, map', refolds, { note: `book of ${bookBytes(book)} bytes` }),
  ];
};

const bookBytes = (book: PositionBook): number => book.long.cells.byteLength + book.short.cells.byteLength;

function row(
  name: string,
  times: readonly number[],
  {
    budget = null,
    against,
    value = NaN,
    note,
  }: { budget?: number | null; against?: string; value?: number; note: string },
): BenchRow {
  const ratio = against === undefined ? null : { against, value };
  return rowOfTimes(times, { name, budget, budgetOn: 'median', ratio, note });
}

function measure(work: () => unknown, runs: number, warmUp = WARM_UP): readonly number[] {
  for (let i = 0; i < warmUp; i++) work();
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

function recordedMarket(): BenchMarket {
  const { bars, initialOpenInterest } = readRecordedSet(SET);
  return { name: SET, bars, initialOpenInterest, tiers: readRecordedTiers('BTCUSDT') };
}

/** A seeded walk of a BTC-like contract, where nothing is recorded. */
function randomWalk(): BenchMarket {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  let close = 90_000;
  let openInterest = 90_000;
  const bars = Array.from({ length: BAR_COUNT }, (_, i): FoldBar => {
    const open = close;
    close *= Math.exp((random() - 0.5) * 0.004);
    openInterest *= Math.exp((random() - 0.5) * 0.004);
    const high = Math.max(open, close) * (1 + random() * 0.0008);
    const low = Math.min(open, close) * (1 - random() * 0.0008);
    const volume = 200 + random() * 800;
    const takerBuyVolume = volume * (0.4 + 0.2 * random());
    const mark = { markHigh: high, markLow: low, markClose: close };
    return { openTimeMs: i * BAR_MS, open, high, low, close, volume, takerBuyVolume, openInterest, ...mark };
  });
  return { name: 'seeded random walk', bars, initialOpenInterest: 90_000, tiers: TIERS };
}
