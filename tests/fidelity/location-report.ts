import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { DAY_MS } from '@/lib/core/time';
import type { Liquidation } from '@/lib/market/liquidation';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { createBookConfig, type BookConfig } from '@/lib/model/book-config';

import { locationWindows, scoreLocation, type LocationScore } from './location';
import { locationMaps } from './location-maps';
import { readRecordedSet, readRecordedTiers, recordedSetNames, type RecordedSet } from './recorded-set';
import { syntheticSet } from './synthetic-set';

interface LocationRow extends LocationScore {
  readonly id: string;
  readonly label: string;
}

export interface LocationReport {
  readonly source: string;
  readonly eventCount: number;
  readonly windowCount: number;
  readonly dayCount: number;
  readonly rows: readonly LocationRow[];
  readonly notes: readonly string[];
}

/** Fewer events than this are not scored. */
const MIN_EVENTS = 100;

/** Pacifica's rule: at most 50x on its majors, and half the smallest initial margin as maintenance. */
const EVENT_VENUE_TIERS: RiskTiers = {
  tiers: [
    { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate: 0.01, maintenanceAmount: 0, maxLeverage: 50 },
  ],
  source: 'bundled',
  asOfMs: 0,
};

/** The events of a folder with the bars of the same coin and time; null where there are none. */
export function readLocationReport(dir: string): LocationReport | null {
  const folders = existsSync(dir) ? readdirSync(dir).filter((name) => existsSync(eventFile(dir, name))) : [];
  for (const folder of folders) {
    for (const name of recordedSetNames(dir)) {
      const set = readRecordedSet(name, dir);
      const [first, last] = [set.bars[0].openTimeMs, set.bars[set.bars.length - 1].openTimeMs];
      const coin = set.symbol.replace(/USDT?$/, '');
      const events = readEvents(eventFile(dir, folder), coin).filter((e) => e.timeMs >= first && e.timeMs <= last);
      if (events.length < MIN_EVENTS || set.barMs > DAY_MS / 288) continue;
      const config = { ...createBookConfig(readRecordedTiers(set.symbol, dir), 'linear'), barMs: set.barMs };
      const venueConfig = { ...createBookConfig(EVENT_VENUE_TIERS, 'linear'), barMs: set.barMs };
      return locationReport(`${folder} (${coin}) on ${name}`, set, events, config, venueConfig);
    }
  }
  return null;
}

/** Events of the synthetic market at the price of the moment, as the recorded ones are published. */
export function syntheticLocation(): LocationReport {
  const { set, tiers, events } = syntheticSet(2);
  const config = createBookConfig(tiers, 'linear');
  const atMarket = events.map((event) => ({ ...event, bankruptcyPrice: event.averagePrice }));
  return locationReport('the synthetic market', set, atMarket, config, config);
}

const eventFile = (dir: string, name: string): string => path.join(dir, name, 'liquidations.csv.gz');

/** Scores our map under both brackets, N2, P3 and the placebos on the events of one contract. */
function locationReport(
  source: string,
  set: RecordedSet,
  events: readonly Liquidation[],
  config: BookConfig,
  venueConfig: BookConfig,
): LocationReport {
  const windows = locationWindows(set.bars, set.barMs, events, config.binWidth);
  const rows = locationMaps(set, windows, config, venueConfig).map(({ id, label, cells }) => ({
    id,
    label,
    ...scoreLocation(windows, cells),
  }));
  const eventCount = windows.reduce((sum, window) => sum + window.events.length, 0);
  return {
    source,
    eventCount,
    windowCount: windows.length,
    dayCount: new Set(windows.map(({ startMs }) => Math.floor(startMs / DAY_MS))).size,
    rows,
    notes: [
      'Windows begin every 15 minutes; events of a side within 60 s and 0.025 % of price are one; those outside the crossed range are left out.',
    ],
  };
}

function readEvents(file: string, coin: string): readonly Liquidation[] {
  const [header, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split(/\r?\n/);
  const titles = header.split(',');
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((field, i) => [titles[i], field])));
  return rows
    .filter((row) => row['symbol'] === coin && row['repeat'] !== '1' && Number(row['price']) > 0)
    .map((row): Liquidation => ({
      timeMs: Number(row['ts_ms']),
      positionSide: row['position_side'] === 'long' ? 'long' : 'short',
      bankruptcyPrice: Number(row['price']),
      averagePrice: NaN,
      qty: Number(row['qty']),
    }))
    .sort((a, b) => a.timeMs - b.timeMs);
}
