import { DAY_MS, floorToStep, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar, type FoldBar, type MinutePath } from '@/lib/market/bar';
import type { Trade } from '@/lib/market/trade';
import { isPriceLeap } from '@/lib/venues/plausibility';
import type { Snapshot } from '@/lib/venues/venue';

/** What the streams and polls say about one contract right now; none of it enters the log. NaN or null before the first word. */
export interface LiveMarket {
  onTrade(trade: Trade): void;
  onMark(mark: { timeMs: number; markPrice: number; fundingRate: number; nextFundingTimeMs: number }): void;
  onBar(bar: Bar): void;
  onSnapshot(snapshot: Snapshot): void;
  /** Bars after `throughMs`, oldest first, for the fold on a copy: the log's own where it has them, else as streamed. */
  barsAfter(throughMs: number, pendingBars: readonly Bar[]): FoldBar[];
  readonly lastPrice: number;
  readonly markPrice: number;
  readonly openInterest: number;
  readonly fundingRate: number | null;
  readonly nextFundingTimeMs: number | null;
  readonly fundingIntervalMs: number | null;
}

/** The trades of a bar that were heard: quantities, and the bar's minutes. */
interface HeardTrades {
  buys: number;
  all: number;
  readonly minutes: MinutePath;
}

/** Of a bar's volume so much must have been heard for its trades to tell its minutes. */
const HEARD_SHARE = 0.9;
const PATH_LENGTH = (4 * BAR_MS) / MINUTE_MS;
/** Who asks for bars says what is no longer needed; where nobody asks, bars older than this go. */
const KEPT_MS = DAY_MS;

interface MarkRange {
  high: number;
  low: number;
  close: number;
}

export function createLiveMarket(): LiveMarket {
  const bars = new Map<number, Bar>();
  const marks = new Map<number, MarkRange>();
  const takers = new Map<number, HeardTrades>();
  let lastPrice = NaN;
  let markPrice = NaN;
  let markTimeMs = -Infinity;
  let openInterest = NaN;
  let fundingRate: number | null = null;
  let nextFundingTimeMs: number | null = null;
  let fundingIntervalMs: number | null = null;

  /** The mark's range is known only since we listen; the bar's own range stands in for the part before. */
  const withMark = (bar: Bar): Bar => {
    const mark = marks.get(bar.openTimeMs);
    if (mark === undefined) return bar;
    return {
      ...bar,
      markHigh: Math.max(mark.high, bar.high),
      markLow: Math.min(mark.low, bar.low),
      markClose: mark.close,
    };
  };

  /** Where the venue's bars do not split their volume, the trades that were heard stand for all of the bar's. */
  const withTakers = (bar: Bar): Bar => {
    const taken = takers.get(bar.openTimeMs);
    if (taken === undefined || !Number.isNaN(bar.takerBuyVolume) || taken.all === 0) return bar;
    return { ...bar, takerBuyVolume: (bar.volume * taken.buys) / taken.all };
  };

  /** The bar's inside, once it can be told. */
  const minutesOf = ({ openTimeMs, volume }: Bar): MinutePath | undefined => {
    const taken = takers.get(openTimeMs);
    return taken !== undefined && taken.all >= HEARD_SHARE * volume ? taken.minutes : undefined;
  };

  const forgetThrough = (throughMs: number) => {
    for (const byBar of [bars, marks, takers]) {
      for (const openTimeMs of byBar.keys()) if (openTimeMs < throughMs) byBar.delete(openTimeMs);
    }
  };

  const note = <T>(byBar: Map<number, T>, openTimeMs: number, noted: T): T => {
    if (!byBar.has(openTimeMs)) forgetThrough(openTimeMs - KEPT_MS);
    byBar.set(openTimeMs, noted);
    return noted;
  };

  return {
    onTrade({ timeMs, price, qty, isTakerBuy }) {
      const openTimeMs = floorToStep(timeMs, BAR_MS);
      // What was told first was the slip: nothing of it may stay in the bar.
      if (isPriceLeap(price, lastPrice)) takers.delete(openTimeMs);
      lastPrice = price;
      const taken =
        takers.get(openTimeMs) ?? note(takers, openTimeMs, { buys: 0, all: 0, minutes: new Float64Array(PATH_LENGTH) });
      taken.all += qty;
      if (isTakerBuy) taken.buys += qty;
      addToMinute(taken.minutes, Math.floor((timeMs - openTimeMs) / MINUTE_MS), price, qty);
    },
    onMark(mark) {
      markPrice = mark.markPrice;
      markTimeMs = mark.timeMs;
      // Where funding comes on a stream of its own it may not have come yet.
      if (!Number.isNaN(mark.fundingRate)) {
        fundingRate = mark.fundingRate;
        nextFundingTimeMs = mark.nextFundingTimeMs;
      }
      const openTimeMs = floorToStep(mark.timeMs, BAR_MS);
      const range = marks.get(openTimeMs);
      if (range === undefined || isPriceLeap(markPrice, range.close)) {
        note(marks, openTimeMs, { high: markPrice, low: markPrice, close: markPrice });
      } else {
        range.high = Math.max(range.high, markPrice);
        range.low = Math.min(range.low, markPrice);
        range.close = markPrice;
      }
    },
    onBar(bar) {
      note(bars, bar.openTimeMs, bar);
      lastPrice = bar.close;
    },
    onSnapshot(snapshot) {
      if (snapshot.openInterest !== null) openInterest = snapshot.openInterest.openInterest;
      const snapshotTimeMs = snapshot.venueTimeMs ?? -Infinity;
      if (snapshot.markPrice !== null && (Number.isNaN(markPrice) || snapshotTimeMs > markTimeMs)) {
        markPrice = snapshot.markPrice;
        markTimeMs = snapshotTimeMs;
        // Where funding is asked for apart it may not have been told.
        fundingRate = snapshot.fundingRate ?? fundingRate;
        nextFundingTimeMs = snapshot.nextFundingTimeMs ?? nextFundingTimeMs;
      }
      fundingIntervalMs = snapshot.fundingIntervalMs ?? fundingIntervalMs;
    },
    barsAfter(throughMs, pendingBars) {
      forgetThrough(throughMs);
      const all = new Map([...bars.values()].map((bar) => [bar.openTimeMs, withTakers(withMark(bar))]));
      for (const bar of pendingBars) all.set(bar.openTimeMs, bar);
      const ordered = [...all.values()].sort((a, b) => a.openTimeMs - b.openTimeMs);
      return ordered.map((bar, index) => ({
        ...bar,
        openInterest: index === ordered.length - 1 ? openInterest : NaN,
        minutes: minutesOf(bar),
      }));
    },
    get lastPrice() {
      return lastPrice;
    },
    get markPrice() {
      return markPrice;
    },
    get openInterest() {
      return openInterest;
    },
    get fundingRate() {
      return fundingRate;
    },
    get nextFundingTimeMs() {
      return nextFundingTimeMs;
    },
    get fundingIntervalMs() {
      return fundingIntervalMs;
    },
  };
}

function addToMinute(minutes: MinutePath, minute: number, price: number, qty: number): void {
  const at = 4 * minute;
  const isFirst = minutes[at + 3] === 0;
  minutes[at] = isFirst ? price : Math.max(minutes[at], price);
  minutes[at + 1] = isFirst ? price : Math.min(minutes[at + 1], price);
  minutes[at + 2] = price;
  minutes[at + 3] += qty;
}
