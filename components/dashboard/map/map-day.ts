import { DAY_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { usdOf, type Contract } from '@/lib/market/contract';
import type { Liquidation, PositionSide } from '@/lib/market/liquidation';
import { COLUMN_MS, columnFromStored, type HistoryColumn } from '@/lib/model/history';
import type { MarketLog } from '@/lib/store/log/market-log';

export const SLOTS_PER_DAY = DAY_MS / COLUMN_MS;

/** Reading is all that a page does with the log: it belongs to the background. */
export type HistorySource = Pick<MarketLog, 'readBars' | 'readColumns' | 'readLiquidations' | 'countColumns'>;

/** One forced closing at the price of the contract whose prices the map shows. */
export interface MapEvent {
  readonly timeMs: number;
  readonly positionSide: PositionSide;
  readonly price: number;
  readonly usd: number;
}

/** What is stored of one UTC day of a market, in the prices of its first contract. */
export interface MapDay {
  readonly startMs: number;
  readonly bars: readonly Bar[];
  /** Per slot of `COLUMN_MS`, the column of each contract as of the slot's start, in the contracts' order. */
  readonly slots: readonly (readonly (HistoryColumn | null)[])[];
  readonly events: readonly MapEvent[];
  /** Whether nothing can be missing any more. */
  readonly isWhole: boolean;
}

/** What was liquidated of each contract in a stretch. */
export const readEvents = (
  source: HistorySource,
  contracts: readonly Contract[],
  fromMs: number,
  toMs: number,
): Promise<Liquidation[][]> => Promise.all(contracts.map(({ id }) => source.readLiquidations(id, fromMs, toMs)));

/** Reads a day; `contracts` begin with the one in whose prices it is shown. Events that are read already may be handed over. */
export async function readMapDay(
  source: HistorySource,
  contracts: readonly Contract[],
  startMs: number,
  known?: readonly (readonly Liquidation[])[],
): Promise<MapDay> {
  const endMs = startMs + DAY_MS;
  const [bars, columns, liquidations] = await Promise.all([
    source.readBars(contracts[0].id, startMs, endMs),
    Promise.all(contracts.map(({ id }) => source.readColumns(id, startMs, endMs))),
    known ?? readEvents(source, contracts, startMs, endMs),
  ]);
  const slots: (HistoryColumn | null)[][] = Array.from({ length: SLOTS_PER_DAY }, () => contracts.map(() => null));
  for (const [index, ofContract] of columns.entries()) {
    for (const { timeMs, column } of ofContract) slots[slotOf(timeMs, startMs)][index] = columnFromStored(column);
  }
  const events = liquidations.flatMap((ofContract, index) =>
    ofContract.flatMap((liquidation) => {
      if (liquidation.timeMs < startMs || liquidation.timeMs >= endMs) return [];
      const slot = slots[slotOf(liquidation.timeMs, startMs)];
      return mapEvent(contracts[index], liquidation, slot, index) ?? [];
    }),
  );
  const isWhole = bars.length === DAY_MS / BAR_MS && slots.every((slot) => !slot.includes(null));
  return { startMs, bars, slots, events, isWhole };
}

const slotOf = (timeMs: number, startMs: number): number => Math.floor((timeMs - startMs) / COLUMN_MS);

/** Moved by the distance between both contracts' marks then; null where that is not known. */
function mapEvent(
  contract: Contract,
  { timeMs, positionSide, bankruptcyPrice, qty }: Liquidation,
  slot: readonly (HistoryColumn | null)[],
  index: number,
): MapEvent | null {
  const shown = slot[0]?.markPrice ?? NaN;
  const factor = index === 0 ? 1 : shown / (slot[index]?.markPrice ?? NaN);
  const price = bankruptcyPrice * factor;
  return Number.isFinite(price) ? { timeMs, positionSide, price, usd: usdOf(contract, qty, bankruptcyPrice) } : null;
}

export const dayOf = (timeMs: number): number => floorToStep(timeMs, DAY_MS);
