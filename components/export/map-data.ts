import { usdOf, type Contract } from '@/lib/market/contract';
import { profileOfSlot } from '@/lib/model/column-slot';
import type { MarketLog } from '@/lib/store/log/market-log';

import type { DataSet } from './data-file';
import { levelRows } from './levels-data';

/** A stretch of the log of a market; its first contract is the one in whose prices it is told. */
export interface MapStretch {
  readonly contracts: readonly Contract[];
  readonly fromMs: number;
  readonly toMs: number;
}

type Row = DataSet['rows'] extends Iterable<infer Each> ? Each : never;

const iso = (ms: number): string => new Date(ms).toISOString();

/** The stored columns as they were: what the map drew at each time. */
export function columnsData(
  { contracts, fromMs, toMs }: MapStretch,
  days: Iterable<{ readonly slots: readonly Parameters<typeof profileOfSlot>[0][] }>,
): DataSet {
  function* rows(): Generator<Row> {
    for (const { slots } of days) {
      for (const slot of slots) {
        const asOfMs = slot[0]?.asOfMs ?? NaN;
        const profile = asOfMs >= fromMs && asOfMs <= toMs ? profileOfSlot(slot) : null;
        if (profile === null) continue;
        for (const row of levelRows(profile)) yield [iso(asOfMs), profile.markPrice, ...row];
      }
    }
  }
  return {
    name: 'columns',
    about: { ...marketOf(contracts), from: iso(fromMs), to: iso(toMs) },
    fields: ['time', 'markPrice', 'side', 'fromPrice', 'toPrice', 'usd'],
    rows: rows(),
  };
}

/** Every forced closing that was recorded of the market's contracts, oldest first. */
export async function liquidationsData(
  source: Pick<MarketLog, 'readLiquidations'>,
  { contracts, fromMs, toMs }: MapStretch,
): Promise<DataSet> {
  const read = await Promise.all(
    contracts.map(async (contract) =>
      (await source.readLiquidations(contract.id, fromMs, toMs)).map((event) => ({ contract, ...event })),
    ),
  );
  return {
    name: 'liquidations',
    about: { ...marketOf(contracts), from: iso(fromMs), to: iso(toMs) },
    fields: ['time', 'contract', 'side', 'price', 'quantity', 'usd'],
    rows: read
      .flat()
      .sort((a, b) => a.timeMs - b.timeMs)
      .map(({ contract, timeMs, positionSide, bankruptcyPrice, qty }) => [
        iso(timeMs),
        contract.id,
        positionSide,
        bankruptcyPrice,
        qty,
        usdOf(contract, qty, bankruptcyPrice),
      ]),
  };
}

/** Whose rows they are, by the contract in whose prices they are told. */
const marketOf = (contracts: readonly Contract[]) => ({
  contract: contracts[0].id,
  /** Whose levels are added up. */
  contracts: contracts.map(({ id }) => id),
});
