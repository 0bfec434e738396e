import { storedChoice } from './stored-choice';

/** Of how many contracts history may be kept, those watched last. */
export const KEPT_CONTRACTS = [10, 20, 40, 80, 160] as const;
export const keptContracts = storedChoice<number>('kept-contracts', KEPT_CONTRACTS, 80);

/** How much may lie on disk, in megabytes. The least holds the markets of a few open charts with the last week of events. */
export const STORED_MEGABYTES = [100, 200, 500, 1_000, 2_000] as const;
export const storedMegabytes = storedChoice<number>('stored-megabytes', STORED_MEGABYTES, 500);
export const MEGABYTE = 1e6;
