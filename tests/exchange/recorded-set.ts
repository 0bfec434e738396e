import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { BAR_MS } from '@/lib/market/bar';
import { stepsPerUnit } from '@/tests/market/synthetic-bar';
import { createRandom, mixSeeds, seedFromText } from '@/tests/market/synthetic-random';

import { guessTakerBuyVolume } from './bar-path';
import { type RecordedBar, splitBar } from './hour-split';
import { inferInstrument, type Instrument, INSTRUMENTS } from './instruments';

/** What was liquidated in a stretch of a recording, base units. */
export interface LiquidationSum {
  readonly startMs: number;
  readonly endMs: number;
  readonly longQty: number;
  readonly shortQty: number;
}

/** A recording as gapless 5-minute bars. */
export interface RecordedSet {
  readonly name: string;
  readonly instrument: Instrument;
  readonly firstOpenTimeMs: number;
  readonly initialOpenInterest: number;
  readonly bars: readonly RecordedBar[];
  /** Mark price at each bar's open; NaN where none was recorded. */
  readonly markOpens: readonly number[];
  /** Null where the recording says nothing about liquidations. */
  readonly liquidations: readonly LiquidationSum[] | null;
}

interface Meta {
  readonly contract: string;
  readonly barMs: number;
  readonly liquidationBarMs: number | null;
  readonly liquidationUnit: 'base' | 'usd' | null;
  readonly openInterestAt: 'bar open' | 'bar close';
  readonly initialOpenInterest?: number;
}

interface Row extends RecordedBar {
  readonly timeMs: number;
  readonly markOpen: number;
  readonly liquidationBinMs: number;
  readonly liqLong: number;
  readonly liqShort: number;
}

/** Names of the sets in a folder: the subfolders with bars and a description. */
export const listRecordedSets = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .filter(
          (name) => existsSync(path.join(dir, name, 'bars.csv.gz')) && existsSync(path.join(dir, name, 'meta.json')),
        )
        .sort()
    : [];

/** Reads a set; throws with the place where it is not what it should be. */
export const readRecordedSet = (dir: string, name: string): RecordedSet => {
  const meta = JSON.parse(readFileSync(path.join(dir, name, 'meta.json'), 'utf8')) as Meta;
  const [header, ...lines] = gunzipSync(readFileSync(path.join(dir, name, 'bars.csv.gz')))
    .toString()
    .trim()
    .split('\n');
  const columns = header.split(',');
  const cells = lines.map((line) => line.split(','));
  const column = (wanted: string): string[] => {
    const index = columns.indexOf(wanted);
    return cells.map((row) => (index < 0 ? '' : (row[index] ?? '')));
  };
  const numbers = (wanted: string): number[] => column(wanted).map((text) => (text === '' ? NaN : Number(text)));
  const instrument =
    INSTRUMENTS.find(({ symbol }) => symbol === meta.contract) ??
    inferInstrument(meta.contract, column('close'), column('volume'));
  const [times, open, high, low, close, volume, takerBuy, openInterest, markOpen, bin, liqLong, liqShort] = [
    'ts_ms',
    'open',
    'high',
    'low',
    'close',
    'volume',
    'taker_buy_volume',
    'open_interest',
    'mark_price',
    'liq_bin_ms',
    'liq_long',
    'liq_short',
  ].map(numbers);
  const rows = times.map((timeMs, index): Row => {
    const roundPrice = (price: number): number => roundToStep(price, instrument.tickSize);
    const figures = {
      open: roundPrice(open[index]),
      high: roundPrice(high[index]),
      low: roundPrice(low[index]),
      close: roundPrice(close[index]),
      volume: roundToStep(volume[index], instrument.qtyStep),
      takerBuyVolume: roundToStep(takerBuy[index], instrument.qtyStep),
    };
    if (!(figures.low > 0 && figures.high >= figures.low) || timeMs % BAR_MS !== 0) {
      throw new Error(`${name}: row ${index + 2} is no bar: ${lines[index]}`);
    }
    if (Number.isNaN(figures.takerBuyVolume)) {
      figures.takerBuyVolume = guessTakerBuyVolume(figures, instrument.qtyStep);
    }
    return {
      ...figures,
      timeMs,
      openInterest: openInterest[index],
      markOpen: markOpen[index],
      liquidationBinMs: Number.isNaN(bin[index]) ? timeMs : bin[index],
      liqLong: liqLong[index],
      liqShort: liqShort[index],
    };
  });
  if (rows.length === 0) throw new Error(`${name}: no bars`);
  const gapless = fillGaps(rows, meta.barMs, instrument.tickSize);
  const filled = meta.openInterestAt === 'bar open' ? moveOpenInterest(gapless) : gapless;
  const initialOpenInterest =
    meta.openInterestAt === 'bar open' ? openInterest[0] : (meta.initialOpenInterest ?? rows[0].openInterest);
  return {
    name,
    instrument,
    firstOpenTimeMs: rows[0].timeMs,
    initialOpenInterest,
    ...refine(filled, meta.barMs, initialOpenInterest, instrument, seedFromText(name)),
    liquidations: meta.liquidationBarMs === null ? null : sumLiquidations(rows, meta),
  };
};

