import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { FoldBar } from '@/lib/market/bar';
import type { RiskTier, RiskTiers } from '@/lib/market/risk-tier';

/** Recordings beside the repository, where a machine has them. */
export const RECORDED_DIR = path.resolve(import.meta.dirname, '../../../shared/data');

export interface RecordedSet {
  readonly name: string;
  readonly symbol: string;
  readonly barMs: number;
  /** Open interest, base units, when the first bar opens. */
  readonly initialOpenInterest: number;
  readonly bars: readonly FoldBar[];
}

interface Meta {
  readonly contract: string;
  readonly barMs: number;
  readonly openInterestAt: 'bar close' | 'bar open';
  readonly initialOpenInterest?: number;
  readonly volume: string;
}

/** Binance's own futures volume is of this order of its spot volume; only where a set has nothing but spot. */
const SPOT_TO_PERPETUAL_VOLUME = 10;

/** Names of the sets of bars in a folder; none where the folder is missing. */
export const recordedSetNames = (dir = RECORDED_DIR): readonly string[] =>
  existsSync(dir) ? readdirSync(dir).filter((name) => existsSync(path.join(dir, name, 'bars.csv.gz'))) : [];

export function readRecordedSet(name: string, dir = RECORDED_DIR): RecordedSet {
  const meta = JSON.parse(readFileSync(path.join(dir, name, 'meta.json'), 'utf8')) as Meta;
  const text = gunzipSync(readFileSync(path.join(dir, name, 'bars.csv.gz'))).toString();
  const [header, ...lines] = text.trim().split('\n');
  const names = header.split(',');
  const rows = lines.map((line) => line.split(',').map((field) => (field === '' ? NaN : Number(field))));
  const column = (title: string): readonly number[] => {
    const index = names.indexOf(title);
    return rows.map((row) => (index < 0 ? NaN : row[index]));
  };
  const [time, open, high, low, close] = ['ts_ms', 'open', 'high', 'low', 'close'].map(column);
  const takerBuyVolume = column('taker_buy_volume');
  const volumeFactor = meta.volume.startsWith('spot') ? SPOT_TO_PERPETUAL_VOLUME : 1;
  const volume = column('volume').map((qty) => qty * volumeFactor);
  const observed = column('open_interest');
  // A row taken at its bar's open is the end of the bar before; the last bar's end was not observed.
  const isAtOpen = meta.openInterestAt === 'bar open';
  const openInterest = isAtOpen ? [...observed.slice(1), NaN] : observed;
  return {
    name,
    symbol: meta.contract,
    barMs: meta.barMs,
    initialOpenInterest: isAtOpen ? observed[0] : (meta.initialOpenInterest ?? observed[0]),
    bars: time.map((openTimeMs, i) => ({
      openTimeMs,
      open: open[i],
      high: high[i],
      low: low[i],
      close: close[i],
      volume: volume[i],
      takerBuyVolume: takerBuyVolume[i],
      markHigh: NaN,
      markLow: NaN,
      markClose: NaN,
      openInterest: openInterest[i],
    })),
  };
}

interface RecordedTier {
  readonly minNotional: number;
  readonly maxNotional: number;
  readonly maintenanceMarginRate: number;
  readonly maxLeverage: number;
  readonly info: { readonly cum: number };
}

/** Binance's brackets of a symbol as of 2026-05-01. */
export function readRecordedTiers(symbol: string, dir = RECORDED_DIR): RiskTiers {
  const text = gunzipSync(readFileSync(path.join(dir, 'tiers/binance-usdm-2026-05-01.json.gz'))).toString();
  const all = JSON.parse(text) as Record<string, readonly RecordedTier[]>;
  const tiers: readonly RiskTier[] = all[`${symbol.replace(/USDT$/, '')}/USDT:USDT`].map((tier) => ({
    notionalFloor: tier.minNotional,
    notionalCap: tier.maxNotional,
    maintenanceMarginRate: tier.maintenanceMarginRate,
    maintenanceAmount: tier.info.cum,
    maxLeverage: tier.maxLeverage,
  }));
  return { tiers, source: 'bundled', asOfMs: Date.UTC(2026, 4, 1) };
}
