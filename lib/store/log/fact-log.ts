import { hashNumbers } from '@/lib/core/hash';
import type { Bar } from '@/lib/market/bar';
import type { Contract, VenueId } from '@/lib/market/contract';
import type { RiskTiers } from '@/lib/market/risk-tier';

import { isContract, isRiskTiers, isRow } from './row-checks';
import { BAR_CODEC, decodeSeries, encodeSeries } from './series-codec';
import type { BrokenListener } from './series-log';
import type { Row, TableName, Tables } from './tables';

/** A venue's list of contracts as it was fetched. */
interface ContractList {
  readonly contracts: readonly Contract[];
  readonly fetchedAtMs: number;
}

/** From where on a contract's history is folded. */
export interface HistoryStart {
  readonly startMs: number;
  /** From then on bars come with their minutes; older versions did not say. */
  readonly minutesMs: number | null;
}

/**
 * What is known about a contract once. Where the history starts and the older bars that seed it are write-once:
 * a later fold must begin as the first one did, so the value that counts is the one given back.
 */
export interface FactLog {
  readHistoryStart(contractId: string): Promise<number | null>;
  keepHistoryStart(contractId: string, start: HistoryStart): Promise<HistoryStart>;
  readSeed(contractId: string): Promise<readonly Bar[] | null>;
  keepSeed(contractId: string, bars: readonly Bar[]): Promise<readonly Bar[]>;
  readRiskTiers(contractId: string): Promise<RiskTiers | null>;
  writeRiskTiers(contractId: string, riskTiers: RiskTiers): Promise<void>;
  readContracts(venueId: VenueId): Promise<ContractList | null>;
  writeContracts(venueId: VenueId, list: ContractList): Promise<void>;
}

/** Over one table per fact; a row that cannot be true counts as missing and is told to `onBroken`. */
export function createFactLog(tables: Tables, onBroken: BrokenListener): FactLog {
  /** The row as `parse` understands it; null where there is none or it is broken. */
  const parsed = <T>(table: TableName, owner: string, row: unknown, parse: (row: Row) => T | null): T | null => {
    const value = isRow(row) ? parse(row) : null;
    if (row !== undefined && value === null) onBroken(table, owner, 1);
    return value;
  };

  const read = async <T>(table: TableName, owner: string, parse: (row: Row) => T | null): Promise<T | null> =>
    parsed(table, owner, await tables.read(table, (rows) => rows.get([owner])), parse);

  /** Stores the row unless a sound one exists, and gives back what is stored. */
  const keep = <T>(table: TableName, owner: string, row: Row, value: T, parse: (row: Row) => T | null): Promise<T> =>
    tables.write(table, async (rows) => {
      const stored = parsed(table, owner, await rows.get([owner]), parse);
      if (stored !== null) return stored;
      await rows.put(row);
      return value;
    });

  return {
    readHistoryStart: async (contractId) => (await read('histories', contractId, startOf))?.startMs ?? null,
    keepHistoryStart: (contractId, start) => keep('histories', contractId, { contractId, ...start }, start, startOf),

    readSeed: (contractId) => read('seeds', contractId, seedOf),
    keepSeed(contractId, bars) {
      const numbers = encodeSeries(BAR_CODEC, bars);
      return keep('seeds', contractId, { contractId, numbers, sum: hashNumbers(numbers) }, bars, seedOf);
    },

    readRiskTiers: (contractId) =>
      read('riskTiers', contractId, ({ riskTiers }) => (isRiskTiers(riskTiers) ? riskTiers : null)),
    writeRiskTiers: (contractId, riskTiers) => tables.write('riskTiers', (rows) => rows.put({ contractId, riskTiers })),

    readContracts: (venueId) =>
      read('contractLists', venueId, ({ contracts, fetchedAtMs }) =>
        Array.isArray(contracts) && contracts.every(isContract) && typeof fetchedAtMs === 'number'
          ? { contracts, fetchedAtMs }
          : null,
      ),
    writeContracts: (venueId, { contracts, fetchedAtMs }) =>
      tables.write('contractLists', (rows) => rows.put({ venueId, contracts, fetchedAtMs })),
  };
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

const startOf = ({ startMs, minutesMs }: Row): HistoryStart | null =>
  isTime(startMs) ? { startMs, minutesMs: isTime(minutesMs) ? minutesMs : null } : null;

/** A seed with a hole or a wrong digit would seed another book: one broken bar breaks it all. Those of older versions have no checksum. */
function seedOf({ numbers, sum }: Row): readonly Bar[] | null {
  if (sum !== undefined && numbers instanceof Float64Array && sum !== hashNumbers(numbers)) return null;
  const { rows, brokenCount } = decodeSeries(BAR_CODEC, numbers, -Infinity, Infinity);
  return brokenCount === 0 ? rows : null;
}
