import { splitSpans, type TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { HOUR_MS, type Clock } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';

import type { VenueError } from './venue';

/** What takers bought and sold in a bar's time, in a unit that the venue chooses: only the shares count. */
export interface TakerRow {
  readonly timeMs: number;
  readonly buys: number;
  readonly sells: number;
}

/** A bar whose split is missing is waited for as long as this after its end: statistics come later than candles. */
const LATE_MS = 2 * BAR_MS;
/** So long before the end of what is asked for, a venue's newest row has others behind it; if not, its period still runs and a clock is wrong. */
const FOLLOWED_MS = 2 * BAR_MS + LATE_MS;
/** So many bars without a single row mean that there are none. */
const ENOUGH_BARS = 3;
const UNTOLD_MS = HOUR_MS;
/** So often the rows of a stretch may fail to come before its bars go without. */
const MOST_FAILURES = 4;
/** Rows that are labelled we do not know how must add up to the bars' volumes as well as this. */
const MOST_MISMATCH = 0.05;

export interface TakerSplitOptions {
  /** At most so many rows, of bars that open in the span. */
  readonly fetchPage: (
    symbol: string,
    span: TimeSpan,
    signal: AbortSignal,
  ) => Promise<Result<readonly TakerRow[], VenueError>>;
  readonly rowsPerPage: number;
  /** How far back the venue tells. */
  readonly reachMs: number;
  /** The venue's time as it last stated it: a machine's clock that was set ahead would take a running period for over. */
  readonly now: Clock;
  /** Whether rows carry the times at which their bars open. Where it is not known, volumes tell: rows are in the bars' own unit then. */
  readonly isLabelKnown: boolean;
}

/** What a venue tells of a span; null where it reaches back less far. */
type TakerRows = Result<readonly TakerRow[] | null, VenueError>;

/** Who took, for a venue whose candles do not say it but whose statistics do. It never keeps a bar away for long. */
export interface TakerSplit {
  fetch(symbol: string, span: TimeSpan, signal: AbortSignal): Promise<TakerRows>;
  /**
   * The bars with what takers bought; the newest are left for the next call while their rows may merely be late, and all
   * of them a few times where the rows failed to come.
   */
  join(symbol: string, bars: readonly Bar[], rows: TakerRows): Result<readonly Bar[], VenueError>;
}

/** Remembers per contract what failed to come, for the session. */
export function createTakerSplit(options: TakerSplitOptions): TakerSplit {
  const { fetchPage, rowsPerPage, reachMs, now, isLabelKnown } = options;
  /** Contracts of which the venue told nothing where it should have, and until when they are not asked for. */
  const untold = new Map<string, number>();
  /** Contracts whose rows were refused once too often: until they are told again, no bar waits for them. */
  const refused = new Set<string>();
  /** By contract and first bar. */
  const failures = new Map<string, number>();

  /** Whether the bars are worth another try; they are stored once. */
  const waits = (symbol: string, firstMs: number, { kind }: VenueError): boolean => {
    // Whoever goes away has not seen the venue fail.
    if (kind === 'aborted') return true;
    const key = `${symbol} ${firstMs}`;
    const count = (failures.get(key) ?? 0) + 1;
    const isPatient = kind !== 'blocked' && !refused.has(symbol) && count < MOST_FAILURES;
    if (isPatient) {
      failures.set(key, count);
    } else {
      failures.delete(key);
      refused.add(symbol);
    }
    return isPatient;
  };

  return {
    async fetch(symbol, { startMs, endMs }, signal) {
      const fromMs = Math.max(startMs, Math.ceil((now() - reachMs) / BAR_MS) * BAR_MS);
      if (fromMs >= endMs || now() < (untold.get(symbol) ?? -Infinity)) return ok(null);
      const pages = splitSpans([{ startMs: fromMs, endMs }], rowsPerPage * BAR_MS);
      const told = await Promise.all(
        pages.map(async (page) => {
          const askedMs = now();
          const result = await fetchPage(symbol, page, signal);
          // An answer may be as old as the question, and the time it states sets a clock right: what was still traded in by either is
          // not known yet, although it is over by now.
          const untilMs = Math.min(askedMs, now()) - BAR_MS;
          return result.ok ? ok(result.value.filter(({ timeMs }) => timeMs <= untilMs)) : result;
        }),
      );
      const rows: TakerRow[] = [];
      for (const page of told) {
        if (!page.ok) return page;
        rows.push(...page.value);
      }
      return ok(followed(rows, Math.min(endMs, now())));
    },

    join(symbol, bars, rows) {
      if (bars.length === 0) return ok(bars);
      const firstMs = bars[0].openTimeMs;
      if (!rows.ok) return waits(symbol, firstMs, rows.error) ? rows : ok(bars);
      if (rows.value === null) return ok(bars);
      failures.delete(`${symbol} ${firstMs}`);
      refused.delete(symbol);
      const shares = sharesFrom(rows.value, isLabelKnown ? 0 : labelOffset(bars, rows.value));
      const joined: Bar[] = [];
      for (const bar of bars) {
        const share = shares.get(bar.openTimeMs);
        const isLate = share === undefined && bar.volume > 0 && now() < bar.openTimeMs + BAR_MS + LATE_MS;
        // After a whole stretch without a row none is coming.
        if (isLate && (shares.size > 0 || joined.length === 0)) break;
        joined.push(share === undefined ? bar : { ...bar, takerBuyVolume: bar.volume * share });
      }
      if (shares.size === 0 && joined.length >= ENOUGH_BARS) untold.set(symbol, now() + UNTOLD_MS);
      return ok(joined);
    },
  };
}

/** Without the newest row where more than one should follow by `endMs`. */
function followed(rows: readonly TakerRow[], endMs: number): readonly TakerRow[] {
  const newestMs = Math.max(...rows.map(({ timeMs }) => timeMs));
  return endMs - newestMs < FOLLOWED_MS ? rows : rows.filter(({ timeMs }) => timeMs < newestMs);
}

/** By the bar's opening; rows in which nobody took say nothing. */
function sharesFrom(rows: readonly TakerRow[], offsetMs: number | null): ReadonlyMap<number, number> {
  if (offsetMs === null) return new Map();
  return new Map(
    rows.flatMap(({ timeMs, buys, sells }) =>
      buys + sells > 0 ? [[timeMs + offsetMs, buys / (buys + sells)] as const] : [],
    ),
  );
}

/** From a row's time to its bar's opening: that at which the volumes agree; null where they agree at none. */
function labelOffset(bars: readonly Bar[], rows: readonly TakerRow[]): number | null {
  const volumes = new Map(bars.map(({ openTimeMs, volume }) => [openTimeMs, volume]));
  const fits = [0, -BAR_MS].map((offsetMs) => {
    let [volume, mismatch] = [0, 0];
    for (const { timeMs, buys, sells } of rows) {
      const traded = volumes.get(timeMs + offsetMs);
      if (traded === undefined) continue;
      volume += traded;
      mismatch += Math.abs(buys + sells - traded);
    }
    return { offsetMs, mismatch: volume > 0 ? mismatch / volume : Infinity };
  });
  const [best] = fits.sort((a, b) => a.mismatch - b.mismatch);
  return best.mismatch <= MOST_MISMATCH ? best.offsetMs : null;
}