const roundToStep = (value: number, step: number): number => {
  const perUnit = stepsPerUnit(step);
  return Math.round(value * perUnit) / perUnit;
};

/** A venue's klines have no holes: missing bars run straight from what was to what follows, with the volume around them. */
const fillGaps = (rows: readonly Row[], barMs: number, tickSize: number): Row[] => {
  const filled: Row[] = [];
  for (const row of rows) {
    const before = filled.at(-1) ?? row;
    const missing = Math.round((row.timeMs - before.timeMs) / barMs) - 1;
    for (let nth = 1; nth <= missing; nth++) {
      const priceAt = (part: number): number =>
        roundToStep(before.close + ((row.open - before.close) * part) / missing, tickSize);
      const [open, close] = [priceAt(nth - 1), priceAt(nth)];
      filled.push({
        ...before,
        timeMs: before.timeMs + nth * barMs,
        open,
        close,
        high: Math.max(open, close),
        low: Math.min(open, close),
        openInterest: NaN,
        markOpen: NaN,
        liqLong: NaN,
        liqShort: NaN,
      });
    }
    filled.push(row);
  }
  return filled;
};

/** To the bar's end, where a recording took it at the open: the end is the next bar's open. */
const moveOpenInterest = (rows: readonly Row[]): Row[] =>
  rows.map((row, index) => ({ ...row, openInterest: rows[index + 1]?.openInterest ?? NaN }));

const refine = (
  rows: readonly Row[],
  barMs: number,
  initialOpenInterest: number,
  instrument: Instrument,
  seed: number,
): Pick<RecordedSet, 'bars' | 'markOpens'> => {
  const count = barMs / BAR_MS;
  if (count === 1) return { bars: rows.map(toBar), markOpens: rows.map((row) => row.markOpen) };
  let before = initialOpenInterest;
  const bars = rows.flatMap((row, index) => {
    const parts = splitBar(row, before, count, instrument, createRandom(mixSeeds(seed, index)));
    before = row.openInterest;
    return parts;
  });
  return { bars, markOpens: bars.map((_, index) => (index % count === 0 ? rows[index / count].markOpen : NaN)) };
};

const toBar = ({ open, high, low, close, volume, takerBuyVolume, openInterest }: Row): RecordedBar => ({
  open,
  high,
  low,
  close,
  volume,
  takerBuyVolume,
  openInterest,
});

/** Each bin once, however many rows repeat its sum. */
const sumLiquidations = (rows: readonly Row[], meta: Meta): LiquidationSum[] => {
  const sums = new Map<number, LiquidationSum>();
  for (const row of rows) {
    const startMs = row.liquidationBinMs;
    if (sums.has(startMs) || Number.isNaN(row.liqLong) || Number.isNaN(row.liqShort)) continue;
    const price = meta.liquidationUnit === 'usd' ? (row.high + row.low) / 2 : 1;
    const endMs = startMs + (meta.liquidationBarMs ?? meta.barMs);
    sums.set(startMs, { startMs, endMs, longQty: row.liqLong / price, shortQty: row.liqShort / price });
  }
  return [...sums.values()];
};
