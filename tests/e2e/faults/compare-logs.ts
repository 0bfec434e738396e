import { missingSpans, subtractSpan, type TimeSpan } from '@/lib/core/ranges';
import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar, type OpenInterestPoint } from '@/lib/market/bar';
import { venueIdOf, type ContractId } from '@/lib/market/contract';
import type { RecordedSpan } from '@/lib/market/liquidation';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import type { Exchange } from '@/tests/exchange';

import type { LogRows } from '../extension-page/log-rows';
import type { FaultFreeRows } from './fault-free';

/** The log keeps away from the edge of what a venue reaches back to, and the venues' time goes on meanwhile. */
const REACH_MARGIN_MS = 4 * HOUR_MS;
/** What is on its way when a stretch ends: a seventh of a second while the venues hurry most. */
const EDGE_MS = 10 * MINUTE_MS;

/** A stretch of which nobody can tell any more, and which the log therefore does not have. */
export interface Gap extends TimeSpan {
  readonly contractId: ContractId;
  readonly of: 'open interest' | 'liquidations' | 'taker split';
}

export interface Comparison {
  readonly gaps: readonly Gap[];
  /** What is not as it should be; must be empty. */
  readonly differences: readonly string[];
}

/** Holds what a run with faults stored against what a run without them would have, and every level against its log. */
export function compareLogs(
  exchange: Exchange,
  before: readonly LogRows[],
  after: readonly LogRows[],
  faultFree: readonly FaultFreeRows[],
  span: TimeSpan,
): Comparison {
  const gaps: Gap[] = [];
  const differences: string[] = [];
  after.forEach((rows, i) => {
    const { contractId } = rows;
    const differ = (what: string): void => void differences.push(`${contractId}: ${what}`);
    for (const [series, digest] of Object.entries(before[i].before)) {
      if (rows.before[series as keyof LogRows['before']] !== digest) differ(`${series} of before changed`);
    }
    if (rows.brokenCount > 0) differ(`${rows.brokenCount} stored liquidations cannot be read`);
    if (rows.startMs !== before[i].startMs) differ('the history begins elsewhere');
    const isBefore = ({ openTimeMs }: { openTimeMs: number }): boolean => openTimeMs < span.endMs;
    const bars = rows.bars.filter(isBefore);
    const told = withKnownSplit(bars, faultFree[i].bars);
    compareRows('bars', bars, told, told, differ);
    gaps.push(...splitGaps(contractId, bars, faultFree[i].bars));
    const minutes = faultFree[i].minutes.map(({ openTimeMs, path }) => ({ openTimeMs, path: [...path] }));
    compareRows('minutes', rows.minutes.filter(isBefore), minutes, minutes, differ);
    gaps.push(...compareOpenInterest(before[i], rows, faultFree[i], span, differ));
    if (faultFree[i].openInterest !== null && rows.checkpoints.length === 0) differ('no levels are stored');
    for (const { throughMs, isFreshFold } of rows.checkpoints) {
      if (!isFreshFold) differ(`the levels of ${new Date(throughMs).toISOString()} are no fold of the log`);
    }
    if (VENUE_FACTS[venueIdOf(contractId)].liquidationFeed !== 'none')
      compareLiquidations(exchange, rows, span, gaps, differ);
  });
  return { gaps, differences };
}

/** Some venues tell apart from their bars who took, for hours or days: a bar that came without it says so by NaN. */
function withKnownSplit(stored: readonly Bar[], told: readonly Bar[]): Bar[] {
  const lacking = new Set(
    stored.filter(({ takerBuyVolume }) => Number.isNaN(takerBuyVolume)).map(({ openTimeMs }) => openTimeMs),
  );
  return told.map((bar) => (lacking.has(bar.openTimeMs) ? { ...bar, takerBuyVolume: NaN } : bar));
}

function splitGaps(contractId: ContractId, stored: readonly Bar[], told: readonly Bar[]): Gap[] {
  const known = new Set(told.filter(({ takerBuyVolume }) => takerBuyVolume >= 0).map(({ openTimeMs }) => openTimeMs));
  return stored
    .filter(({ openTimeMs, takerBuyVolume }) => Number.isNaN(takerBuyVolume) && known.has(openTimeMs))
    .map(({ openTimeMs }) => ({ startMs: openTimeMs, endMs: openTimeMs + BAR_MS, contractId, of: 'taker split' }));
}

