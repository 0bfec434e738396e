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
  readonly long: { readonly spread: EntrySpread; adverseBin: number };
  readonly short: { readonly spread: EntrySpread; adverseBin: number };
}

/** The minutes of a bar in which anything was traded. */
export interface MinuteSteps {
  count: number;
  readonly steps: Step[];
}

export const createMinuteSteps = (): MinuteSteps => ({ count: 0, steps: [] });

/** Numbers a minute has in a path. */
const WIDTH = 4;

/** Reads a bar's minutes; false where nothing was traded in any. */
export function readMinutes(path: MinutePath, open: number, binWidth: number, into: MinuteSteps): boolean {
  into.count = 0;
  let before = open;
  for (let i = 0; i < path.length; i += WIDTH) {
    const [high, low, close, volume] = [path[i], path[i + 1], path[i + 2], path[i + 3]];
    if (volume > 0) {
      const step = (into.steps[into.count] ??= createStep());
      step.volume = volume;
      step.isFall = close < before;
      spreadEntries({ high, low, close }, binWidth, step.long.spread);
      mirrorSpread(step.long.spread, step.short.spread);
      step.long.adverseBin = priceToBin(low, binWidth);
      step.short.adverseBin = mirrorBin(priceToBin(high, binWidth));
      into.count++;
      before = close;
    }
  }
  return into.count > 0;
}

/**
 * Opens a bar's new positions minute by minute, by volume: what a later minute crossed is gone for certain, and only within its
 * own minute the order of high and low is unknown. The mark's extremes of the bar are known, those of its minutes are not: they
 * are taken to lie as far from the trades' in each minute as the bar's do.
 */
export function openByMinute(
  side: BookSide,
  minutes: MinuteSteps,
  qty: number,
  adverseBin: number,
  closeBin: number,
  config: BookConfig,
): void {
  const { steps, count } = minutes;
  const { hurt, other } = config.crossedEntryLoss;
  const own = side.positionSide;
  const lossOf = ({ isFall }: Step): number => (isFall === (own === 'long') ? hurt : other);
  let extreme = Infinity;
  for (let j = 0; j < count; j++) extreme = Math.min(extreme, steps[j][own].adverseBin);
  let later = closeBin;
  let surviving = 0;
  for (let j = count - 1; j >= 0; j--) {
    const step = steps[j];
    LATER[j] = later;
    later = Math.min(later, step[own].adverseBin + adverseBin - extreme);
    REACHED[j] = later;
    SURVIVING[j] = step.volume * survivingShare(side, step[own].spread, later, LATER[j], lossOf(step));
    surviving += SURVIVING[j];
  }
  for (let j = 0; j < count; j++) {
    const step = steps[j];
    const stepQty = (qty * SURVIVING[j]) / surviving;
    openPositions(side, step[own].spread, stepQty, REACHED[j], LATER[j], lossOf(step), config);
  }
}

/** Scratch, by minute: the nearest bin that price reached after it, from within it on, and what is then left of its volume. */
const LATER: number[] = [];
const REACHED: number[] = [];
const SURVIVING: number[] = [];

const createStep = (): Step => ({
  volume: 0,
  isFall: false,
  long: { spread: createEntrySpread(), adverseBin: 0 },
  short: { spread: createEntrySpread(), adverseBin: 0 },
});
