import { splitSpans, subtractSpan, type TimeSpan } from '@/lib/core/ranges';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { usdOf, type Contract } from '@/lib/market/contract';
import type { Liquidation, LiquidationTotal } from '@/lib/market/liquidation';
import { LIQUIDATION_WINDOWS_MS } from '@/lib/market/realised';
import type { MarketLog } from '@/lib/store/log/market-log';
import type { Venue } from '@/lib/venues/venue';

import type { LiquidationRecord } from './liquidation-record';

/** What venues that tell single events afterwards are known to reach back to. */
const EVENTS_REACH_MS = DAY_MS;
const TOTALS_REACH_MS = Math.max(...LIQUIDATION_WINDOWS_MS);
const TOTALS_PAGE_MS = DAY_MS;
/** Venues publish an event some seconds late. */
const SETTLED_MS = MINUTE_MS;
/** A gap of which a venue told nothing is asked about again this late. */
const UNPROVEN_MS = 30 * MINUTE_MS;
/** A gap this short is the moment between two connections. */
const SHORTEST_GAP_MS = 10 * SECOND_MS;

export interface Backfill {
  readonly venue: Venue;
  readonly contract: Contract;
  readonly record: LiquidationRecord;
  readonly log: MarketLog;
  /** The venue's time. */
  readonly nowMs: number;
  /** The newest time that it has pushed: nothing after what it told counts as recorded, as its time may be wrong by hours. */
  readonly toldMs: number;
  readonly signal: AbortSignal;
  /** Gaps of which the venue told nothing, by contract and end, with the time of the answer: kept from one call to the next. */
  readonly unproven: Map<string, number>;
}

/** Asks a venue, where it tells, for what was liquidated of a contract while nobody recorded. What is told twice stays one. */
export async function backfillLiquidations(backfill: Backfill): Promise<void> {
  await fillEvents(backfill);
  await fillTotals(backfill);
}

async function fillEvents(backfill: Backfill): Promise<void> {
  const { venue, contract, record, log, nowMs, toldMs, signal, unproven } = backfill;
  if (venue.fetchLiquidations === null) return;
  for (const [key, askedMs] of unproven) if (nowMs - askedMs >= UNPROVEN_MS) unproven.delete(key);
  for (const { startMs, endMs } of gapsOf(backfill, nowMs - EVENTS_REACH_MS, nowMs - SETTLED_MS)) {
    const isNewest = endMs === nowMs - SETTLED_MS;
    const key = `${contract.id} ${isNewest ? 'now' : endMs}`;
    if (unproven.has(key)) continue;
    const told = await venue.fetchLiquidations(contract.symbol, { startMs, endMs }, signal);
    if (!told.ok || signal.aborted) return;
    const stored = await log.readLiquidations(contract.id, startMs - SECOND_MS, endMs + SECOND_MS);
    // Where it is not said how far back it reaches, it may know of none before the first event for want of memory.
    const firstMs = told.value.at(0)?.timeMs ?? endMs;
    const fromMs = venue.tellsWholeRange === true ? startMs : firstMs;
    if (fromMs >= endMs) unproven.set(key, nowMs);
    else if (fromMs > startMs) unproven.set(`${contract.id} ${fromMs}`, nowMs);
    const knownMs = Math.max(toldMs, told.value.at(-1)?.timeMs ?? -Infinity);
    if (fromMs < endMs && fromMs <= knownMs)
      record.fillEvents(contract, newOnes(told.value, stored), { fromMs, toMs: Math.min(endMs, knownMs) });
  }
}

async function fillTotals(backfill: Backfill): Promise<void> {
  const { venue, contract, record, log, nowMs, toldMs, signal } = backfill;
  if (venue.fetchLiquidationTotals === undefined) return;
  const reachMs = Math.max(nowMs - TOTALS_REACH_MS, contract.listedTimeMs);
  const gaps = gapsOf(backfill, reachMs, nowMs - BAR_MS).map(({ startMs, endMs }) => ({
    startMs: Math.ceil(startMs / BAR_MS) * BAR_MS,
    endMs: Math.floor(endMs / BAR_MS) * BAR_MS,
  }));
  for (const span of splitSpans(gaps, TOTALS_PAGE_MS)) {
    if (signal.aborted) return;
    const page = await venue.fetchLiquidationTotals(contract.symbol, span, signal);
    if (!page.ok) return;
    const knownMs = Math.min(span.endMs, Math.max(toldMs, page.value.at(-1)?.openTimeMs ?? -Infinity));
    const stated = page.value.filter(
      ({ openTimeMs, longUsd, shortUsd }) =>
        openTimeMs >= span.startMs && openTimeMs + BAR_MS <= knownMs && Number.isFinite(longUsd + shortUsd),
    );
    // A stream that loses events, or that was there for a moment, tells some of them: those are counted.
    const counted = await log.readLiquidations(contract.id, span.startMs, span.endMs);
    // Bars that it leaves out, or states no sum of, stay a gap.
    for (const bar of stated) {
      const rest = withoutCounted(contract, bar, counted);
      record.fillTotals(contract, [rest], { fromMs: bar.openTimeMs, toMs: bar.openTimeMs + BAR_MS });
    }
  }
}

function gapsOf({ contract, record }: Backfill, startMs: number, endMs: number): TimeSpan[] {
  const recorded = record.spans(contract.id);
  const gaps = recorded.reduce(
    (rest, { fromMs, toMs }) => subtractSpan(rest, { startMs: fromMs, endMs: toMs }),
    [{ startMs, endMs }],
  );
  return gaps.filter((gap) => gap.endMs - gap.startMs >= SHORTEST_GAP_MS);
}

/** What a stated sum has beyond the events of its bar that are known. */
function withoutCounted(
  contract: Contract,
  { openTimeMs, longUsd, shortUsd }: LiquidationTotal,
  counted: readonly Liquidation[],
): LiquidationTotal {
  const rest = { long: longUsd, short: shortUsd };
  for (const { timeMs, positionSide, qty, bankruptcyPrice } of counted)
    if (timeMs >= openTimeMs && timeMs < openTimeMs + BAR_MS)
      rest[positionSide] -= usdOf(contract, qty, bankruptcyPrice);
  return { openTimeMs, longUsd: Math.max(0, rest.long), shortUsd: Math.max(0, rest.short) };
}

/** Those that are new, as asked for. Some venues state whole seconds afterwards and milliseconds while streaming. */
function newOnes(events: readonly Liquidation[], stored: readonly Liquidation[]): Liquidation[] {
  const keyOf = ({ timeMs, positionSide, bankruptcyPrice, qty }: Liquidation) =>
    `${Math.floor(timeMs / SECOND_MS)} ${positionSide} ${bankruptcyPrice} ${qty}`;
  const known = new Set(stored.map(keyOf));
  return events.filter((event) => !known.has(keyOf(event))).map((event) => ({ ...event, isBackfilled: true }));
}
