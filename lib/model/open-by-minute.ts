import type { MinutePath } from '@/lib/market/bar';

import type { BookConfig } from './book-config';
import type { BookSide } from './book-side';
import { createEntrySpread, mirrorSpread, spreadEntries, type EntrySpread } from './entry-spread';
import { mirrorBin, priceToBin } from './grid';
import { openPositions, survivingShare } from './open-positions';

/** One minute of a bar as both sides see it, bins on either side's own axis. */
interface Step {
  volume: number;
  isFall: boolean;
  readonly long: StepSide;
  readonly short: StepSide;
}

interface StepSide {
  readonly spread: EntrySpread;
  adverseBin: number;
  /** The nearest bin that price reached after the minute, and from within it on. */
  laterBin: number;
  reachedBin: number;
  loss: number;
  /** What is then left of its volume. */
  surviving: number;
}

/** The minutes of a bar in which anything was traded. */
export interface MinuteSteps {
  count: number;
  readonly steps: Step[];
}

/** Scratch for `readMinutes`, reused from bar to bar. */
export const createMinuteSteps = (): MinuteSteps => ({ count: 0, steps: [] });

/** Numbers a minute has in a path. */
const WIDTH = 4;

/** Scratch: a minute's prices. */
const PRICES = { high: 0, low: 0, close: 0 };

/** Reads a bar's minutes; false where nothing was traded in any. */
export function readMinutes(path: MinutePath, open: number, binWidth: number, into: MinuteSteps): boolean {
  into.count = 0;
  let before = open;
  for (let i = 0; i < path.length; i += WIDTH) {
    const volume = path[i + 3];
    if (!(volume > 0)) continue;
    PRICES.high = path[i];
    PRICES.low = path[i + 1];
    PRICES.close = path[i + 2];
    const step = (into.steps[into.count] ??= createStep());
    step.volume = volume;
    step.isFall = PRICES.close < before;
    spreadEntries(PRICES, binWidth, step.long.spread);
    mirrorSpread(step.long.spread, step.short.spread);
    step.long.adverseBin = priceToBin(PRICES.low, binWidth);
    step.short.adverseBin = mirrorBin(priceToBin(PRICES.high, binWidth));
    into.count++;
    before = PRICES.close;
  }
  return into.count > 0;
}

/**
 * Opens a bar's new positions minute by minute, by volume. What a later minute crossed is gone for certain; only within a
 * minute is the order of high and low unknown. The mark's extremes are known for the bar but not for its minutes: in each they
 * are taken to lie as far from the trades' as the bar's do.
 */
export function openByMinute(
  side: BookSide,
  { steps, count }: MinuteSteps,
  qty: number,
  adverseBin: number,
  closeBin: number,
  config: BookConfig,
): void {
  if (!(qty > 0)) return;
  const { hurt, other } = config.crossedEntryLoss;
  const isLong = side.positionSide === 'long';
  let extreme = Infinity;
  for (let j = 0; j < count; j++) {
    const { adverseBin: own } = isLong ? steps[j].long : steps[j].short;
    if (own < extreme) extreme = own;
  }
  let later = closeBin;
  let surviving = 0;
  for (let j = count - 1; j >= 0; j--) {
    const { volume, isFall, long, short } = steps[j];
    const own = isLong ? long : short;
    own.loss = isFall === isLong ? hurt : other;
    own.laterBin = later;
    later = Math.min(later, own.adverseBin + adverseBin - extreme);
    own.reachedBin = later;
    own.surviving = volume * survivingShare(side, own.spread, later, own.laterBin, own.loss);
    surviving += own.surviving;
  }
  for (let j = 0; j < count; j++) {
    const own = isLong ? steps[j].long : steps[j].short;
    const part = (qty * own.surviving) / surviving;
    openPositions(side, own.spread, part, own.reachedBin, own.laterBin, own.loss, config);
  }
}

const createStepSide = (): StepSide => ({
  spread: createEntrySpread(),
  adverseBin: 0,
  laterBin: 0,
  reachedBin: 0,
  loss: 0,
  surviving: 0,
});

const createStep = (): Step => ({ volume: 0, isFall: false, long: createStepSide(), short: createStepSide() });
