import type { ContractChoices } from '@/lib/market/chart-symbol';
import type { VenueId } from '@/lib/market/contract';
import type { PriorName } from '@/lib/market/prior';
import { RETENTION } from '@/lib/store/log/prune';
import { MEGABYTE } from '@/lib/store/storage-limits';

import type { ChartWishes } from './market/chart-pushes';

/** What the user set that decides what is watched, and how. */
export interface HubSettings {
  /** The venues that are not to count. */
  readonly venuesOff: readonly VenueId[];
  /** Contracts that the user chose for symbols which no rule maps. */
  readonly choices: ContractChoices;
  /** What charts are told; null until it is read. */
  readonly charts: ChartWishes | null;
  /** Of how many contracts history is kept. */
  readonly keptContracts: number;
  /** How much may lie on disk. */
  readonly storedMegabytes: number;
  /** What is assumed of leverage where nothing was learned. */
  readonly prior: PriorName;
}

/** What holds until the stored ones are read. */
export const FIRST_SETTINGS: HubSettings = {
  venuesOff: [],
  choices: {},
  charts: null,
  keptContracts: RETENTION.maxContracts,
  storedMegabytes: RETENTION.maxBytes / MEGABYTE,
  prior: 'stated',
};
