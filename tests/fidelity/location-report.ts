import { DAY_MS, MINUTE_MS } from '@/lib/core/time';
import type { Liquidation } from '@/lib/market/liquidation';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { createBookConfig, type BookConfig } from '@/lib/model/book-config';

import type { Interval } from './bootstrap';
import { coinOf, eventSources, type EventSource } from './location-events';
import { locationMaps } from './location-maps';
import { curveLead, locationBench, meanBitsOverUniform, scoreLocation, type LocationScore } from './location-score';
import { locationWindows } from './location-windows';
import { configOf } from './models';
import { readRecordedSets, readRecordedTiers, type RecordedSet } from './recorded-set';
import { syntheticSet } from './synthetic-set';

export interface LocationReport {
  readonly source: string;
  readonly eventCount: number;
  readonly windowCount: number;
  readonly dayCount: number;
  /** Empty where events are too few to be scored. */
  readonly rows: readonly LocationRow[];
  readonly notes: readonly string[];
}

interface LocationRow extends Omit<LocationScore, 'curveBits'> {
  readonly id: string;
  readonly label: string;
  /** Bits over the curve less those of N2, of the same events. */
  readonly leadOverN2: Interval;
}

/** Fewer readings or days than this are not scored. */
const MIN_EVENTS = 100;
const MIN_DAYS = 3;
/** Levels are lost in longer bars. */
const LONGEST_BAR_MS = 5 * MINUTE_MS;

/** Pacifica's rule: at most 50x on its majors, and half the smallest initial margin as maintenance. */
const EVENT_VENUE_TIERS: RiskTiers = {
  tiers: [
    { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate: 0.01, maintenanceAmount: 0, maxLeverage: 50 },
  ],
  source: 'bundled',
  asOfMs: 0,
};

/** Every folder of events with every set of fine bars of the same coin and time; what has no such bars is told so. */
export function readLocationReports(dir: string): readonly LocationReport[] {
  const sets = readRecordedSets(dir).sets.filter(({ barMs }) => barMs <= LONGEST_BAR_MS);
  return eventSources(dir).flatMap((source) => sets.flatMap((set) => reportOf(source, set, dir)));
}

function reportOf({ name, eventsOf }: EventSource, set: RecordedSet, dir: string): readonly LocationReport[] {
  const { bars, symbol } = set;
  const endMs = bars[bars.length - 1].openTimeMs + set.barMs;
  const events = eventsOf(coinOf(symbol)).filter(({ timeMs }) => timeMs >= bars[0].openTimeMs && timeMs < endMs);
  if (events.length === 0) return [];
  const config = configOf(set, readRecordedTiers(symbol, dir));
  return [locationReport(`${name} (${symbol}) on ${set.name}`, set, events, config, configOf(set, EVENT_VENUE_TIERS))];
}

/** Events of the synthetic market at the price of the moment, as the recorded ones are published. */
export function syntheticLocation(): LocationReport {
  const { set, tiers, events } = syntheticSet(2);
  const config = createBookConfig(tiers, 'linear');
  const atMarket = events.map((event) => ({ ...event, bankruptcyPrice: event.averagePrice }));
  return locationReport('the synthetic market', set, atMarket, config, config);
}

/** Scores our map, with a learned mix and under both brackets, N2, P3 and the placebos on the events of one contract. */
function locationReport(
  source: string,
  set: RecordedSet,
  events: readonly Liquidation[],
  config: BookConfig,
  venueConfig: BookConfig,
): LocationReport {
  const windows = locationWindows(set.bars, set.barMs, events, config.binWidth);
  const maps = locationMaps(set, windows, config, venueConfig);
  const counts = {
    source,
    eventCount: windows.reduce((sum, window) => sum + window.events.length, 0),
    windowCount: windows.length,
    dayCount: new Set(windows.map(({ startMs }) => Math.floor(startMs / DAY_MS))).size,
  };
  if (counts.eventCount < MIN_EVENTS || counts.dayCount < MIN_DAYS) {
    const plain = windows.length === 0 ? [] : maps.filter(({ isLearned }) => !isLearned);
    const bits = plain.map((map) => `${map.label} ${meanBitsOverUniform(windows, map).toFixed(2)}`);
    const uniform = bits.length === 0 ? '' : ` Mean bits over uniform: ${bits.join('; ')}.`;
    return { ...counts, rows: [], notes: [`Only ${events.length} events, too few to be scored.${uniform}`] };
  }
  const bench = locationBench(windows);
  const scored = maps.map((map) => ({ map, score: scoreLocation(bench, map) }));
  const volumeMap = scored.find(({ map }) => map.id === 'N2') ?? scored[0];
  return {
    ...counts,
    rows: scored.map(({ map: { id, label }, score }) => {
      const { curveBits: _curveBits, ...figures } = score;
      return { id, label, ...figures, leadOverN2: curveLead(score, volumeMap.score) };
    }),
    notes: [
      'Windows begin every 15 minutes; events of a side within 60 s and 0.025 % of price are one; those outside the crossed range are left out.',
    ],
  };
}
