import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { RETENTION } from '@/lib/store/log/prune';

import { dailyRows } from './daily-rows';
import type { Sample } from './gauges';

/** One gauge held against what it may be. */
export interface Verdict {
  readonly what: string;
  readonly from: number;
  readonly to: number;
  /** What it may be at the end. */
  readonly may: number;
  readonly isGrown: boolean;
}

type Gauge = Exclude<keyof Sample, 'hours' | 'storedMb' | 'storedRows'>;

/** By which the last day's level may be over the first's. */
const MOST_GROWTH: Readonly<Record<Gauge, number>> = {
  workerMb: 1.15,
  workerTimers: 1.15,
  workerSignals: 1.15,
  ports: 1,
  sockets: 1.05,
  pageMb: 1.15,
  pageListeners: 1.05,
  pageNodes: 1.05,
};

/**
 * Of these what is left at rest counts, the least: a sample may fall into the folding of a month, and whatever is being asked
 * for at its moment holds a timer and a signal. What stays for good is in the least as well.
 */
const AT_REST: readonly (keyof Sample)[] = ['workerMb', 'pageMb', 'workerTimers', 'workerSignals', 'storedMb'];

/** Days, or parts of a shorter run. */
const PARTS = 7;
/** By how much more a day of the second half may add than one of the first; what chance alone makes of it is no growth either. */
const MOST_RISE = 0.15;
const CHANCE_ERRORS = 2;
/** Where chance alone makes so much of it nothing is known. */
const MOST_CHANCE = 0.5;
/** In a shorter run what is added is not told from what is being settled and swept, nor what grows from what warms up. */
const LONG_HOURS = 48;
/** In the first a month is fetched. */
const SETTLED_HOURS = 24;
const KEPT_DAYS = RETENTION.seriesMs / DAY_MS;

export const levelOf = (samples: readonly Sample[], gauge: keyof Sample): number => {
  const values = samples.map((sample) => sample[gauge]);
  return AT_REST.includes(gauge) ? Math.min(...values) : values.reduce((sum, value) => sum + value, 0) / values.length;
};

/** The nth seventh of a run. */
const partOf = (samples: readonly Sample[], nth: number): readonly Sample[] =>
  samples.slice(Math.floor((nth * samples.length) / PARTS), Math.ceil(((nth + 1) * samples.length) / PARTS));

const isLong = (samples: readonly Sample[]): boolean => samples[samples.length - 1].hours >= LONG_HOURS;
const settledOf = (samples: readonly Sample[]): readonly Sample[] =>
  samples.filter(({ hours }) => hours >= SETTLED_HOURS);

/** The first seventh of a run, of one of days the first after a day, and the last. */
export const endsOf = (
  samples: readonly Sample[],
): { readonly first: readonly Sample[]; readonly last: readonly Sample[] } => ({
  first: partOf(isLong(samples) ? settledOf(samples) : samples, 0),
  last: partOf(samples, PARTS - 1),
});

function judgeRows(samples: readonly Sample[]): Verdict {
  const { perDay, rise, riseError } = dailyRows(samples);
  const [from, to] = [perDay - rise / 2, perDay + rise / 2];
  const chance = CHANCE_ERRORS * riseError;
  const isKnown = chance <= MOST_CHANCE * perDay;
  const may = from + Math.max(MOST_RISE * perDay, chance);
  const what = isKnown ? 'storedRows a day' : 'storedRows a day (too few or unsteady samples)';
  return { what, from, to, may, isGrown: !(isKnown && to <= may) };
}

/** By how much a gauge rises a day between two sevenths. */
function risePerDay(samples: readonly Sample[], gauge: keyof Sample, from: number, to: number): number {
  const [before, after] = [partOf(samples, from), partOf(samples, to)];
  const days = ((levelOf(after, 'hours') - levelOf(before, 'hours')) * HOUR_MS) / DAY_MS;
  return (levelOf(after, gauge) - levelOf(before, gauge)) / days;
}

/**
 * What must be flat is held against its own first seventh, of a run of days against the first after a day: while a month is
 * fetched, code is still being compiled and buffers find their size. What is stored grows by design until it is as old as it
 * is kept: each day adds as many rows as another, after the first; and at this pace all of it is within the limit when the
 * oldest goes.
 */
export function judge(samples: readonly Sample[]): readonly Verdict[] {
  const { first, last } = endsOf(samples);
  const { hours } = samples[samples.length - 1];
  const flat = (Object.keys(MOST_GROWTH) as Gauge[]).map((gauge): Verdict => {
    const [from, to] = [levelOf(first, gauge), levelOf(last, gauge)];
    const may = from * MOST_GROWTH[gauge];
    return { what: gauge, from, to, may, isGrown: !(to <= may) };
  });
  if (!isLong(samples)) return flat;
  const stored = levelOf(last, 'storedMb');
  const daysLeft = Math.max(0, KEPT_DAYS - (hours * HOUR_MS) / DAY_MS);
  const whole = stored + daysLeft * Math.max(0, risePerDay(samples, 'storedMb', 1, PARTS - 1));
  const mostMb = RETENTION.maxBytes / 1e6;
  return [
    ...flat,
    judgeRows(settledOf(samples)),
    { what: `storedMb, in ${KEPT_DAYS} days`, from: stored, to: whole, may: mostMb, isGrown: !(whole <= mostMb) },
  ];
}
