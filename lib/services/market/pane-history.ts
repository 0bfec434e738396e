import { DAY_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { ContractId } from '@/lib/market/contract';
import type { PaneCells, PaneColumn, PaneHistory, PaneRequest } from '@/lib/market/pane-history';
import { columnOfSlot } from '@/lib/model/column-slot';
import { cellOfPrice, COLUMN_MS, columnFromStored, type HistoryColumn, type SideCells } from '@/lib/model/history';
import type { MarketLog } from '@/lib/store/log/market-log';

/** The log keeps no more. */
const LONGEST_MS = 31 * DAY_MS;
/** More bars than any chart shows, from which on a request is nonsense. */
const MOST_BARS = 6_000;

/** Whose history is read, and in what prices it is told. */
export interface PaneSource {
  /** Of all contracts that are summed up, the one whose prices are shown first. */
  readonly contractIds: readonly ContractId[];
  readonly madeOf: string;
  readonly filledFromMs: number;
  /** Bars of that one that may not be stored yet. */
  readonly openBars: readonly Pick<Bar, 'openTimeMs' | 'low' | 'high'>[];
  /** The chart's prices over the contract's. */
  readonly priceFactor: number;
}

/** Reads what a full pane asks for, newest day first, and hands it over day by day while somebody wants it. */
export async function readPaneHistory(
  log: Pick<MarketLog, 'readBars' | 'readColumns'>,
  source: PaneSource,
  { fromMs, toMs, stepMs }: PaneRequest,
  push: (part: PaneHistory) => void,
  isWanted: () => boolean,
): Promise<void> {
  if (!(fromMs < toMs && toMs - fromMs <= LONGEST_MS && (toMs - fromMs) / stepMs <= MOST_BARS)) return;
  const { madeOf, filledFromMs } = source;
  for (let endMs = toMs; endMs > fromMs && isWanted();) {
    const startMs = Math.max(fromMs, floorToStep(endMs - 1, DAY_MS));
    const opened = openedWithin({ fromMs, toMs, stepMs }, startMs, endMs);
    const [columns, bars] = await Promise.all([
      readColumns(log, source, opened),
      log.readBars(source.contractIds[0], floorToStep(startMs, BAR_MS), endMs),
    ]);
    if (!isWanted()) return;
    push({
      fromMs: startMs,
      toMs: endMs,
      columns,
      bars: rangesOf([...bars, ...source.openBars], source),
      madeOf,
      filledFromMs,
      isLast: startMs <= fromMs,
    });
    endMs = startMs;
  }
}

/** As of when columns are wanted for the bars that opened in a stretch: the newest before each. */
function openedWithin({ fromMs, stepMs }: PaneRequest, startMs: number, endMs: number): ReadonlySet<number> {
  const opened = new Set<number>();
  const first = fromMs + Math.ceil((startMs - fromMs) / stepMs) * stepMs;
  for (let timeMs = first; timeMs < endMs; timeMs += stepMs) opened.add(floorToStep(timeMs, COLUMN_MS));
  return opened;
}

async function readColumns(
  log: Pick<MarketLog, 'readColumns'>,
  { contractIds, priceFactor }: PaneSource,
  wanted: ReadonlySet<number>,
): Promise<PaneColumn[]> {
  const times = [...wanted];
  if (times.length === 0) return [];
  const slots = new Map(times.map((timeMs) => [timeMs, contractIds.map((): HistoryColumn | null => null)]));
  for (const [index, id] of contractIds.entries()) {
    for (const { timeMs, column } of await log.readColumns(id, times[0], times[times.length - 1] + 1)) {
      const slot = slots.get(timeMs);
      if (slot !== undefined) slot[index] = columnFromStored(column);
    }
  }
  return [...slots].flatMap(([timeMs, slot]) => {
    const column = columnOfSlot(slot);
    return column === null ? [] : [paneColumn(timeMs, column, priceFactor)];
  });
}

function paneColumn(timeMs: number, column: HistoryColumn, priceFactor: number): PaneColumn {
  const { markPrice, cellWidth, lowUsd, long, short } = column;
  // As the live map: cells stay aligned on the mark's.
  const shift = cellOfPrice(markPrice * priceFactor, cellWidth) - cellOfPrice(markPrice, cellWidth);
  return { timeMs, cellWidth, lowUsd, long: paneCells(long, shift), short: paneCells(short, shift) };
}

const paneCells = ({ firstCell, bytes }: SideCells, shift: number): PaneCells => ({
  firstCell: firstCell + shift,
  bytes: btoa(String.fromCharCode(...bytes)),
});

const rangesOf = (bars: readonly Pick<Bar, 'openTimeMs' | 'low' | 'high'>[], { priceFactor }: PaneSource): number[] =>
  bars.flatMap(({ openTimeMs, low, high }) => [openTimeMs, low * priceFactor, high * priceFactor]);