/** What was stored or can be told again must be there, to the bit; what neither holds of is a gap. */
function compareOpenInterest(
  before: LogRows,
  { contractId, openInterest }: LogRows,
  { openInterest: told, interestReachMs }: FaultFreeRows,
  span: TimeSpan,
  differ: (what: string) => void,
): Gap[] {
  const stored = openInterest.filter(({ timeMs }) => timeMs <= span.endMs);
  const isOlder = ({ timeMs }: { timeMs: number }): boolean => timeMs < span.startMs;
  const reachMs = span.endMs - interestReachMs + REACH_MARGIN_MS;
  const knownBefore = before.openInterest.filter(isOlder);
  const due = [...knownBefore.filter(({ timeMs }) => timeMs > reachMs), ...(told ?? [])];
  const knownTimes = new Set(knownBefore.map(({ timeMs }) => timeMs));
  // Of before, what came since may be new, but nothing may have changed.
  const isNew = (point: OpenInterestPoint): boolean => (isOlder(point) ? !knownTimes.has(point.timeMs) : told === null);
  const possible = [...knownBefore, ...(told ?? []), ...stored.filter(isNew)];
  compareRows('open interest', stored, due, possible, differ);
  const startMs = knownBefore[0]?.timeMs ?? span.startMs;
  const missing = missingSpans(
    stored.map(({ timeMs }) => timeMs),
    startMs,
    span.endMs + BAR_MS,
    BAR_MS,
  );
  const alreadyMissing = missingSpans(
    knownBefore.map(({ timeMs }) => timeMs),
    startMs,
    span.startMs,
    BAR_MS,
  );
  const fresh = alreadyMissing.reduce(subtractSpan, missing);
  return fresh.map((gap) => ({ ...gap, contractId, of: 'open interest' as const }));
}

/** All that is due must be stored, and nothing that nobody told. */
function compareRows(
  what: string,
  stored: readonly object[],
  due: readonly object[],
  told: readonly object[],
  differ: (what: string) => void,
): void {
  const own = new Set(stored.map((row) => JSON.stringify(row)));
  const known = new Set(told.map((row) => JSON.stringify(row)));
  const missing = due.filter((row) => !own.has(JSON.stringify(row)));
  const invented = [...own].filter((row) => !known.has(row));
  if (missing.length > 0) differ(`${missing.length} of ${what} missing, first ${JSON.stringify(missing[0])}`);
  if (invented.length > 0) differ(`${invented.length} of ${what} told by nobody, first ${invented[0]}`);
  if (stored.length !== own.size) differ(`${what} stored twice`);
}

/** Within the stretches that count as recorded no liquidation may be missing. */
function compareLiquidations(
  exchange: Exchange,
  { contractId, liquidations, spans }: LogRows,
  { startMs, endMs }: TimeSpan,
  gaps: Gap[],
  differ: (what: string) => void,
): void {
  const venueId = venueIdOf(contractId);
  const feed = VENUE_FACTS[venueId].liquidationFeed === 'complete' ? 'full' : 'sampled';
  const told = exchange
    .venue(venueId)
    .source(contractId.slice(venueId.length + 1))
    .liquidations(startMs, endMs, feed);
  const stored = new Set(liquidations.map(({ timeMs }) => timeMs));
  const within = spans.filter(({ toMs, fromMs }) => toMs > startMs && fromMs < endMs);
  const isRecorded = (timeMs: number): boolean =>
    within.some(({ fromMs, toMs }) => timeMs >= fromMs + EDGE_MS && timeMs < toMs - EDGE_MS);
  const missing = told.filter(({ timeMs }) => isRecorded(timeMs) && !stored.has(timeMs));
  if (missing.length > 0) {
    const iso = (timeMs: number): string => new Date(timeMs).toISOString();
    const [first, last] = [missing[0].timeMs, missing[missing.length - 1].timeMs].map(iso);
    const claimed = within
      .filter(({ fromMs, toMs }) => missing.some(({ timeMs }) => timeMs >= fromMs && timeMs < toMs))
      .map(({ fromMs, toMs }) => `${iso(fromMs)} to ${iso(toMs)}`);
    differ(
      `${missing.length} of ${told.length} liquidations missing where all count as recorded, from ${first} to ${last}, in ${claimed.join(', ')}`,
    );
  }
  gaps.push(...unrecorded(within, startMs, endMs).map((gap) => ({ ...gap, contractId, of: 'liquidations' as const })));
}

function unrecorded(spans: readonly RecordedSpan[], startMs: number, endMs: number): TimeSpan[] {
  const found: TimeSpan[] = [];
  let fromMs = startMs;
  for (const span of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    if (span.fromMs > fromMs) found.push({ startMs: fromMs, endMs: Math.min(span.fromMs, endMs) });
    fromMs = Math.max(fromMs, span.toMs);
  }
  if (fromMs < endMs) found.push({ startMs: fromMs, endMs });
  return found;
}
